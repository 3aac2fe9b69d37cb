import SeccompModel

extension LintRule {
  static let notifyWithoutListener = LintRule(
    "notify-without-listener", "SCMP_ACT_NOTIFY without listenerPath has nobody to ask."
  ) { subject in
    guard subject.profile.listenerPath == nil else { return [] }
    return subject.profile.entries.enumerated().compactMap { entry, group in
      guard group.action == .notify else { return nil }
      let name = group.names.first { subject.policy.unconditional($0) == .notify }
      var parts: [String] = []
      if subject.runtimes.contains(.runc) { parts.append("runc refuses the profile") }
      if subject.runtimes.contains(.crun) { parts.append("crun starts, and the call fails with ENOSYS") }
      return subject.remark(
        .error, at: subject.path(entry: entry, "action"), "no listenerPath: " + parts.joined(separator: "; "),
        fix: "set listenerPath to the agent's socket, or use SCMP_ACT_ERRNO",
        witnesses: [
          name.flatMap { subject.witnessAnywhere($0, meant: "the listener answers", claim: .action(.notify)) }
        ])
    }
  }

  /// runc before 1.2 has no flags at all (libcontainer/specconv/spec_linux.go).
  static let unsupportedFlags = LintRule(
    "unsupported-flags", "runc before 1.2 refuses every flag."
  ) { subject in
    guard let flags = subject.profile.flags, !flags.isEmpty, subject.runtimes.contains(.runc) else {
      return []
    }
    return [
      subject.remark(
        subject.runtime == .runc ? .warning : .note, at: subject.path("flags"),
        "runc before 1.2 answers \"seccomp flags are not yet supported by runc\"; crun applies "
          + flags.joined(separator: ", "),
        fix: "leave flags out where older runtimes are in use", without: LintSubject.doesNotStart)
    ]
  }
}
