import ClassicBPF

/// What a campaign about programs has tried: which operations ran, which refusals came up, which codes were loaded. Part
/// of a ``Tally``.
package struct FilterTally: Codable, Hashable, Sendable {
  /// Programs put to the checker and to the kernel, and how they judged; a stack counts each of its filters.
  package var programs = 0
  package var accepted = 0
  package var refused = 0
  /// Programs and stacks that the one loads and the other does not.
  package var loadDiffered = 0
  /// Stacks that are longer together than the kernel takes (ENOMEM), and those near that limit.
  package var tooLongTogether = 0
  package var nearChainLimit = 0
  /// Cases by how they came about.
  package var shapes: [String: Int] = [:]
  /// The 41 operations, in the order of ``Opcode``.
  package var operations = Opcode.allCases.map(OperationCount.init)
  /// Refused programs by the checker's reason; each reason has its entry.
  package var refusals = Dictionary(uniqueKeysWithValues: FilterRejection.Reason.names.map { ($0, 0) })
  package var codes = CodeCoverage()
  /// Calls that a DIV X by 0 ended.
  package var divisionsByZero = 0
  /// Calls made without a shield, by numbers that no table holds: only so unknown actions beside ALLOW show.
  package var vacantCalls = 0
  /// Filters with a RET A or a DIV X: compared by real verdicts only.
  package var untagged = 0
  /// Filters compared with their uncacheable form; the calls made over a shield and those unlike the prediction; the same
  /// of live calls, for which the kernel's action cache is in use.
  package var cacheFilters = 0
  package var cacheCalls = 0
  package var cacheDiffered = 0
  package var cacheLiveCalls = 0
  package var cacheLiveDiffered = 0
  /// Filters whose live comparison could not be made.
  package var cacheLiveSkipped = 0

  package init() {}

  /// How often one operation came up.
  package struct OperationCount: Codable, Hashable, Sendable {
    package var name: String
    package var code: Int
    /// Programs that hold it and were loaded.
    package var loaded = 0
    /// Instructions of this operation that ran for some call.
    package var executed = 0
    /// For conditional jumps, instructions whose one way and other way were gone; nil for other operations.
    package var taken: Int?
    package var notTaken: Int?

    init(_ opcode: Opcode) {
      name = opcode.name
      code = Int(opcode.rawValue)
      if opcode.isConditionalJump { (taken, notTaken) = (0, 0) }
    }
  }

  /// What has not come up, in words; empty when everything has.
  package var notReached: [String] {
    var missing: [String] = []
    for operation in operations {
      if operation.loaded == 0 { missing.append("\(operation.name) in a loaded program") }
      if operation.executed == 0 { missing.append("\(operation.name) executed") }
      if operation.taken == 0 { missing.append("\(operation.name) with its test true") }
      if operation.notTaken == 0 { missing.append("\(operation.name) with its test false") }
    }
    missing += FilterRejection.Reason.names.filter { refusals[$0, default: 0] == 0 }.map { "refusal: \($0)" }
    if codes.count < 65536 { missing.append("\(65536 - codes.count) of 65536 codes") }
    return missing
  }
}

extension FilterTally {
  /// Every plain counter with the name that it has in the journal.
  private static let counters: [(name: String, path: any WritableKeyPath<FilterTally, Int> & Sendable)] = [
    ("programs", \.programs), ("accepted", \.accepted), ("refused", \.refused),
    ("loadDiffered", \.loadDiffered), ("tooLongTogether", \.tooLongTogether),
    ("nearChainLimit", \.nearChainLimit), ("divisionsByZero", \.divisionsByZero),
    ("vacantCalls", \.vacantCalls), ("untagged", \.untagged), ("cacheFilters", \.cacheFilters),
    ("cacheCalls", \.cacheCalls), ("cacheLiveCalls", \.cacheLiveCalls), ("cacheDiffered", \.cacheDiffered),
    ("cacheLiveDiffered", \.cacheLiveDiffered), ("cacheLiveSkipped", \.cacheLiveSkipped),
  ]

  package static func += (tally: inout FilterTally, more: FilterTally) {
    for (_, path) in counters { tally[keyPath: path] += more[keyPath: path] }
    tally.shapes.merge(more.shapes, uniquingKeysWith: +)
    tally.refusals.merge(more.refusals, uniquingKeysWith: +)
    tally.codes.blocks.formUnion(more.codes.blocks)
    for index in tally.operations.indices { tally.operations[index] += more.operations[index] }
  }

  /// The counters that are not 0, for the journal.
  var journalled: [String: UInt64] {
    var counted: [String: UInt64] = [:]
    for (name, path) in Self.counters { counted[name] = UInt64(self[keyPath: path]) }
    for (shape, count) in shapes { counted["shape." + shape] = UInt64(count) }
    for (reason, count) in refusals { counted["refusal." + reason] = UInt64(count) }
    for block in codes.blocks { counted["codes.\(block)"] = 1 }
    for operation in operations {
      counted["loaded." + operation.name] = UInt64(operation.loaded)
      counted["executed." + operation.name] = UInt64(operation.executed)
      counted["taken." + operation.name] = UInt64(operation.taken ?? 0)
      counted["notTaken." + operation.name] = UInt64(operation.notTaken ?? 0)
    }
    return counted.filter { $0.value != 0 }
  }

  /// Counters as a journal holds them, sums over its lines.
  init(journalled: [String: UInt64]) {
    for (name, path) in Self.counters { self[keyPath: path] = Int(clamping: journalled[name] ?? 0) }
    for (key, count) in journalled {
      let parts = key.split(separator: ".", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { continue }
      switch parts[0] {
      case "shape": shapes[parts[1]] = Int(clamping: count)
      case "refusal": refusals[parts[1]] = Int(clamping: count)
      case "codes": if let block = Int(parts[1]) { codes.blocks.insert(block) }
      default: break
      }
    }
    for index in operations.indices {
      let name = operations[index].name
      func count(_ word: String) -> Int { Int(clamping: journalled["\(word).\(name)"] ?? 0) }
      operations[index].loaded = count("loaded")
      operations[index].executed = count("executed")
      if operations[index].taken != nil {
        operations[index].taken = count("taken")
        operations[index].notTaken = count("notTaken")
      }
    }
  }
}

extension FilterTally.OperationCount {
  fileprivate static func += (count: inout Self, more: Self) {
    count.loaded += more.loaded
    count.executed += more.executed
    if let taken = more.taken { count.taken = (count.taken ?? 0) + taken }
    if let notTaken = more.notTaken { count.notTaken = (count.notTaken ?? 0) + notTaken }
  }
}
