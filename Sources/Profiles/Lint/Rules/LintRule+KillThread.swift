import SeccompModel

extension LintRule {
  /// `SECCOMP_RET_KILL_THREAD`; SCMP_ACT_KILL is its old name.
  static let killThread = LintRule(
    "kill-thread", "SCMP_ACT_KILL ends the thread and leaves the rest of the process running."
  ) { subject in
    let message =
      "SCMP_ACT_KILL and SCMP_ACT_KILL_THREAD end the calling thread only: other threads go on, and may wait for it for "
      + "ever"
    let fix = "use SCMP_ACT_KILL_PROCESS, or SCMP_ACT_ERRNO for calls that programs merely try"
    var remarks: [LintRemark] = []
    if subject.profile.defaultAction == .killThread {
      let name = ["getpid", "mseal", "acct", "vhangup"].first {
        subject.policy.unconditional($0) == .killThread
      }
      remarks.append(
        subject.remark(
          .warning, at: subject.path("defaultAction"), message, fix: fix,
          witnesses: [
            name.flatMap {
              subject.witness($0, meant: "the process ends", claim: .action(.killThread))
            }
          ]))
    }
    for (entry, group) in subject.profile.entries.enumerated()
    where group.action == .killThread && group.action != subject.profile.defaultAction {
      let name = group.names.first { subject.policy.unconditional($0) == .killThread }
      remarks.append(
        subject.remark(
          .warning, at: subject.path(entry: entry, "action"), message, fix: fix,
          witnesses: [
            name.flatMap {
              subject.witnessAnywhere($0, meant: "the process ends", claim: .action(.killThread))
            }
          ]))
    }
    return remarks
  }

  /// Calls that the C library makes first and does without after ENOSYS.
  private static let probed = [
    "clone3", "rseq", "set_robust_list", "faccessat2", "statx", "close_range", "getrandom",
  ]

  static let killedProbe = LintRule(
    "killed-probe", "The default action kills programs for calls that they merely try."
  ) { subject in
    guard subject.profile.defaultAction.kills else { return [] }
    let names = probed.filter { subject.policy.unconditional($0)?.kills == true }
    guard !names.isEmpty else { return [] }
    return [
      subject.remark(
        .warning, at: subject.path("defaultAction"),
        "C libraries try \(names.joined(separator: ", ")) and do without where they fail; here the attempt kills",
        fix: "refuse by default with SCMP_ACT_ERRNO and errnoRet 38 (ENOSYS), or allow these calls",
        witnesses: names.prefix(2).map {
          subject.witness($0, meant: "an error", claim: .action(subject.profile.defaultAction))
        })
    ]
  }

  /// glibc since 2.34 makes threads by clone3 and goes back to clone after ENOSYS only (sysdeps/unix/sysv/linux,
  /// clone-internal.c).
  static let clone3Errno = LintRule(
    "clone3-errno", "clone3 fails with an errno after which C libraries do not fall back to clone."
  ) { subject in
    guard case .errno(let errno)? = subject.policy.unconditional("clone3"), errno != 38,
      subject.policy.rules(named: "clone").contains(where: \.action.letsCallsRun)
        || subject.policy.unconditional("clone")?.letsCallsRun == true
    else { return [] }
    return [
      subject.remark(
        .warning, at: subject.path("defaultAction"),
        "clone is allowed and clone3 fails with \(errno): glibc and others try clone3 first, and go back to clone after 38 "
          + "(ENOSYS) only; threads cannot be made",
        fix: "answer clone3 with SCMP_ACT_ERRNO and errnoRet 38, or allow it",
        witnesses: [
          subject.witness("clone3", meant: "ERRNO(38)", claim: .action(.errno(errno)))
        ])
    ]
  }
}
