/// The table that `strace -c` prints (strace(1)): a head, a rule, a line for each call, a rule, the total. Which columns
/// there are, and in which order, is the choice of who printed it (`-U`).
struct StraceTable {
  typealias Fail = (_ expected: String, _ found: String) -> WorkloadError

  enum Row {
    case call(name: ArraySlice<UInt8>, count: UInt64)
    case total
  }

  private enum Place: Equatable { case head, calls, total }

  private let columns: [String]
  private let callColumn: Int
  private let nameColumn: Int
  private var place = Place.head
  private var sum: UInt64 = 0

  let expectationOfTotal = "the last line of strace's table, the total"

  init(head words: [String], fail: Fail) throws(WorkloadError) {
    // "% time" is one column.
    let columns = words.filter { $0 != "%" }
    guard let calls = columns.firstIndex(of: "calls"), let name = columns.firstIndex(of: "syscall") else {
      throw fail(
        "the head of strace's table, with the columns calls and syscall",
        quoted(Array(words.joined(separator: " ").utf8)[...]))
    }
    (self.columns, callColumn, nameColumn) = (columns, calls, name)
  }

  /// Reads a line below the head; nil for a rule.
  mutating func read(_ line: ArraySlice<UInt8>, fail: Fail) throws(WorkloadError) -> Row? {
    if line.allSatisfy({ $0 == UInt8(ascii: "-") || $0.isBlank }) {
      guard place != .total else { throw fail(expectationOfTotal, quoted(line)) }
      place = place == .head ? .calls : .total
      return nil
    }
    guard place != .head else { throw fail("the rule below the head of strace's table", quoted(line)) }
    var fields = line.split(whereSeparator: \.isBlank)
    // The number of errors is left blank where there are none.
    if fields.count == columns.count - 1, let errors = columns.firstIndex(of: "errors") {
      fields.insert([], at: errors)
    }
    guard fields.count == columns.count else {
      throw fail("a line of strace's table with the columns \(columns.joined(separator: ", "))", quoted(line))
    }
    let count = try TraceFile.count(fields[callColumn], fail: fail)
    guard place == .total else {
      (sum, _) = sum.addingReportingOverflow(count)
      return .call(name: fields[nameColumn], count: count)
    }
    guard fields[nameColumn].elementsEqual("total".utf8) else { throw fail(expectationOfTotal, quoted(line)) }
    guard count == sum else { throw fail("a total of \(sum), as the lines above it have", "\(count)") }
    return .total
  }
}
