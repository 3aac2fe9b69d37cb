import Foundation

/// What `/proc/PID/status` says of a task, as far as it matters to tracing. proc_pid_status(5)
package struct ProcessStatus: Hashable, Sendable {
  package enum Mode: Int, Hashable, Sendable {
    /// `SECCOMP_MODE_DISABLED`
    case disabled = 0
    /// `SECCOMP_MODE_STRICT`: four calls, and no filters.
    case strict = 1
    /// `SECCOMP_MODE_FILTER`
    case filter = 2
  }

  /// The letter of `State`: `Z` is a zombie.
  package var state: Character
  /// Who traces it; 0 nobody.
  package var tracer: Int32
  /// `Seccomp`; nil when the kernel has no seccomp.
  package var mode: Mode?
  /// `Seccomp_filters`, since Linux 5.9.
  package var filterCount: Int?
  /// Whether it has memory of its own: kernel threads have none, and nobody traces them.
  package var hasMemory: Bool

  /// Reads the file's text; nil when it is no such file.
  package init?(text: String) {
    var fields: [Substring: Substring] = [:]
    for line in text.split(separator: "\n") {
      guard let colon = line.firstIndex(of: ":") else { return nil }
      let value = line[line.index(after: colon)...].drop { $0 == "\t" || $0 == " " }
      fields[line[..<colon]] = value
    }
    guard let state = fields["State"]?.first, let tracer = fields["TracerPid"].flatMap({ Int32($0) }) else {
      return nil
    }
    self.state = state
    self.tracer = tracer
    mode = fields["Seccomp"].flatMap { Int($0) }.flatMap(Mode.init)
    filterCount = fields["Seccomp_filters"].flatMap { Int($0) }
    hasMemory = fields["VmSize"] != nil
  }

  /// Reads that of a task; nil when there is no such task.
  package static func of(_ task: Int32) -> ProcessStatus? {
    let text = try? String(contentsOfFile: "/proc/\(task)/status", encoding: .utf8)
    return text.flatMap(ProcessStatus.init(text:))
  }

  /// The threads of a process, its first among them.
  package static func threads(of process: Int32) -> [Int32] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")
    return (names ?? []).compactMap { Int32($0) }.sorted()
  }
}
