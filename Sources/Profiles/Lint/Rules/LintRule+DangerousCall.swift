import SeccompModel

extension LintRule {
  static let dangerousCall = LintRule(
    "dangerous-call", "A call that reaches beyond the container is allowed by name."
  ) { subject in
    // Where everything is allowed, see default-allow.
    guard !subject.profile.defaultAction.letsCallsRun else { return [] }
    // Where a group refuses it in vain, see cancelled-deny.
    let refused = Set(subject.refusals.map(\.2))
    return CallFamilies.dangerous.compactMap { name, why in
      guard subject.policy.unconditional(name)?.letsCallsRun == true, !refused.contains(name) else {
        return nil
      }
      for (entry, group) in subject.profile.entries.enumerated()
      where group.action.letsCallsRun && group.conditions.isEmpty {
        guard let position = group.names.firstIndex(of: name) else { continue }
        return subject.remark(
          .warning, at: subject.path(entry: entry, name: position), "\(name) is allowed: \(why)",
          fix: "take it out unless the container needs it; capabilities may still refuse it",
          witnesses: [subject.witnessAnywhere(name, meant: "refused", claim: .letThrough)])
      }
      return nil
    }
  }
}
