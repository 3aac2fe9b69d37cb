import SeccompModel

extension LintRule {
  /// runc and crun read `linux.seccomp` and nothing else (OCI runtime-spec, config-linux.md).
  static let misplacedProfile = LintRule(
    "misplaced-profile", "The profile stands where no runtime looks for it."
  ) { subject in
    guard subject.text.isMisplaced else { return [] }
    let refused = subject.policy.firstRefused(in: subject)
    return [
      subject.remark(
        .error, at: subject.text.path,
        "the profile stands in \"seccomp\" of the outermost object; a runtime reads linux.seccomp of config.json, a "
          + "front end the profile by itself: neither finds it, and nothing is filtered",
        fix: "move it to linux.seccomp of config.json, or give the inner object as a file of its own",
        witnesses: [
          refused.flatMap {
            subject.witnessAnywhere(
              $0.name, $0.conditions.example ?? .init(), meant: "\($0.action)", claim: .letThrough,
              reading: .none)
          }
        ], without: "the profile refuses no call by name, so that its absence changes none that it names")
    ]
  }
}

extension LintPolicy {
  /// The first rule that refuses something.
  func firstRefused(in subject: LintSubject) -> Rule? {
    subject.profile.applied.rules.first { !$0.action.letsCallsRun }
  }
}
