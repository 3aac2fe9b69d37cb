import SeccompModel

/// A workload as text. Each line is a call and how often it is made:
///
///     # a web server, one minute
///     epoll_wait 120000
///     openat(0xffffff9c,0,0x80000) 300
///     i386:getpid 12
///
/// A call is a name of `asm/unistd.h`, or `syscall_0x1d8` for a number without one; before it `i386:`, `x32:` or
/// `x86_64:` (which is what a call is without any); behind it, in parentheses, up to six arguments, decimal (negative
/// ones too) or with `0x`, the rest being 0. They matter only when a filter looks at them. A count is decimal, 1 or more.
/// Lines of one call are added up. `#` begins a comment; blank lines do not count.
///
/// The table that `strace -c` prints is read too, wherever it stands, in the columns that it was printed with. After a
/// line "System call usage summary for 32 bit mode:", as strace writes it, its calls are those of i386, or of x32. Its last
/// line, the total, must be there and be right. strace leaves out calls that did not return (`exit_group`) and
/// numbers that it has no name for.
package struct TraceFile {
  private let source: String
  private var lineNumber = 0
  private var sum = WorkloadSum()
  /// Calls as they were written, since most are written often.
  private var places: [ArraySlice<UInt8>: Int] = [:]
  /// The ABI of the next table.
  private var tableABI = CallABI.x86_64
  private var table: StraceTable?

  private init(source: String) { self.source = source }

  /// Reads a text.
  ///
  /// - Parameter source: what errors and the workload call it.
  package static func parse(_ bytes: [UInt8], source: String) throws(WorkloadError) -> Workload {
    var reader = TraceFile(source: source)
    var rest = bytes[...]
    while !rest.isEmpty {
      let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
      reader.lineNumber += 1
      try reader.read(rest[..<end])
      rest = end < rest.endIndex ? rest[(end + 1)...] : []
    }
    if let table = reader.table { throw reader.failure(table.expectationOfTotal, "the end of the text") }
    guard let workload = Workload(source: source, sum: reader.sum, undistinguished: 0) else {
      throw WorkloadError(source: source, line: nil, expected: "at least one call", found: "none")
    }
    return workload
  }

  private mutating func read(_ whole: ArraySlice<UInt8>) throws(WorkloadError) {
    let text = whole[..<(whole.firstIndex(of: UInt8(ascii: "#")) ?? whole.endIndex)]
    let line = text.trimmed
    if line.isEmpty { return }
    if table != nil { return try readRow(line) }
    // "read 12": the longest names have 23 letters, and what is no call has to be looked at as words.
    if let space = line.lastIndex(where: \.isBlank), let place = places[line[..<space]] {
      return try add(line[(space + 1)...], at: place)
    }
    let words = line.words
    if words.contains("syscall") || words.first == "%" {
      table = try StraceTable(head: words, fail: failure)
    } else if words.starts(with: ["System", "call", "usage", "summary", "for"]) {
      tableABI = try abi(ofSummary: words)
    } else {
      try readCall(line)
    }
  }

  // MARK: A line of our own

  private mutating func readCall(_ line: ArraySlice<UInt8>) throws(WorkloadError) {
    guard let space = line.lastIndex(where: \.isBlank), line.last != UInt8(ascii: ")") else {
      throw failure("a call and its count, such as \"read 12\"", quoted(line))
    }
    let entry = try CallText.entry(line[..<space].trimmed, fail: failure)
    let place = sum.place(of: entry)
    places[line[..<space]] = place
    try add(line[(space + 1)...], at: place)
  }

  private mutating func add(_ text: ArraySlice<UInt8>, at place: Int) throws(WorkloadError) {
    let count = try Self.count(text, fail: failure)
    guard sum.add(count, at: place) else {
      throw failure("fewer than 2⁶⁴ calls in all", quoted(text) + " more")
    }
  }

  static func count(
    _ text: ArraySlice<UInt8>, fail: (String, String) -> WorkloadError
  ) throws(WorkloadError) -> UInt64 {
    guard !text.isEmpty, text.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }) else {
      throw fail("a count, a decimal number", quoted(text))
    }
    guard let count = UInt64(String(decoding: text, as: UTF8.self)) else {
      throw fail("a count below 2⁶⁴", quoted(text))
    }
    guard count > 0 else { throw fail("a count of at least 1", "0") }
    return count
  }

  // MARK: A table of strace

  private func abi(ofSummary words: [String]) throws(WorkloadError) -> CallABI {
    switch words.dropFirst(5).joined(separator: " ") {
    case "64 bit mode:": return .x86_64
    case "32 bit mode:": return .i386
    case "x32 mode:": return .x32
    case let other:
      throw failure("\"64 bit mode:\", \"32 bit mode:\" or \"x32 mode:\"", quoted(Array(other.utf8)[...]))
    }
  }

  private mutating func readRow(_ line: ArraySlice<UInt8>) throws(WorkloadError) {
    let failure = failure
    guard let row = try table?.read(line, fail: failure) else { return }
    switch row {
    case .call(let name, let count):
      let entry = try CallText.entry(name, abi: tableABI, fail: failure)
      let place = sum.place(of: entry)
      guard sum.add(count, at: place) else { throw failure("fewer than 2⁶⁴ calls in all", "\(count) more") }
    case .total:
      table = nil
      tableABI = .x86_64
    }
  }

  private var failure: (_ expected: String, _ found: String) -> WorkloadError {
    { [source, lineNumber] in WorkloadError(source: source, line: lineNumber, expected: $0, found: $1) }
  }
}
