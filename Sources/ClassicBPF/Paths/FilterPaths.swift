package import SeccompModel

/// Which parts of a filter some call can reach, each with a call that does.
///
/// An instruction is *reached* (a witness was run and got there), *unreachable* (proved: no input gets there) or
/// *undecided* (neither, within the limits of the search).
package struct FilterPaths: Sendable {
  package typealias Edge = FilterCoverage.Edge

  /// A return and a call that ends there.
  package struct ReturnSite: Hashable, Sendable {
    package var programCounter: Int
    package var verdict: Verdict
    package var witness: SeccompData
  }

  private let filter: Filter
  private let ledger: WitnessLedger
  private let arrived: BitSet
  private let arrivedTrue: BitSet
  private let arrivedFalse: BitSet

  /// Explores `filter`; throws what the checker says against it.
  ///
  /// With `architectures` given, only inputs with one of these audit tokens count; the kernel shows x86 filters no
  /// others. `samples` bounds the inputs tried for what cannot be solved.
  package init(
    of filter: Filter, architectures: [UInt32]? = nil, samples: Int = 20_000
  ) throws(FilterRejection) {
    try filter.check()
    var explorer = PathExplorer(filter, architectures: architectures)
    explorer.explore()
    explorer.sample(budget: samples)
    self.filter = filter
    ledger = explorer.ledger
    arrived = explorer.arrived
    arrivedTrue = explorer.arrivedTrue
    arrivedFalse = explorer.arrivedFalse
  }

  /// Calls that together reach everything that is known to be reachable.
  package var witnesses: [SeccompData] { ledger.witnesses }

  /// A call that executes this instruction.
  package func witness(reaching programCounter: Int) -> SeccompData? {
    data(ledger.reached[programCounter])
  }

  /// A call that takes this side of a conditional jump.
  package func witness(taking edge: Edge) -> SeccompData? {
    data(edge.taken ? ledger.reachedTrue[edge.programCounter] : ledger.reachedFalse[edge.programCounter])
  }

  private func data(_ index: Int32) -> SeccompData? { index < 0 ? nil : ledger.witnesses[Int(index)] }

  /// Instructions proved unreachable, ascending.
  package var unreachable: [Int] { (0..<filter.count).filter { !arrived.contains($0) } }

  /// Instructions neither reached nor proved unreachable, ascending.
  package var undecided: [Int] {
    (0..<filter.count).filter { arrived.contains($0) && ledger.reached[$0] < 0 }
  }

  /// Sides of conditional jumps that are proved never to be taken; those of unreachable jumps are among them.
  package var unreachableEdges: [Edge] { edges.filter { !isPossible($0) } }

  /// Sides of conditional jumps neither taken nor proved impossible.
  package var undecidedEdges: [Edge] { edges.filter { isPossible($0) && witness(taking: $0) == nil } }

  private var edges: [Edge] {
    (0..<filter.count).filter { filter.instructions[$0].opcode?.isConditionalJump == true }.flatMap { pc in
      [Edge(programCounter: pc, taken: true), Edge(programCounter: pc, taken: false)]
    }
  }

  private func isPossible(_ edge: Edge) -> Bool {
    (edge.taken ? arrivedTrue : arrivedFalse).contains(edge.programCounter)
  }

  /// The returns that calls reach, ascending, each with its witness and what that call is answered.
  package var returnSites: [ReturnSite] {
    (0..<filter.count).compactMap { pc in
      guard filter.instructions[pc].opcode?.isReturn == true, let witness = witness(reaching: pc) else {
        return nil
      }
      return ReturnSite(programCounter: pc, verdict: filter.evaluate(witness), witness: witness)
    }
  }
}
