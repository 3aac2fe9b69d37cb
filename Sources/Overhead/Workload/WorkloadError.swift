/// Why a workload could not be read: the first thing wrong with it.
package struct WorkloadError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file, or `<stdin>`.
  package var source: String
  /// The line, from 1; nil when the whole is at fault.
  package var line: Int?
  package var expected: String
  package var found: String

  package init(source: String, line: Int?, expected: String, found: String) {
    self.source = source
    self.line = line
    self.expected = expected
    self.found = found
  }

  /// One line: `trace.txt:3: expected …, found …`.
  package var description: String {
    "\(line.map { "\(source):\($0)" } ?? source): expected \(expected), found \(found)"
  }
}
