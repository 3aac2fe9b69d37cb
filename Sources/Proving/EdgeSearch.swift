package import ClassicBPF
package import SeccompModel

/// Which sides of a filter's conditional jumps some input takes: an input for each, or a proof that there is none.
package struct EdgeSearch: Sendable {
  package typealias Edge = FilterCoverage.Edge

  package enum Answer: Hashable, Sendable {
    /// By this input; it was run.
    case taken(SeccompData)
    /// By none that counts.
    case impossible
    case unknown(String)
  }

  package var limits: ProofLimits
  /// Inputs that count.
  package var reach: [FilterEquivalence.Reach]

  package init(reach: [FilterEquivalence.Reach], limits: ProofLimits = ProofLimits()) {
    self.reach = reach
    self.limits = limits
  }

  /// One answer for each edge, in order.
  package func decide(_ edges: [Edge], in filter: Filter) throws(FilterRejection) -> [Answer] {
    try filter.check()
    let context = Z3Context()
    let data = DataTerms(context)
    let term = FilterTerm(filter, over: data, in: context)
    let solver = Z3Solver(context, limits)
    solver.require(context.any(reach.map { data.isWithin($0, in: context) }))
    // A process cannot choose where it calls from; most filters do not look.
    let nowhere = [data.words[2], data.words[3]].map { context.equal($0, context.number(0)) }
    return edges.map { edge in
      guard let reach = term.reach[edge.programCounter], let jump = term.jumps[edge.programCounter] else {
        return .impossible
      }
      let way = [reach, edge.taken ? jump : context.not(jump)]
      var answer = solver.input(data, with: way + nowhere)
      if case .none = answer { answer = solver.input(data, with: way) }
      switch answer {
      case .none: return .impossible
      case .unknown(let reason): return .unknown(reason)
      case .some(let input):
        var coverage = FilterCoverage(of: filter)
        coverage.mark(input, in: filter)
        return coverage.contains(edge)
          ? .taken(input) : .unknown("the input that was found goes another way: \(input)")
      }
    }
  }
}

extension Filter {
  /// Both sides of each conditional jump.
  package var edges: [FilterCoverage.Edge] {
    instructions.indices.filter { instructions[$0].opcode?.isConditionalJump == true }.flatMap { pc in
      [true, false].map { FilterCoverage.Edge(programCounter: pc, taken: $0) }
    }
  }
}
