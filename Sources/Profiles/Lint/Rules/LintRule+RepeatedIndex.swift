import SeccompModel

extension LintRule {
  /// libseccomp takes one comparison of each argument in a rule; runc and crun make a rule of each condition instead.
  static let repeatedIndex = LintRule(
    "repeated-index", "An entry compares one argument twice, which makes its conditions alternatives."
  ) { subject in
    subject.profile.entries.indices.compactMap { entry in
      let group = subject.profile.entries[entry]
      guard group.repeatsIndex, let name = group.names.first else { return nil }
      let arguments = group.conditions.lazy.flatMap(\.examples).first { arguments in
        !group.conditions.allSatisfy { $0.holds(for: arguments) }
          && subject.policy.answers(name, arguments) == [group.action]
      }
      return subject.remark(
        .error, at: subject.path(entry: entry, "args"),
        "two conditions are about the same argument: runtimes make a rule of every condition of the entry, so that one "
          + "of them is enough for \(group.action)",
        fix:
          "a range needs the calls outside it named instead: one entry for values below, one for values above",
        witnesses: [
          arguments.flatMap {
            subject.witnessAnywhere(name, $0, meant: "no match", claim: .init(group.action))
          }
        ], without: "every argument that meets one condition meets them all")
    }
  }
}

extension Condition {
  /// Calls that meet it: its own example, and the ends of the argument's range.
  fileprivate var examples: [Arguments] {
    guard index < UInt32(Arguments.count), let example else { return [] }
    return [example, 0, .max].map { value in
      var arguments = Arguments()
      arguments[Int(index)] = value
      return arguments
    }
    .filter { holds(for: $0) }
  }
}
