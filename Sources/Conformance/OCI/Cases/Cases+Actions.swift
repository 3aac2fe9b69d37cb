import SeccompModel

extension OCICase {
  /// Each action's word, of an entry and as the default.
  static let actions: [OCICase] = entryActions + defaultActions

  private static let entryActions: [OCICase] = [
    entryAction("kill", "SCMP_ACT_KILL", .killThread, "kills the calling thread, as KILL_THREAD does"),
    entryAction("kill-thread", "SCMP_ACT_KILL_THREAD", .killThread, "kills the calling thread"),
    entryAction("kill-process", "SCMP_ACT_KILL_PROCESS", .killProcess, "kills the process"),
    entryAction("trap", "SCMP_ACT_TRAP", .trap(0), "sends SIGSYS"),
    entryAction(
      "trace", "SCMP_ACT_TRACE", .trace(1), "asks the tracer, with EPERM where no errnoRet is given"),
    entryAction("log", "SCMP_ACT_LOG", .log, "logs the call and lets it run"),
    OCICase(
      "action-errno", "SCMP_ACT_ERRNO makes the call fail, with EPERM where no errnoRet is given",
      [.errnoDefault, .definitions], SeccompText.allowing(SeccompText.entry(["mkdir"])),
      .verdicts(SuiteCall.native("mkdir").gets(.errno(1)), SuiteCall.native("rmdir").gets(.allow))),
    OCICase(
      "action-allow", "SCMP_ACT_ALLOW lets a call run that the default denies", [.applied, .definitions],
      SeccompText.denying(errno: "99", SeccompText.entry(["mkdir"], "SCMP_ACT_ALLOW")),
      .verdicts(SuiteCall.native("mkdir").gets(.allow), SuiteCall.native("rmdir").gets(.errno(99)))),
    OCICase(
      "action-log-under-denying-default", "SCMP_ACT_LOG lets a call run that the default denies",
      [.applied, .definitions],
      SeccompText.denying(errno: "99", SeccompText.entry(["mkdir"], "SCMP_ACT_LOG")),
      .verdictsOrRefusal(SuiteCall.native("mkdir").gets(.log), SuiteCall.native("rmdir").gets(.errno(99)))),
    OCICase(
      "actions-together", "entries with different actions for different calls each apply", [.applied],
      SeccompText.allowing(
        SeccompText.entry(["mkdir"], errno: "99"), SeccompText.entry(["rmdir"], errno: "98"),
        SeccompText.entry(["acct"], "SCMP_ACT_KILL_PROCESS"), SeccompText.entry(["swapon"], "SCMP_ACT_TRAP"),
        SeccompText.entry(["swapoff"], "SCMP_ACT_LOG")),
      .verdictsOrRefusal(
        SuiteCall.native("mkdir").gets(.errno(99)), SuiteCall.native("rmdir").gets(.errno(98)),
        SuiteCall.native("acct").gets(.killProcess), SuiteCall.native("swapon").gets(.trap(0)),
        SuiteCall.native("swapoff").gets(.log), SuiteCall.native("chroot").gets(.allow))),
    wrongEntryAction("unknown", #""SCMP_ACT_FOO""#, "an action that does not exist is refused"),
    wrongEntryAction("lower-case", #""scmp_act_errno""#, "an action in lower case is refused"),
    wrongEntryAction("without-prefix", #""ERRNO""#, "an action without its prefix is refused"),
    wrongEntryAction("kernel-name", #""SECCOMP_RET_ERRNO""#, "the kernel's name of an action is refused"),
    wrongEntryAction("padded", #""SCMP_ACT_ERRNO ""#, "an action with a blank behind it is refused"),
    wrongEntryAction("empty", #""""#, "an empty action is refused"),
    wrongEntryAction("number", "327681", "a number for an action is refused"),
    wrongEntryAction("null", "null", "null for an action is refused"),
    OCICase(
      "action-missing", "an entry without action is refused", [.actionRequired, .cannotApply],
      .json(#"{"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": ["mkdir"]}]}"#), .refuse),
  ]

  private static let defaultActions: [OCICase] = [
    defaultAction("kill", "SCMP_ACT_KILL", .killThread),
    defaultAction("kill-thread", "SCMP_ACT_KILL_THREAD", .killThread),
    defaultAction("kill-process", "SCMP_ACT_KILL_PROCESS", .killProcess),
    defaultAction("trap", "SCMP_ACT_TRAP", .trap(0)),
    defaultAction("trace", "SCMP_ACT_TRACE", .trace(1)),
    OCICase(
      "default-errno", "SCMP_ACT_ERRNO by default makes unnamed calls fail with EPERM",
      [.errnoDefault, .applied], SeccompText.denying("SCMP_ACT_ERRNO"),
      .verdicts(SuiteCall.native("mkdir").gets(.errno(1)), SuiteCall.native("read").gets(.allow))),
    OCICase(
      "default-log", "SCMP_ACT_LOG by default logs unnamed calls and lets them run",
      [.applied, .definitions],
      .json(SeccompText.object("SCMP_ACT_LOG", entries: [SeccompText.entry(["mkdir"], errno: "99")])),
      .verdictsOrRefusal(SuiteCall.native("rmdir").gets(.log), SuiteCall.native("mkdir").gets(.errno(99)))),
    wrongDefaultAction("unknown", #""SCMP_ACT_FOO""#, "a default action that does not exist is refused"),
    wrongDefaultAction("lower-case", #""scmp_act_allow""#, "a default action in lower case is refused"),
    wrongDefaultAction("without-prefix", #""ALLOW""#, "a default action without its prefix is refused"),
    wrongDefaultAction("empty", #""""#, "an empty default action is refused"),
    wrongDefaultAction("number", "2147418112", "a number for the default action is refused"),
    wrongDefaultAction("null", "null", "null for the default action is refused"),
    wrongDefaultAction("list", #"["SCMP_ACT_ALLOW"]"#, "a list for the default action is refused"),
    OCICase(
      "default-missing", "a profile without defaultAction is refused", [.defaultAction, .cannotApply],
      .json(#"{"syscalls": [{"names": ["mkdir"], "action": "SCMP_ACT_ERRNO"}]}"#), .refuse),
    OCICase(
      "empty-object", "an empty seccomp object is refused: the process would run unfiltered",
      [.defaultAction, .cannotApply], .json("{}"), .refuse),
  ]

  private static func entryAction(_ name: String, _ word: String, _ action: Action, _ claim: String)
    -> OCICase
  {
    OCICase(
      "action-\(name)", "\(word) \(claim)", [.definitions, .applied],
      SeccompText.allowing(SeccompText.entry(["mkdir"], word)),
      .verdictsOrRefusal(SuiteCall.native("mkdir").gets(action), SuiteCall.native("rmdir").gets(.allow)))
  }

  private static func defaultAction(_ name: String, _ word: String, _ action: Action) -> OCICase {
    OCICase(
      "default-\(name)", "\(word) applies to calls that no entry names", [.definitions, .applied],
      SeccompText.denying(word),
      .verdictsOrRefusal(SuiteCall.native("mkdir").gets(action), SuiteCall.native("read").gets(.allow)))
  }

  private static func wrongEntryAction(_ name: String, _ value: String, _ claim: String) -> OCICase {
    OCICase(
      "action-\(name)", claim, [.validValues, .actionRequired],
      .json(
        #"{"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": ["mkdir"], "action": \#(value)}]}"#),
      .refuse)
  }

  private static func wrongDefaultAction(_ name: String, _ value: String, _ claim: String) -> OCICase {
    OCICase(
      "default-\(name)", claim, [.validValues, .defaultAction],
      .json(#"{"defaultAction": \#(value), "syscalls": [{"names": ["mkdir"], "action": "SCMP_ACT_ERRNO"}]}"#),
      .refuse)
  }
}
