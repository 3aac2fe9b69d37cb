package import ClassicBPF
import Prediction
package import SeccompModel

/// Calls of some numbers that two sides answer differently, and how.
package struct RegionDifference: Hashable, Sendable {
  /// `seccomp_data.arch`; nil: every one that ``SideComparison`` does not look at by itself.
  package var architecture: UInt32?
  package var numbers: ClosedRange<UInt32>
  /// The verdicts' meanings; of a policy that permits several, the strictest.
  package var one: UInt32
  package var other: UInt32
  /// All that each side permits, ascending.
  package var permitted: Permitted
  /// Which of their calls.
  package var calls: Cover
  /// One of them, a plain one; both sides were asked about it.
  package var witness: SeccompData

  package struct Permitted: Hashable, Sendable {
    package var one: [UInt32]
    package var other: [UInt32]

    package init(one: [UInt32], other: [UInt32]) {
      self.one = one
      self.other = other
    }
  }
}

/// What a comparison over all inputs came to.
package struct SideComparisonResult: Hashable, Sendable {
  /// Where the two differ, by architecture and number.
  package var differences: [RegionDifference]
  /// Calls on which a policy permits several verdicts: those of which a filter gives one, or of which another policy
  /// permits some and not all, or more.
  package var contested: [RegionDifference]
  /// Why the search ended before it was through; nil when that is all.
  package var unfinished: String?
  /// Tokens that were looked at one by one; a region without a token is about all others.
  package var architectures: [UInt32] = []

  package init(
    differences: [RegionDifference] = [], contested: [RegionDifference] = [], unfinished: String? = nil,
    architectures: [UInt32] = []
  ) {
    self.differences = differences
    self.contested = contested
    self.unfinished = unfinished
    self.architectures = architectures
  }

  /// Whether no input is answered otherwise than is right: for a policy and a filter the contested ones are right either
  /// way.
  package var isProvedEqual: Bool { differences.isEmpty && unfinished == nil }
}

/// Compares two sides over all inputs and tells where they differ, in the words of their own tests.
///
/// The search goes over runs of numbers between which neither side should tell one from the next. That every input is answered
/// as is told of its region, and that nothing differs outside of regions, is then proved over all inputs at once. Where the
/// condition of a region is too long to tell, so that its cover is a part of it, the latter is proved of all other
/// numbers.
package struct SideComparison {
  package let one: Side
  package let other: Side
  package var limits: ProofLimits
  /// Regions after which the search ends.
  package var regionLimit = 20_000

  package init(_ one: Side, _ other: Side, limits: ProofLimits = ProofLimits()) {
    self.one = one
    self.other = other
    self.limits = limits
  }

  package func run() throws(FilterRejection) -> SideComparisonResult {
    try run([.differs, .isOpen])
  }

  /// Everything that a side answers: regions of all inputs, told as differences from a filter that allows everything.
  package static func everything(
    of side: Side, limits: ProofLimits
  ) throws(FilterRejection) -> SideComparisonResult {
    try SideComparison(side, .filter(Filter([.return(.allow)])), limits: limits).run([.everything])
  }

  private func run(_ questions: [PairTerm.Question]) throws(FilterRejection) -> SideComparisonResult {
    let context = Z3Context()
    let data = DataTerms(context)
    let sides = try [PreparedSide(one), PreparedSide(other)]
    let whole = PairTerm(sides, over: data, in: context)
    var breakpoints = Breakpoints(sides)
    var result = SideComparisonResult(architectures: breakpoints.architectures)
    for question in questions {
      let formula = whole.formula(question)
      if formula == context.no { continue }
      // Most of the time nothing differs, and one question tells. What is open stands in the texts, and is soon found.
      if question == .differs {
        let solver = Z3Solver(context, limits)
        solver.require(formula)
        let answer = solver.check()
        if case .none = answer { continue }
        if case .unknown(let reason) = answer {
          result.unfinished = "the solver did not tell: \(reason)"
          break
        }
      }
      var search = RegionSearch(question, of: self, sides, breakpoints, data, in: context)
      let found = search.regions(whole)
      (result.unfinished, result.architectures) = (search.unfinished, search.architectures)
      if question == .isOpen { result.contested = found } else { result.differences = found }
      if result.unfinished != nil { break }
      // What was proved of all others is told of those that have a name by now.
      for token in search.architectures where !breakpoints.architectures.contains(token) {
        result.differences += result.differences.filter { question == .isOpen && $0.architecture == nil }.map
        {
          $0.of(token)
        }
      }
      breakpoints.architectures = search.architectures
    }
    return result
  }

  /// What both sides say of an input.
  package func answer(to input: SeccompData) -> RegionDifference.Permitted {
    .init(one: one.verdicts(for: input).sorted(), other: other.verdicts(for: input).sorted())
  }
}

extension RegionDifference {
  /// The same of another architecture.
  fileprivate func of(_ token: UInt32) -> RegionDifference {
    var region = self
    (region.architecture, region.witness.architecture) = (token, token)
    return region
  }
}

/// Two sides as terms over the same input.
struct PairTerm {
  enum Question {
    /// There is no verdict that both permit.
    case differs
    /// It is for no text to say which is right.
    case isOpen
    /// Of every input.
    case everything
  }

  let one: SideTerm
  let other: SideTerm
  private let context: Z3Context

  init(_ sides: [PreparedSide], over data: DataTerms, in context: Z3Context) {
    one = SideTerm(sides[0], over: data, in: context)
    other = SideTerm(sides[1], over: data, in: context)
    self.context = context
  }

  /// Whether a question has no input, to be seen without looking at filters: no text leaves anything open.
  static func isSettled(
    _ question: Question, _ sides: [PreparedSide], over data: DataTerms, in context: Z3Context
  ) -> Bool {
    guard question == .isOpen else { return false }
    return sides.allSatisfy { side in
      guard case .policy = side else { return true }
      return SideTerm(side, over: data, in: context).isContested == context.no
    }
  }

  func formula(_ question: Question) -> Formula {
    if question == .everything { return context.yes }
    switch (one.isPolicy, other.isPolicy) {
    case (false, false):
      return question == .differs ? context.not(context.equal(one.verdict, other.verdict)) : context.no
    case (true, false): return Self.formula(question, one, other.verdict, context)
    case (false, true): return Self.formula(question, other, one.verdict, context)
    case (true, true):
      let verdicts = Set(one.constants + other.constants).sorted().map { context.number($0) }
      let permitted = verdicts.map { (one.permits($0), other.permits($0)) }
      let isShared = context.any(permitted.map { context.and($0, $1) })
      let isApart = context.any(permitted.map { context.not(context.same($0, $1)) })
      // An answer that both permit is right by both; without one they differ, however much either leaves open.
      return context.and(isApart, question == .differs ? context.not(isShared) : isShared)
    }
  }

  /// Inputs for which the sides' verdicts are these, and exactly these are permitted.
  func gives(_ one: UInt32, _ other: UInt32, _ permitted: RegionDifference.Permitted) -> Formula {
    context.and(
      context.equal(self.one.verdict, context.number(one)),
      context.equal(self.other.verdict, context.number(other)),
      self.one.permitsAsMuch(as: Set(permitted.one), in: context),
      self.other.permitsAsMuch(as: Set(permitted.other), in: context))
  }

  private static func formula(
    _ question: Question, _ policy: SideTerm, _ verdict: Word, _ context: Z3Context
  ) -> Formula {
    let isRight = policy.permits(verdict)
    return question == .differs ? context.not(isRight) : context.and(isRight, policy.isContested)
  }
}
