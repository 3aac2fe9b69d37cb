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
    guard place != .total else { return try readTotal(line, fail) }
    // The number of errors is left blank where there are none.
    let fields = try fields(of: line, blank: [["errors"]], fail)[0]
    let count = try TraceFile.count(fields[callColumn], fail: fail)
    (sum, _) = sum.addingReportingOverflow(count)
    return .call(name: fields[nameColumn], count: count)
  }

  private func readTotal(_ line: ArraySlice<UInt8>, _ fail: Fail) throws(WorkloadError) -> Row {
    // Older versions of strace leave the total's time a call blank too. Which column is blank shows by the number that is
    // then that of the calls.
    let readings = try fields(of: line, blank: [["errors"], ["usecs/call"], ["usecs/call", "errors"]], fail)
    guard readings[0][nameColumn].elementsEqual("total".utf8) else {
      throw fail(expectationOfTotal, quoted(line))
    }
    // What cannot be a count in one reading may be another column's.
    let isRight = readings.contains { reading in
      (try? TraceFile.count(reading[callColumn], fail: fail)) == sum
    }
    guard !isRight else { return .total }
    let count = try TraceFile.count(readings[0][callColumn], fail: fail)
    throw fail("a total of \(sum), as the lines above it have", "\(count)")
  }

  /// A line's fields by column, in each way that it can be read with some columns left blank; at least one.
  private func fields(
    of line: ArraySlice<UInt8>, blank: [[String]], _ fail: Fail
  ) throws(WorkloadError) -> [[ArraySlice<UInt8>]] {
    let words = line.split(whereSeparator: \.isBlank)
    var readings = words.count == columns.count ? [words] : []
    for names in blank where words.count == columns.count - names.count {
      let places = names.compactMap { columns.firstIndex(of: $0) }.sorted()
      guard places.count == names.count else { continue }
      var fields = words
      for place in places { fields.insert([], at: place) }
      readings.append(fields)
    }
    guard !readings.isEmpty else {
      throw fail("a line of strace's table with the columns \(columns.joined(separator: ", "))", quoted(line))
    }
    return readings
  }
}
