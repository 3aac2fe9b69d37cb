package import SeccompModel

/// Which calls a program makes, and how often: what the cost of a filter is weighed with.
package struct Workload: Hashable, Sendable {
  /// One kind of call.
  package struct Entry: Hashable, Sendable {
    package var abi: CallABI
    /// As a filter sees it: x32 numbers carry ``x32SyscallBit``.
    package var number: UInt32
    /// The six argument registers. What no filter looks at is 0.
    package var arguments: Arguments
    /// How many calls, at least 1.
    package var count: UInt64

    package init(_ abi: CallABI, _ number: UInt32, arguments: Arguments = Arguments(), count: UInt64) {
      self.abi = abi
      self.number = number
      self.arguments = arguments
      self.count = count
    }

    /// Its name in that ABI; nil where the number is unused.
    package var name: String? { abi.table.name(of: number) }

    /// The call, to be made from 64-bit code.
    package var call: Call { Call(abi.entryPath, rax: UInt64(number), arguments: arguments) }

    /// What a filter sees of it, but for the instruction pointer.
    package var data: SeccompData {
      SeccompData(number: number, architecture: abi.auditToken, arguments: arguments)
    }
  }

  /// Where it comes from: a file's name, or a command.
  package let source: String
  /// Every kind once, the most frequent first.
  package let entries: [Entry]
  /// All calls together.
  package let total: UInt64
  /// How many of them have arguments that the counting could not tell from another entry's: they count as calls of that
  /// entry, which is the most frequent one of their number.
  package let undistinguished: UInt64

  /// Adds up entries of one kind and sorts them. Nil when there is no call, or 2⁶⁴ and more.
  package init?(source: String, entries: [Entry], undistinguished: UInt64 = 0) {
    var sum = WorkloadSum()
    for entry in entries where entry.count > 0 {
      guard sum.add(entry) else { return nil }
    }
    self.init(source: source, sum: sum, undistinguished: undistinguished)
  }

  init?(source: String, sum: WorkloadSum, undistinguished: UInt64) {
    guard sum.total > 0, undistinguished <= sum.total else { return nil }
    self.source = source
    entries = sum.sorted
    total = sum.total
    self.undistinguished = undistinguished
  }
}

/// Entries on their way into a workload.
struct WorkloadSum {
  private(set) var entries: [Workload.Entry] = []
  private(set) var total: UInt64 = 0
  /// Where the entry of a kind stands; the kind is an entry with a count of 0.
  private var places: [Workload.Entry: Int] = [:]

  /// False, with nothing added, when the total would not fit 64 bits.
  mutating func add(_ entry: Workload.Entry) -> Bool {
    let place = place(of: entry)
    return add(entry.count, at: place)
  }

  /// Where the entry of this kind stands; a new one with a count of 0 where there is none.
  mutating func place(of entry: Workload.Entry) -> Int {
    var kind = entry
    kind.count = 0
    if let place = places[kind] { return place }
    places[kind] = entries.count
    entries.append(kind)
    return entries.count - 1
  }

  mutating func add(_ count: UInt64, at place: Int) -> Bool {
    let (sum, isTooLarge) = total.addingReportingOverflow(count)
    if isTooLarge { return false }
    total = sum
    entries[place].count += count
    return true
  }

  /// The most frequent first; those as frequent by ABI, number and arguments.
  var sorted: [Workload.Entry] {
    func key(_ entry: Workload.Entry) -> [UInt64] {
      let abi = CallABI.allCases.firstIndex(of: entry.abi) ?? 0
      return [UInt64(abi), UInt64(entry.number)] + (0..<Arguments.count).map { entry.arguments[$0] }
    }
    return entries.filter { $0.count > 0 }.sorted { one, other in
      one.count != other.count ? one.count > other.count : key(one).lexicographicallyPrecedes(key(other))
    }
  }
}
