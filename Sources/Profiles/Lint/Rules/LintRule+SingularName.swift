import SeccompModel

extension LintRule {
  /// The form of Docker before 1.13. runc decodes JSON into a structure without `name`: the entry has no names, and
  /// gives no rules. crun: "Required field 'names' not present".
  static let singularName = LintRule(
    "singular-name", "An entry says name instead of names, which OCI runtimes do not know."
  ) { subject in
    let all = subject.profile.entries.indices.filter { subject.isSingular(entry: $0) }
    let othersRefuse = subject.rawProfile?.applied.entries.contains { !$0.action.letsCallsRun } ?? false
    let blocksNothing =
      (subject.rawProfile?.defaultAction.letsCallsRun ?? true) && !othersRefuse
    return all.map { entry in
      let name = subject.profile.entries[entry].names[0]
      let action = subject.profile.entries[entry].action
      let arguments = subject.profile.entries[entry].conditions.example ?? .init()
      var parts: [String] = []
      if subject.runtimes.contains(.runc) {
        parts.append(
          "runc ignores \"name\", so that the entry has no rules"
            + (blocksNothing ? ": nothing at all is blocked under runc" : ""))
      }
      if subject.runtimes.contains(.crun) { parts.append("crun refuses the profile") }
      return subject.remark(
        .error, at: subject.path(entry: entry, name: 0),
        parts.joined(separator: "; ") + ". Docker and Podman turn it into \"names\" before a runtime sees it",
        fix: "write \"names\": [\(JSONText.quoted(name))]",
        witnesses: [
          subject.rawProfile.flatMap { raw in
            subject.witnessAnywhere(
              name, arguments, meant: "\(action)",
              claim: .init(LintPolicy(raw.applied).answers(name, arguments)[0]), reading: .raw)
          }
        ])
    }
  }
}
