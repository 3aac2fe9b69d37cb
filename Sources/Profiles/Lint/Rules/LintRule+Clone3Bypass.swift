import SeccompModel

extension LintRule {
  /// clone3(2) takes its flags in memory, where no filter reads.
  static let clone3Bypass = LintRule(
    "clone3-bypass", "clone is refused by its flags, and clone3 does the same unseen."
  ) { subject in
    subject.profile.entries.indices.compactMap { entry in
      let group = subject.profile.entries[entry]
      guard group.names.contains("clone"), !group.conditions.isEmpty,
        group.action != subject.profile.defaultAction, subject.policy.letsThrough("clone3")
      else { return nil }
      return subject.remark(
        .warning, at: subject.path(entry: entry, "args"),
        "clone is filtered by its flags, but clone3 is let through, and its flags are in memory, where no filter can "
          + "read them",
        fix: "answer clone3 with SCMP_ACT_ERRNO and errnoRet 38 (ENOSYS): C libraries then use clone",
        witnesses: [subject.witness("clone3", meant: "refused where clone is", claim: .letThrough)])
    }
  }
}
