import SeccompModel

extension LintRule {
  /// `SCMP_FLTATR_ACT_BADARCH` "defaults to the SCMP_ACT_KILL action" (seccomp_attr_set(3)).
  static let missingArchitecture = LintRule(
    "missing-architecture",
    "Calls of an architecture that is not listed kill the thread, whatever the default."
  ) { subject in
    let action = subject.badArchitectureAction
    guard subject.profile.defaultAction != action else { return [] }
    let meant = "\(subject.profile.defaultAction)"
    var words: [String] = []
    if !subject.covered.contains(.x86) { words.append("i386 (int $0x80 and 32-bit programs)") }
    if !subject.covered.contains(.x32) { words.append("x32") }
    guard !subject.covered.contains(.x86) else { return [] }
    return [
      subject.remark(
        .note, at: subject.path("architectures"),
        "every call of \(words.joined(separator: " and of ")) gets \(action): the architecture is not listed. That "
          + "is no way around the filter, but 32-bit programs do not run",
        fix: "list SCMP_ARCH_X86 if 32-bit programs are to run",
        witnesses: [
          subject.witness("getpid", .x86, meant: meant, claim: .init(action)),
          subject.covered.contains(.x32)
            ? nil : subject.witness("getpid", .x32, meant: meant, claim: .init(action)),
        ])
    ]
  }

  /// seccomp_init(3) puts the native architecture in, and runtimes do not take it out.
  static let nativeArchitecture = LintRule(
    "native-architecture", "The native architecture is filtered although it is not listed."
  ) { subject in
    guard !subject.profile.architectures.isEmpty, !subject.profile.architectures.contains(.x86_64) else {
      return []
    }
    let rule = subject.profile.applied.rules.first {
      subject.policy.unconditional($0.name) != nil && SyscallTable.x86_64.number(named: $0.name) != nil
    }
    return [
      subject.remark(
        .note, at: subject.path("architectures"),
        "SCMP_ARCH_X86_64 is not listed, but libseccomp always adds the native architecture: the rules act on it too",
        fix: "list SCMP_ARCH_X86_64, so that the text says what happens",
        witnesses: [
          rule.flatMap {
            subject.witness(
              $0.name, meant: "no rule for x86_64",
              claim: .init(subject.policy.unconditional($0.name) ?? $0.action))
          }
        ])
    ]
  }

  static let x32Listed = LintRule(
    "x32-listed", "x32 is listed: its calls pass the filter on kernels that have x32."
  ) { subject in
    guard subject.profile.architectures.contains(.x32),
      let name = ["read", "getpid", "write"].first(where: {
        subject.policy.unconditional($0)?.letsCallsRun == true
      })
    else { return [] }
    return [
      subject.remark(
        .note, at: subject.path("architectures"),
        "SCMP_ARCH_X32 lets calls with bit 30 of the number pass by the same rules; hardly anything uses x32, and unlisted "
          + "its calls would kill",
        fix: "take SCMP_ARCH_X32 out",
        witnesses: [subject.witness(name, .x32, meant: "refused", claim: .letThrough)])
    ]
  }
}
