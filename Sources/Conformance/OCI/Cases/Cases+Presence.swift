import SeccompModel

extension OCICase {
  /// Whether there is a filter at all, and what binds calls that nothing names.
  static let presence: [OCICase] = [
    OCICase(
      "no-seccomp", "without linux.seccomp no filter binds the process", [.optional], .absent, .unfiltered),
    OCICase(
      "allow-everything", "a defaultAction alone is a whole profile", [.entriesAreOptional, .applied],
      .json(#"{"defaultAction": "SCMP_ACT_ALLOW"}"#),
      .verdicts(SuiteCall.native("read").gets(.allow), SuiteCall.native("mkdir").gets(.allow))),
    OCICase(
      "deny-one-call", "an entry's action applies to the call it names, and the default to others",
      [.applied],
      SeccompText.allowing(SeccompText.entry(["mkdir"], errno: "99")),
      .verdicts(
        SuiteCall.native("mkdir").gets(.errno(99)), SuiteCall.native("rmdir").gets(.allow),
        SuiteCall.native("mkdirat").gets(.allow))),
    OCICase(
      "allow-list", "a call that no entry names gets a denying default, the named ones run", [.applied],
      SeccompText.denying(errno: "99", SeccompText.entry(["rmdir"], "SCMP_ACT_ALLOW")),
      .verdicts(
        SuiteCall.native("mkdir").gets(.errno(99)), SuiteCall.native("acct").gets(.errno(99)),
        SuiteCall.native("rmdir").gets(.allow), SuiteCall.native("read").gets(.allow))),
    OCICase(
      "syscalls-empty", "an empty list of syscalls leaves everything to the default",
      [.entriesAreOptional, .emptySyscalls],
      .json(#"{"defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": 99, "syscalls": []}"#),
      nothingStarts(.errno(99))),
    OCICase(
      "syscalls-absent", "without syscalls everything is left to the default",
      [.entriesAreOptional, .emptySyscalls],
      .json(#"{"defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": 99}"#), nothingStarts(.errno(99))),
    OCICase(
      "syscalls-empty-kill", "SCMP_ACT_KILL by default and no entry: the first call kills the process",
      [.emptySyscalls], .json(#"{"defaultAction": "SCMP_ACT_KILL", "syscalls": []}"#),
      nothingStarts(.killThread)),
    OCICase(
      "default-above-named-numbers",
      "the default applies to numbers above every one that the profile names, and to numbers of no call",
      [.applied, .defaultAction],
      .json(
        SeccompText.object(
          "SCMP_ACT_ERRNO", entries: [SeccompText.entry(SeccompText.startNames, "SCMP_ACT_ALLOW")],
          rest: #", "defaultErrnoRet": 99, "architectures": ["SCMP_ARCH_X86_64"]"#)),
      .verdictsOrRefusal(
        Call(.syscall, rax: 450).gets(.errno(99)), Call(.syscall, rax: 600).gets(.errno(99)),
        Call(.syscall, rax: 0x3fff_ffff).gets(.errno(99)))),
    OCICase(
      "default-kill-above-named-numbers",
      "a default that kills kills for numbers above every one that the profile names",
      [.applied, .defaultAction],
      .json(
        SeccompText.object(
          "SCMP_ACT_KILL_PROCESS", entries: [SeccompText.entry(SeccompText.startNames, "SCMP_ACT_ALLOW")],
          rest: #", "architectures": ["SCMP_ARCH_X86_64"]"#)),
      .verdictsOrRefusal(
        Call(.syscall, rax: 450).gets(.killProcess), Call(.syscall, rax: 600).gets(.killProcess))),
    OCICase(
      "no-new-privileges-false", "the filter binds a process that may gain privileges, too", [.applied],
      SeccompText.allowing(SeccompText.entry(["mkdir"], errno: "99")), noNewPrivileges: false,
      .verdicts(SuiteCall.native("mkdir").gets(.errno(99)), SuiteCall.native("rmdir").gets(.allow))),
    OCICase(
      "no-new-privileges-false-allow-list",
      "a denying default binds a process that may gain privileges, too", [.applied],
      SeccompText.denying(errno: "99"), noNewPrivileges: false,
      .verdicts(SuiteCall.native("mkdir").gets(.errno(99)), SuiteCall.native("read").gets(.allow))),
  ]

  /// Every call gets `action`: nothing can be started, but the filter must have been installed.
  private static func nothingStarts(_ action: Action) -> Requirement {
    Requirement.verdicts(
      SuiteCall.native("mkdir").gets(action), SuiteCall.native("read").gets(action),
      SuiteCall.native("execve").gets(action)
    ).with { $0.mustStart = false }
  }
}
