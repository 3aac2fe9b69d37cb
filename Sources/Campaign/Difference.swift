package import ClassicBPF
package import Prediction
package import SeccompModel

/// Two answers to one call that do not agree.
package struct Difference: Hashable, Sendable {
  package var kind: FindingKind
  /// Which filter of the stack, counted from the oldest; the newest where the whole stack is meant.
  package var layer: Int
  package var call: Call
  /// What the policy permits, with the rules that say so.
  package var policy: PolicyAnswer?
  /// What the interpreter says the filter returns.
  package var verdict: Verdict?
  /// Another library's filter's verdict.
  package var otherVerdict: Verdict?
  /// What the kernel model makes of it.
  package var predicted: Outcome?
  /// What the probe saw.
  package var observed: Outcome?
  /// The programs that show it, oldest first, where nobody compiled them; else empty, and `layer` says which it is.
  package var filters: [Filter] = []

  package init(
    kind: FindingKind, layer: Int = 0, call: Call, policy: PolicyAnswer? = nil, verdict: Verdict? = nil,
    otherVerdict: Verdict? = nil, predicted: Outcome? = nil, observed: Outcome? = nil
  ) {
    self.kind = kind
    self.layer = layer
    self.call = call
    self.policy = policy
    self.verdict = verdict
    self.otherVerdict = otherVerdict
    self.predicted = predicted
    self.observed = observed
  }
}

/// The differences of one case: all are counted, the first few of a kind are kept.
struct DifferenceList {
  private(set) var kept: [Difference] = []
  private var perKind: [FindingKind: Int] = [:]
  let limit: Int

  init(limit: Int) { self.limit = limit }

  /// Whether another difference of this kind would be kept: building one costs more than finding it.
  func wants(_ kind: FindingKind) -> Bool { perKind[kind, default: 0] < limit }

  mutating func append(_ difference: Difference) {
    perKind[difference.kind, default: 0] += 1
    if perKind[difference.kind, default: 0] <= limit { kept.append(difference) }
  }
}
