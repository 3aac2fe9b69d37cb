import SeccompModel

extension LintRule {
  /// A filter compares 64 bits of a register. Of an `int` the kernel's call takes the lower 32 and lets the upper be
  /// anything (seccomp(2), Caveats; SYSCALL_DEFINE's casts).
  static let wideArgument = LintRule(
    "wide-argument",
    "A 32-bit argument is compared as 64 bits, so that a set upper half gets past the condition."
  ) { subject in
    subject.conditionPlaces.flatMap { entry, position, condition -> [LintRemark] in
      let group = subject.profile.entries[entry]
      guard condition.value >> 32 == 0, condition.comparison != .maskedEqual else { return [] }
      return group.names.compactMap { name in
        guard ArgumentWidths.narrow[name]?.contains(condition.index) == true,
          let (narrow, wide) = subject.evasion(of: condition, name: name)
        else { return nil }
        let index = Int(condition.index)
        return subject.remark(
          .warning, at: subject.path(entry: entry, argument: position),
          "argument \(condition.index) of \(name) has 32 bits, the comparison 64: with \(hex(wide[index])) the kernel "
            + "sees \(hex(narrow[index])), which the policy refuses, and the filter lets the call through",
          fix:
            "compare masked: op SCMP_CMP_MASKED_EQ with value 4294967295 and valueTwo the number; where only other "
            + "comparisons do, allow the wanted values one by one",
          witnesses: [
            subject.witness(
              name, .x86_64, wide, meant: "\(subject.policy.answers(name, narrow)[0])", claim: .letThrough)
          ])
      }
    }
  }
}

extension LintSubject {
  /// Arguments that are refused, and the same with upper bits set in the condition's argument, which are let through.
  fileprivate func evasion(of condition: Condition, name: String) -> (Arguments, Arguments)? {
    let index = Int(condition.index)
    for base in surroundings(of: index, name: name) {
      for value in [condition.value, condition.value &- 1, condition.value &+ 1, 0] where value >> 32 == 0 {
        var narrow = base
        narrow[index] = value
        var wide = narrow
        wide[index] |= 1 << 32
        if policy.refuses(name, narrow), policy.letsThrough(name, wide) { return (narrow, wide) }
      }
    }
    return nil
  }

  /// Other arguments to try: combinations of 0 and the values that the call's rules make a difference of; fewer where
  /// there are many rules, each of which is asked about each.
  private func surroundings(of index: Int, name: String) -> [Arguments] {
    var result = [Arguments()]
    let rules = policy.rules(named: name)
    let conditions = rules.flatMap(\.conditions)
    let limit = min(256, max(1, LintPolicy.ruleLimit / max(1, rules.count)))
    for other in 0..<Arguments.count where other != index {
      let values = Set(
        conditions.filter { $0.index == UInt32(other) }.flatMap { [$0.value, $0.example ?? 0] })
      let more = values.sorted().flatMap { value in
        result.map { base in
          var arguments = base
          arguments[other] = value
          return arguments
        }
      }
      result = Array((result + more).prefix(limit))
    }
    return result
  }
}
