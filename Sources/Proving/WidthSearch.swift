package import ClassicBPF
package import SeccompModel

/// A comparison of 64 bits where the kernel reads 32: two calls that are one to the kernel, and two to a filter.
package struct WidthGap: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// A set upper half gets a call through that is refused without it.
    case bypass
    /// A set upper half gets a call refused that runs without it.
    case overBlock
  }

  package var kind: Kind
  /// 0 to 5
  package var argument: Int
  package var wide: SeccompData
  /// The same with the upper half 0, as the kernel reads it.
  package var narrow: SeccompData
}

/// Looks for such gaps, over all inputs of given calls.
package struct WidthSearch: Sendable {
  package var limits: ProofLimits

  package init(limits: ProofLimits = ProofLimits()) { self.limits = limits }

  /// An argument of a call.
  package struct Place: Hashable, Sendable {
    package var number: UInt32
    package var architecture: UInt32
    package var argument: Int

    package init(number: UInt32, architecture: UInt32, argument: Int) {
      self.number = number
      self.architecture = architecture
      self.argument = argument
    }
  }

  /// The gaps of a filter at these places, one of each kind at most, and the places that the solver did not decide.
  package func gaps(
    in filter: Filter, at places: [Place]
  ) throws(FilterRejection) -> (gaps: [WidthGap], undecided: [Place]) {
    try filter.check()
    let context = Z3Context()
    let data = DataTerms(context)
    var gaps: [WidthGap] = []
    var undecided: [Place] = []
    for place in places {
      let wide = DataTerms(data, number: place.number, architecture: place.architecture, in: context)
      let verdict = FilterTerm(filter, over: wide, in: context).verdict
      let half = 5 + 2 * place.argument
      guard context.mentioned(wide.words, in: context.equal(verdict, context.number(0))).contains(half) else {
        continue
      }
      let narrow = DataTerms(wide, zeroing: half, in: context)
      let plain = FilterTerm(filter, over: narrow, in: context).verdict
      for kind in [WidthGap.Kind.bypass, .overBlock] {
        let runs = [verdict, plain].map { context.letsRun($0) }
        let solver = Z3Solver(context, limits)
        solver.require(kind == .bypass ? runs[0] : context.not(runs[0]))
        solver.require(kind == .bypass ? context.not(runs[1]) : runs[1])
        switch solver.input(wide) {
        case .none: break
        case .unknown: undecided.append(place)
        case .some(let input):
          // What the solver says is run; otherwise it is no gap, and nobody knows.
          if let gap = Self.gap(kind, place.argument, input, in: filter) {
            gaps.append(gap)
          } else {
            undecided.append(place)
          }
        }
      }
    }
    return (gaps, undecided)
  }

  /// With as little in the input as shows it; nil when it does not.
  static func gap(
    _ kind: WidthGap.Kind, _ argument: Int, _ input: SeccompData, in filter: Filter
  ) -> WidthGap? {
    let high = DataWord.all[5 + 2 * argument]
    func cut(_ wide: SeccompData) -> SeccompData {
      var narrow = wide
      narrow[high] = 0
      return narrow
    }
    let verdicts = (filter.evaluate(input), filter.evaluate(cut(input)))
    let runs = [verdicts.0, verdicts.1].map { [.allow, .log].contains($0.action) }
    guard runs == (kind == .bypass ? [true, false] : [false, true]) else { return nil }
    var input = input
    for word in DataWord.all.dropFirst(2) {
      for value in [UInt32(0), 1] where input[word] > value {
        var plainer = input
        plainer[word] = value
        guard (filter.evaluate(plainer), filter.evaluate(cut(plainer))) == verdicts else { continue }
        input = plainer
        break
      }
    }
    return WidthGap(kind: kind, argument: argument, wide: input, narrow: cut(input))
  }
}

extension Z3Context {
  /// Whether a verdict lets the call be executed.
  fileprivate func letsRun(_ verdict: Word) -> Formula {
    let action = and(verdict, number(0xffff_0000))
    return any([Action.allow, .log].map { equal(action, number($0.verdict.rawValue)) })
  }
}
