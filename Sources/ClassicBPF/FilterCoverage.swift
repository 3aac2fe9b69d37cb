package import SeccompModel

/// Which instructions of a filter ran, and which sides of its conditional jumps were taken.
package struct FilterCoverage: Hashable, Sendable {
  /// A side of a conditional jump.
  package struct Edge: Hashable, Sendable {
    package var programCounter: Int
    package var taken: Bool

    package init(programCounter: Int, taken: Bool) {
      self.programCounter = programCounter
      self.taken = taken
    }
  }

  private var executed: BitSet
  private var taken: BitSet
  private var notTaken: BitSet
  private let conditionals: BitSet

  /// Nothing has run yet.
  package init(of filter: Filter) {
    executed = BitSet(count: filter.count)
    taken = executed
    notTaken = executed
    var conditionals = executed
    for (pc, instruction) in filter.instructions.enumerated()
    where instruction.opcode?.isConditionalJump == true {
      conditionals.insert(pc)
    }
    self.conditionals = conditionals
  }

  /// Notes what `filter`, the filter this was made for, runs for one call.
  @discardableResult
  package mutating func mark(_ data: SeccompData, in filter: Filter) -> Verdict {
    precondition(filter.count == executed.count, "coverage of another filter")
    var observer = Marker(coverage: self)
    let execution = filter.run(data, observer: &observer)
    self = observer.coverage
    return Verdict(rawValue: execution.value)
  }

  /// Notes what `filter` runs for each call.
  package mutating func mark(_ calls: some Sequence<SeccompData>, in filter: Filter) {
    precondition(filter.count == executed.count, "coverage of another filter")
    var observer = Marker(coverage: self)
    for data in calls { _ = filter.run(data, observer: &observer) }
    self = observer.coverage
  }

  /// Notes that an instruction ran and, for a conditional jump, which sides were taken.
  mutating func insert(_ pc: Int, taken isTaken: Bool, notTaken isNotTaken: Bool) {
    executed.insert(pc)
    if isTaken { taken.insert(pc) }
    if isNotTaken { notTaken.insert(pc) }
  }

  /// Adds what another coverage of the same filter has seen.
  package mutating func merge(_ other: FilterCoverage) {
    precondition(other.executed.count == executed.count, "coverage of another filter")
    executed.formUnion(other.executed)
    taken.formUnion(other.taken)
    notTaken.formUnion(other.notTaken)
  }

  package func contains(_ programCounter: Int) -> Bool { executed.contains(programCounter) }
  package func contains(_ edge: Edge) -> Bool {
    edge.taken ? taken.contains(edge.programCounter) : notTaken.contains(edge.programCounter)
  }

  /// How many instructions the filter has.
  var instructionCount: Int { executed.count }
  /// How many instructions ran.
  package var executedCount: Int { executed.cardinality }
  /// How many sides of conditional jumps were taken.
  package var edgeCount: Int { taken.cardinality + notTaken.cardinality }
  /// How many sides there are.
  package var edgeTotal: Int { 2 * conditionals.cardinality }

  /// The instructions that never ran, ascending.
  package var unexecuted: [Int] { (0..<executed.count).filter { !executed.contains($0) } }

  /// The sides of conditional jumps that were never taken, ascending.
  package var untaken: [Edge] {
    (0..<conditionals.count).filter(conditionals.contains).flatMap { pc in
      [Edge(programCounter: pc, taken: true), Edge(programCounter: pc, taken: false)]
    }.filter { !contains($0) }
  }

  private struct Marker: ExecutionObserver {
    var coverage: FilterCoverage
    @inline(__always) mutating func executing(_ pc: Int) { coverage.executed.insert(pc) }
    @inline(__always) mutating func branched(at pc: Int, taken: Bool) {
      if taken { coverage.taken.insert(pc) } else { coverage.notTaken.insert(pc) }
    }
  }
}
