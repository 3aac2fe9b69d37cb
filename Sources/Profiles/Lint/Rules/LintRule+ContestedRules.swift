import SeccompModel

extension LintRule {
  /// seccomp_rule_add(3) does not rank rules. libseccomp: a rule without conditions beats those with; of two without,
  /// the first stays; the same conditions with two actions are refused (EEXIST); otherwise its own tree decides.
  static let contestedRules = LintRule(
    "contested-rules", "Two entries give one call different actions, and no text says which one wins."
  ) { subject in
    var remarks: [LintRemark] = []
    let rules = subject.profile.rules.filter { $0.action != subject.profile.defaultAction }
    for (_, group) in Dictionary(grouping: rules, by: \.name).sorted(by: { $0.key < $1.key }) {
      // The first rule with each action.
      var firsts: [Rule] = []
      for later in group {
        defer { if !firsts.contains(where: { $0.action == later.action }) { firsts.append(later) } }
        guard let earlier = firsts.first(where: { $0.action != later.action }) else { continue }
        // Told as a cancelled denial.
        if earlier.conditions.isEmpty, later.conditions.isEmpty, earlier.action.letsCallsRun { continue }
        if let remark = subject.contest(earlier, later) { remarks.append(remark) }
      }
    }
    return remarks
  }
}

extension LintSubject {
  fileprivate func contest(_ earlier: Rule, _ later: Rule) -> LintRemark? {
    let name = later.name
    let both = "\(name) has \(earlier.action) in \(words(entry: earlier.entry)) and \(later.action) here"
    let path = path(entry: later.entry, name: later.position)
    switch (earlier.conditions.isEmpty, later.conditions.isEmpty) {
    case (true, true):
      return remark(
        .warning, at: path, "\(both): the first of two rules without conditions stays, silently",
        fix: "name the call once",
        witnesses: [witnessAnywhere(name, meant: "\(later.action)", claim: .init(earlier.action))])
    case (true, false), (false, true):
      let (winner, loser) = earlier.conditions.isEmpty ? (earlier, later) : (later, earlier)
      return remark(
        .warning, at: path,
        "\(both): the rule without conditions wins in either order, so that the conditions mean nothing",
        fix: "drop the rule without conditions, or the other",
        witnesses: [
          loser.conditions.example.flatMap {
            witnessAnywhere(name, $0, meant: "\(loser.action)", claim: .init(winner.action))
          }
        ])
    case (false, false):
      if Set(earlier.conditions) == Set(later.conditions) {
        return remark(
          .error, at: path,
          "\(both), under the same conditions: libseccomp answers EEXIST and runtimes give up",
          fix: "keep one of the two", without: Self.doesNotStart)
      }
      guard let arguments = (earlier.conditions + later.conditions).overlap else { return nil }
      return remark(
        .warning, at: path,
        "\(both), and calls that meet the conditions of both exist: which action they get is up to libseccomp's "
          + "tree, not to the order of the entries",
        fix: "make the conditions exclude each other",
        witnesses: [
          policy.answers(name, arguments).contains(where: \.letsCallsRun)
            ? nil : witnessAnywhere(name, arguments, meant: "\(earlier.action)", claim: .refused)
        ], without: "the text leaves open what such a call gets")
    }
  }
}

extension [Condition] {
  /// Arguments that meet all conditions, tried from the values that each mentions.
  fileprivate var overlap: Arguments? {
    var found = Arguments()
    for index in 0..<Arguments.count {
      let own = filter { $0.index == UInt32(index) }
      guard !own.isEmpty else { continue }
      let values = own.flatMap { condition -> [UInt64] in
        [condition.value &- 1, condition.value, condition.value &+ 1, condition.example ?? 0]
      }
      let met = Set(values).sorted().first { value in
        var arguments = Arguments()
        arguments[index] = value
        return own.allSatisfy { $0.holds(for: arguments) }
      }
      guard let met else { return nil }
      found[index] = met
    }
    return found
  }
}
