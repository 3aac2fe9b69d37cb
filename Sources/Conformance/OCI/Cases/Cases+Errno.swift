import SeccompModel

extension OCICase {
  /// `errnoRet` and `defaultErrnoRet`.
  static let errnos: [OCICase] = entryErrnos + defaultErrnos + misplacedErrnos

  private static let entryErrnos: [OCICase] = [
    OCICase(
      "errno-one", "errnoRet 1 is EPERM", [.applied],
      SeccompText.allowing(SeccompText.entry(["mkdir"], errno: "1")),
      .verdicts(SuiteCall.native("mkdir").gets(.errno(1)))),
    OCICase(
      "errno-enosys", "errnoRet 38 is ENOSYS", [.applied],
      SeccompText.allowing(SeccompText.entry(["mkdir"], errno: "38")),
      .verdicts(SuiteCall.native("mkdir").gets(.errno(38)))),
    OCICase(
      "errno-zero", "errnoRet 0 skips the call and returns 0; it is not the default's EPERM", [.applied],
      SeccompText.allowing(SeccompText.entry(["mkdir"], errno: "0")),
      .verdictsOrRefusal(SuiteCall.native("mkdir").gets(.errno(0)))),
    OCICase(
      "errno-4094", "errnoRet 4094 is returned as it is", [.applied],
      SeccompText.allowing(SeccompText.entry(["mkdir"], errno: "4094")),
      .verdictsOrRefusal(SuiteCall.native("mkdir").gets(.errno(4094)))),
    OCICase(
      "errno-4095", "errnoRet 4095, the kernel's highest, is returned as it is, or refused",
      [.applied, .cannotApply],
      SeccompText.allowing(SeccompText.entry(["mkdir"], errno: "4095")),
      .verdictsOrRefusal(SuiteCall.native("mkdir").gets(.errno(4095)))),
    wrongErrno("4096", "4096", "errnoRet 4096, which no call can return, is refused"),
    wrongErrno("65536", "65536", "errnoRet 65536, 0 in the filter's 16 bits, is refused"),
    wrongErrno("65537", "65537", "errnoRet 65537, 1 in the filter's 16 bits, is refused"),
    wrongErrno("4294967297", "4294967297", "errnoRet 2^32 + 1, 1 in 32 bits, is refused"),
    wrongErrno("negative", "-1", "a negative errnoRet is refused"),
    wrongErrno("fraction", "1.5", "an errnoRet that is no whole number is refused"),
    wrongErrno("string", #""99""#, "a string for errnoRet is refused"),
    wrongErrno("name", #""EPERM""#, "an error's name for errnoRet is refused"),
    OCICase(
      "errno-trace", "errnoRet is what a tracer is told", [.seccomp("allow to specify the errno code")],
      SeccompText.allowing(SeccompText.entry(["mkdir"], "SCMP_ACT_TRACE", errno: "77")),
      .verdictsOrRefusal(SuiteCall.native("mkdir").gets(.trace(77)))),
    OCICase(
      "errno-differs-from-default", "an entry's errnoRet applies where the default's action is ERRNO, too",
      [.applied], SeccompText.denying(errno: "99", SeccompText.entry(["mkdir"], errno: "98")),
      .verdicts(SuiteCall.native("mkdir").gets(.errno(98)), SuiteCall.native("rmdir").gets(.errno(99)))),
  ]

  private static let defaultErrnos: [OCICase] = [
    OCICase(
      "default-errno-99", "defaultErrnoRet is what the default's ERRNO returns", [.applied],
      SeccompText.denying(errno: "99"), .verdicts(SuiteCall.native("mkdir").gets(.errno(99)))),
    OCICase(
      "default-errno-zero", "defaultErrnoRet 0 is not the default's EPERM", [.applied],
      SeccompText.denying(errno: "0"), .verdictsOrRefusal(SuiteCall.native("mkdir").gets(.errno(0)))),
    OCICase(
      "default-errno-not-inherited", "an entry without errnoRet returns EPERM, whatever defaultErrnoRet says",
      [.errnoDefault], SeccompText.denying(errno: "77", SeccompText.entry(["mkdir"])),
      .verdicts(SuiteCall.native("mkdir").gets(.errno(1)), SuiteCall.native("rmdir").gets(.errno(77)))),
    OCICase(
      "default-errno-trace", "defaultErrnoRet is what a tracer is told",
      [.seccomp("allow to specify the errno code")], SeccompText.denying("SCMP_ACT_TRACE", errno: "77"),
      .verdictsOrRefusal(SuiteCall.native("mkdir").gets(.trace(77)))),
    wrongDefaultErrno("4096", "4096", "defaultErrnoRet 4096, which no call can return, is refused"),
    wrongDefaultErrno("65537", "65537", "defaultErrnoRet 65537, 1 in the filter's 16 bits, is refused"),
    wrongDefaultErrno("negative", "-1", "a negative defaultErrnoRet is refused"),
    wrongDefaultErrno("string", #""99""#, "a string for defaultErrnoRet is refused"),
  ]

  private static let misplacedErrnos: [OCICase] =
    [
      ("kill", "SCMP_ACT_KILL"), ("kill-thread", "SCMP_ACT_KILL_THREAD"),
      ("kill-process", "SCMP_ACT_KILL_PROCESS"), ("trap", "SCMP_ACT_TRAP"), ("log", "SCMP_ACT_LOG"),
    ].map { name, word in
      OCICase(
        "errno-on-\(name)", "errnoRet for \(word), which takes none, is refused", [.errnoUnsupported],
        SeccompText.allowing(SeccompText.entry(["mkdir"], word, errno: "99")), .refuse)
    } + [
      OCICase(
        "errno-on-allow", "errnoRet for SCMP_ACT_ALLOW, which takes none, is refused", [.errnoUnsupported],
        SeccompText.denying(errno: "99", SeccompText.entry(["mkdir"], "SCMP_ACT_ALLOW", errno: "99")), .refuse
      ),
      OCICase(
        "default-errno-on-allow", "defaultErrnoRet for SCMP_ACT_ALLOW, which takes none, is refused",
        [.errnoUnsupported],
        SeccompText.allowing(SeccompText.entry(["mkdir"]), rest: #", "defaultErrnoRet": 99"#), .refuse),
      OCICase(
        "default-errno-on-log", "defaultErrnoRet for SCMP_ACT_LOG, which takes none, is refused",
        [.errnoUnsupported],
        .json(SeccompText.object("SCMP_ACT_LOG", entries: [], rest: #", "defaultErrnoRet": 99"#)), .refuse),
      OCICase(
        "default-errno-on-kill-process",
        "defaultErrnoRet for SCMP_ACT_KILL_PROCESS, which takes none, is refused", [.errnoUnsupported],
        SeccompText.denying("SCMP_ACT_KILL_PROCESS", errno: "99"), .refuse),
      OCICase(
        "default-errno-on-trap", "defaultErrnoRet for SCMP_ACT_TRAP, which takes none, is refused",
        [.errnoUnsupported], SeccompText.denying("SCMP_ACT_TRAP", errno: "99"), .refuse),
    ]

  private static func wrongErrno(_ name: String, _ value: String, _ claim: String) -> OCICase {
    OCICase(
      "errno-\(name)", claim, [.validValues, .cannotApply],
      SeccompText.allowing(SeccompText.entry(["mkdir"], errno: value)), .refuse)
  }

  private static func wrongDefaultErrno(_ name: String, _ value: String, _ claim: String) -> OCICase {
    OCICase(
      "default-errno-\(name)", claim, [.validValues, .cannotApply], SeccompText.denying(errno: value), .refuse
    )
  }
}
