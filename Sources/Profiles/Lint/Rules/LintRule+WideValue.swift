import SeccompModel

extension LintRule {
  /// For architectures with 32-bit registers libseccomp cuts value and mask to 32 bits.
  static let wideValue = LintRule(
    "wide-value", "A value above 32 bits is cut for 32-bit architectures and matches other calls there."
  ) { subject in
    guard subject.covered.contains(.x86) else { return [] }
    return subject.conditionPlaces.compactMap { entry, position, condition in
      let group = subject.profile.entries[entry]
      guard condition.value >> 32 != 0, group.conditions.count == 1, condition.comparison == .equal,
        let name = group.names.first(where: {
          SyscallTable.i386.number(named: $0) != nil && MultiplexedCall.named($0) == nil
            && subject.policy.rules(named: $0).count == 1
        })
      else { return nil }
      var arguments = Arguments()
      arguments[Int(condition.index)] = condition.value & 0xffff_ffff
      return subject.remark(
        .warning, at: subject.path(entry: entry, argument: position),
        "\(hex(condition.value)) does not fit 32 bits; for i386 libseccomp cuts it to "
          + "\(hex(condition.value & 0xffff_ffff)), and \(name) with that gets \(group.action)",
        fix: "put the comparison into a profile without SCMP_ARCH_X86, or use a value that fits",
        witnesses: [
          subject.witness(name, .x86, arguments, meant: "no match", claim: .init(group.action))
        ])
    }
  }
}
