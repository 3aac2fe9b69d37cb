extension LintRule {
  /// `includes`, `excludes` and `archMap` are resolved by Docker and Podman. A runtime that is handed the text skips
  /// fields it does not know (OCI runtime-spec, spec.md: "must ignore unknown properties").
  static let frontEndFields = LintRule(
    "front-end-fields", "A condition that only Docker and Podman understand changes what is refused."
  ) { subject in
    guard let raw = subject.rawProfile else { return [] }
    let policy = LintPolicy(raw.applied)
    let names = Set(raw.applied.rules.filter { $0.conditions.isEmpty && $0.action.letsCallsRun }.map(\.name))
    let opened = names.filter { !policy.refuses($0) && subject.policy.refuses($0) }.sorted()
    guard let first = opened.first else { return [] }
    let isForRuntime = subject.runtime != nil || subject.text.isConfig
    return [
      subject.remark(
        isForRuntime ? .warning : .note, at: subject.path("syscalls"),
        "includes and excludes are for Docker and Podman; handed to a runtime as it stands the profile lets "
          + "\(opened.count) more \(opened.count == 1 ? "call" : "calls") through, \(first) first",
        fix: "give it to the front end (docker run --security-opt seccomp=…), or resolve it before use",
        witnesses: [subject.witnessAnywhere(first, meant: "refused", claim: .letThrough, reading: .raw)])
    ]
  }
}
