import SeccompModel

extension LintRule {
  static let defaultAllow = LintRule(
    "default-allow", "What the profile does not name is let through."
  ) { subject in
    guard subject.profile.defaultAction.letsCallsRun else { return [] }
    let open = CallFamilies.dangerous.map(\.name).filter { subject.policy.letsThrough($0) }
    let examples = open.isEmpty ? "" : ", such as \(open.prefix(6).joined(separator: ", "))"
    let refuses = subject.policy.firstRefused(in: subject) != nil
    let refusing =
      refuses ? "the entries that refuse calls act all the same" : "and no entry refuses anything"
    return [
      subject.remark(
        refuses ? .note : .warning, at: subject.path("defaultAction"),
        "\(subject.profile.defaultAction) is the default: calls that are not named are let through\(examples), those of future "
          + "kernels too; \(refusing)",
        fix: "refuse by default (SCMP_ACT_ERRNO) and name what is allowed",
        witnesses: open.prefix(3).map { subject.witnessAnywhere($0, meant: "refused", claim: .letThrough) },
        without: "every call that we hold dangerous is refused by name")
    ]
  }
}
