extension LintRule {
  static let entryWithoutEffect = LintRule(
    "entry-without-effect", "An entry asks for the default action, which gives no rules."
  ) { subject in
    subject.profile.entries.indices.compactMap { entry in
      let group = subject.profile.entries[entry]
      let action = group.action
      guard action == subject.profile.defaultAction else { return nil }
      let decided = group.names.first { subject.policy.unconditional($0) != nil }
      // An exception from a denial that is written as "allow" is lost with its entry.
      let denied = group.names.first { name in
        action.letsCallsRun && subject.policy.unconditional(name).map { !$0.letsCallsRun } == true
      }
      let name = denied ?? decided
      return subject.remark(
        denied == nil ? .note : .warning, at: subject.path(entry: entry, "action"),
        "\(action) is the default action: runtimes leave the entry out"
          + (denied.map { ", and another entry refuses \($0)" } ?? ", and it changes nothing"),
        fix: denied == nil ? "leave it out" : "give the other entry conditions, or take the call out of it",
        witnesses: [
          name.flatMap { name in
            subject.witnessAnywhere(
              name, meant: "\(action)",
              claim: .init(subject.policy.unconditional(name) ?? subject.policy.defaultAction))
          }
        ], without: "every name of the entry has rules with conditions elsewhere")
    }
  }
}
