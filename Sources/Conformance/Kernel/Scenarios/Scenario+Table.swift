extension Scenario {
  /// Every scenario of the kernel suite, theme by theme.
  package static let table: [Scenario] =
    [
      actions, precedence, opcodes, loadChecks, evaluation, installation, flags, chainLength, privileges,
      strict,
      kill, trap,
      entries, program32, x32, vsyscall, exempt, sync, inheritance, trace, entryStop, readBack, inquiry,
      notify, listeners,
      notifySignals, notifyDescriptors, cache, logging, nativeChecks,
    ].flatMap(\.self)

  /// The themes, in the table's order.
  package static let groups = table.map(\.group).reduce(into: [String]()) { groups, group in
    if groups.last != group { groups.append(group) }
  }
}
