import SeccompModel

extension LintRule {
  /// On i386 socketcall(2) and ipc(2) take the real arguments elsewhere; socketcall's are in memory, where no filter
  /// reads. libseccomp puts the operation's number in the place of the first condition.
  static let multiplexedCall = LintRule(
    "multiplexed-call",
    "A condition on a socket or System V IPC call does not hold for i386's socketcall and ipc."
  ) { subject in
    guard subject.covered.contains(.x86) else { return [] }
    return subject.profile.entries.indices.flatMap { entry -> [LintRemark] in
      let group = subject.profile.entries[entry]
      guard !group.conditions.isEmpty, group.conditions.allSatisfy({ $0.index == 0 }),
        group.action != subject.profile.defaultAction
      else { return [] }
      return Set(group.names).sorted().compactMap { name in
        guard let call = MultiplexedCall.named(name) else { return nil }
        return subject.remark(
          .warning, at: subject.path(entry: entry, "args"),
          "the condition on \(name) means nothing to i386's \(call.multiplexer.name): by that way every \(name) gets "
            + "\(group.action), whatever its first argument",
          fix: "leave out SCMP_ARCH_X86, or do without conditions on \(name)",
          witnesses: [
            LintWitness(
              Call(
                .int80, rax: UInt64(call.multiplexer.number), arguments: Arguments(UInt64(call.operation))),
              name: "\(call.multiplexer.name)(\(name))", meant: "as the condition says",
              claim: .init(group.action))
          ])
      }
    }
  }
}
