import SeccompModel

extension LintRule {
  static let runtimeCannotStart = LintRule(
    "runtime-start", "The runtime needs a call after the filter is loaded that the profile refuses."
  ) { subject in
    subject.runtimes.flatMap { runtime -> [LintRemark] in
      let kinds: [(LintRemark.Severity, [String], String)] = [
        (.error, RuntimeNeeds.always(runtime), "cannot start a container"),
        (.warning, RuntimeNeeds.atTimes(runtime), "starts containers only at times, and may hang"),
        (
          .warning, RuntimeNeeds.withoutNoNewPrivileges(runtime),
          "cannot start a container without noNewPrivileges"
        ),
      ]
      return kinds.compactMap { severity, needed, consequence in
        let missing = needed.filter {
          subject.policy.unconditional($0).map { !$0.letsCallsRun } == true
        }
        guard !missing.isEmpty else { return nil }
        return subject.remark(
          severity, at: subject.path("syscalls"),
          "\(runtime.rawValue) \(consequence): it makes \(missing.joined(separator: ", ")) after loading the filter",
          fix: "allow \(missing.joined(separator: ", "))",
          witnesses: missing.prefix(4).map { name in
            subject.witness(
              name, meant: "ALLOW",
              claim: .init(subject.policy.unconditional(name) ?? subject.policy.defaultAction))
          })
      }
    }
  }
}
