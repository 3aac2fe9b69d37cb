import SeccompModel

extension OCICase {
  /// `flags`: what seccomp(2) is called with.
  static let flags: [OCICase] = knownFlags + wrongFlags

  /// Bits of `linux/seccomp.h`.
  enum Flag {
    static let tsync: UInt32 = 1 << 0
    static let log: UInt32 = 1 << 1
    static let specAllow: UInt32 = 1 << 2
    static let newListener: UInt32 = 1 << 3
    static let waitKillable: UInt32 = 1 << 5
  }

  private static let knownFlags: [OCICase] = [
    OCICase(
      "flags-empty", "an empty list of flags asks for none", [.flags, .applied], denyingMkdir(flags: []),
      installed(FlagRequirement(set: 0, clear: Flag.log | Flag.specAllow))),
    OCICase(
      "flag-log", "SECCOMP_FILTER_FLAG_LOG is passed", [.flags, .applied],
      denyingMkdir(flags: ["SECCOMP_FILTER_FLAG_LOG"]), installed(FlagRequirement(set: Flag.log))),
    OCICase(
      "flag-spec-allow", "SECCOMP_FILTER_FLAG_SPEC_ALLOW is passed", [.flags, .applied],
      denyingMkdir(flags: ["SECCOMP_FILTER_FLAG_SPEC_ALLOW"]), installed(FlagRequirement(set: Flag.specAllow))
    ),
    // The container's process cannot tell: by then it has one thread.
    OCICase(
      "flag-tsync", "SECCOMP_FILTER_FLAG_TSYNC is passed", level: .common, [.flags, .applied],
      denyingMkdir(flags: ["SECCOMP_FILTER_FLAG_TSYNC"]), installed(FlagRequirement(set: Flag.tsync))),
    OCICase(
      "flags-together", "several flags are all passed", [.flags, .applied],
      denyingMkdir(flags: ["SECCOMP_FILTER_FLAG_LOG", "SECCOMP_FILTER_FLAG_SPEC_ALLOW"]),
      installed(FlagRequirement(set: Flag.log | Flag.specAllow))),
    OCICase(
      "flag-log-alone", "a flag that is not listed beside another is not passed", [.flags, .applied],
      denyingMkdir(flags: ["SECCOMP_FILTER_FLAG_LOG"]),
      installed(FlagRequirement(set: Flag.log, clear: Flag.specAllow))),
    OCICase(
      "flag-wait-killable-without-notify",
      "SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV, which the kernel takes for a listener only, is refused without one",
      [.cannotApply], denyingMkdir(flags: ["SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV"]), .refuse),
  ]

  private static let wrongFlags: [OCICase] = [
    wrongFlag("unknown", #"["SECCOMP_FILTER_FLAG_FOO"]"#, "a flag that does not exist is refused"),
    wrongFlag(
      "unknown-among-known", #"["SECCOMP_FILTER_FLAG_LOG", "SECCOMP_FILTER_FLAG_FOO"]"#,
      "a flag that does not exist is refused beside one that does"),
    wrongFlag("lower-case", #"["seccomp_filter_flag_log"]"#, "a flag in lower case is refused"),
    wrongFlag("without-prefix", #"["LOG"]"#, "a flag without its prefix is refused"),
    wrongFlag(
      "new-listener", #"["SECCOMP_FILTER_FLAG_NEW_LISTENER"]"#,
      "SECCOMP_FILTER_FLAG_NEW_LISTENER, which is not the profile's to give, is refused"),
    wrongFlag("number", "[2]", "a number among flags is refused"),
    wrongFlag("string", #""SECCOMP_FILTER_FLAG_LOG""#, "a string for flags is refused"),
  ]

  static func denyingMkdir(flags: [String]) -> Text {
    SeccompText.allowing(
      SeccompText.entry(["mkdir"], errno: "99"), rest: #", "flags": \#(SeccompText.list(flags))"#)
  }

  private static func installed(_ flags: FlagRequirement) -> Requirement {
    Requirement.verdictsOrRefusal(
      SuiteCall.native("mkdir").gets(.errno(99)), SuiteCall.native("rmdir").gets(.allow)
    ).with { $0.flags = flags }
  }

  private static func wrongFlag(_ name: String, _ value: String, _ claim: String) -> OCICase {
    OCICase(
      "flag-\(name)", claim, [.validValues, .flags],
      SeccompText.allowing(SeccompText.entry(["mkdir"]), rest: #", "flags": \#(value)"#), .refuse)
  }
}
