import SeccompModel

extension LintRule {
  static let siblingOpen = LintRule(
    "sibling-open", "A call is refused by name, and another name for the same thing is open."
  ) { subject in
    subject.refusals.compactMap { entry, position, name in
      guard subject.policy.refuses(name) else { return nil }
      let open = (CallFamilies.siblings[name] ?? []).filter { sibling in
        subject.policy.unconditional(sibling)?.letsCallsRun == true
          && subject.covered.contains { $0.table?.number(named: sibling) != nil }
      }
      guard !open.isEmpty else { return nil }
      let action = subject.profile.entries[entry].action
      return subject.remark(
        .warning, at: subject.path(entry: entry, name: position),
        "\(name) gets \(action), but \(open.joined(separator: ", ")) \(open.count == 1 ? "is" : "are") let through",
        fix: "refuse \(open.joined(separator: ", ")) as well, or name what is allowed instead",
        witnesses: open.prefix(3).map {
          subject.witnessAnywhere($0, meant: "\(action)", claim: .letThrough)
        })
    }
  }
}
