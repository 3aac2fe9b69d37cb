extension LintRule {
  /// libseccomp refuses a rule with the default action (EACCES); runc and crun leave it out before. What stays is
  /// the other entry that names the call.
  static let cancelledDeny = LintRule(
    "cancelled-deny", "A call stands in a group that refuses it, and is let through all the same."
  ) { subject in
    subject.refusals.compactMap { refusal in
      let (entry, position, name) = refusal
      let action = subject.profile.entries[entry].action
      guard subject.policy.unconditional(name)?.letsCallsRun == true,
        let other = subject.profile.entries.firstIndex(where: {
          $0.action.letsCallsRun && $0.conditions.isEmpty && $0.names.contains(name)
        })
      else { return nil }
      let reason =
        action == subject.profile.defaultAction
        ? "\(action) is the default action, so that the group gives no rules"
        : "the first of two rules without conditions stays"
      return subject.remark(
        .error, at: subject.path(entry: entry, name: position),
        "\(name) is allowed although it stands in a group with \(action): \(reason), and "
          + "\(subject.words(entry: other)) allows it",
        fix: "take \(name) out of \(subject.words(entry: other))",
        witnesses: [subject.witnessAnywhere(name, meant: "\(action)", claim: .letThrough)])
    }
  }
}

extension LintSubject {
  /// Every name that an entry without conditions refuses, once an entry: entry, position, name.
  var refusals: [(Int, Int, String)] {
    profile.entries.indices.flatMap { entry -> [(Int, Int, String)] in
      let group = profile.entries[entry]
      guard group.conditions.isEmpty, !group.action.letsCallsRun else { return [] }
      var seen: Set<String> = []
      return group.names.indices.compactMap { position in
        seen.insert(group.names[position]).inserted ? (entry, position, group.names[position]) : nil
      }
    }
  }
}
