import SeccompModel

extension OCICase {
  /// `syscalls` and `names`: which calls an entry means, and what several entries come to.
  static let entries: [OCICase] = names + wrongNames + union + contested

  private static let names: [OCICase] = [
    OCICase(
      "names-several", "an entry applies to each call that it names", [.namesRequired, .applied],
      SeccompText.allowing(SeccompText.entry(["mkdir", "rmdir", "acct", "swapon"], errno: "99")),
      .verdicts(
        SuiteCall.native("mkdir").gets(.errno(99)), SuiteCall.native("rmdir").gets(.errno(99)),
        SuiteCall.native("acct").gets(.errno(99)), SuiteCall.native("swapon").gets(.errno(99)),
        SuiteCall.native("swapoff").gets(.allow))),
    OCICase(
      "names-repeated", "a name that stands twice in an entry is as good as once", [.applied],
      SeccompText.allowing(SeccompText.entry(["mkdir", "mkdir"], errno: "99")),
      .verdicts(SuiteCall.native("mkdir").gets(.errno(99)))),
    OCICase(
      "names-unknown", "a name of no call does no harm to the others", level: .common, [.runcAndCrun],
      SeccompText.allowing(SeccompText.entry(["no_such_call", "mkdir"], errno: "99")),
      .verdicts(SuiteCall.native("mkdir").gets(.errno(99)), SuiteCall.native("rmdir").gets(.allow))),
    OCICase(
      "names-unknown-alone", "an entry with only a name of no call means nothing", level: .common,
      [.runcAndCrun],
      SeccompText.allowing(
        SeccompText.entry(["no_such_call"], errno: "98"), SeccompText.entry(["mkdir"], errno: "99")),
      .verdicts(SuiteCall.native("mkdir").gets(.errno(99)), SuiteCall.native("rmdir").gets(.allow))),
    OCICase(
      "names-of-another-architecture", "a name that only i386 has means nothing to x86_64", level: .common,
      [.runcAndCrun], SeccompText.allowing(SeccompText.entry(["waitpid", "mkdir"], errno: "99")),
      .verdicts(SuiteCall.native("mkdir").gets(.errno(99)), SuiteCall.native("wait4").gets(.allow))),
    OCICase(
      "names-upper-case", "a name in upper case names no call", level: .common, [.runcAndCrun],
      SeccompText.allowing(SeccompText.entry(["MKDIR"], errno: "99")),
      .verdicts(SuiteCall.native("mkdir").gets(.allow))),
    OCICase(
      "names-number", "a number in a string names no call", level: .common, [.runcAndCrun],
      SeccompText.allowing(SeccompText.entry(["83"], errno: "99")),
      .verdicts(SuiteCall.native("mkdir").gets(.allow))),
    OCICase(
      "names-escaped", "a name written with JSON's escapes is the name", [.json, .applied],
      SeccompText.allowing(SeccompText.entry([#"mk\u0064ir"#], errno: "99")),
      .verdicts(SuiteCall.native("mkdir").gets(.errno(99)))),
  ]

  private static let wrongNames: [OCICase] = [
    wrongEntry(
      "names-empty", #"{"names": [], "action": "SCMP_ACT_ERRNO"}"#, "an empty list of names is refused",
      .oneName, .validValues),
    wrongEntry(
      "names-missing", #"{"action": "SCMP_ACT_ERRNO"}"#, "an entry without names is refused",
      .namesRequired, .oneName, .cannotApply),
    wrongEntry(
      "names-null", #"{"names": null, "action": "SCMP_ACT_ERRNO"}"#, "null for names is refused",
      .namesRequired, .oneName, .validValues),
    wrongEntry(
      "name-singular", #"{"name": "mkdir", "action": "SCMP_ACT_ERRNO"}"#,
      "name instead of names, an unknown property, leaves the entry without names: refused",
      .namesRequired, .oneName, .unknownProperties),
    wrongEntry(
      "names-string", #"{"names": "mkdir", "action": "SCMP_ACT_ERRNO"}"#,
      "a string for names is refused", .validValues),
    wrongEntry(
      "names-of-numbers", #"{"names": [83], "action": "SCMP_ACT_ERRNO"}"#,
      "a number among names is refused", .validValues),
    wrongEntry("syscalls-of-strings", #""mkdir""#, "a string among syscalls is refused", .validValues),
    OCICase(
      "syscalls-object", "an object for syscalls is refused", [.validValues],
      .json(
        #"{"defaultAction": "SCMP_ACT_ALLOW", "syscalls": {"names": ["mkdir"], "action": "SCMP_ACT_ERRNO"}}"#),
      .refuse),
    OCICase(
      "syscalls-string", "a string for syscalls is refused", [.validValues],
      .json(#"{"defaultAction": "SCMP_ACT_ALLOW", "syscalls": "mkdir"}"#), .refuse),
  ]

  private static let union: [OCICase] = [
    OCICase(
      "entries-union", "of several entries for one call each applies to the arguments it names",
      [.applied, .union],
      SeccompText.allowing(
        readv(.init(0, "EQ", 5)), readv(.init(0, "EQ", 7)), readv(.init(1, "EQ", 9))),
      .verdicts(
        SuiteCall.native("process_vm_readv", 5).gets(.errno(99)),
        SuiteCall.native("process_vm_readv", 7).gets(.errno(99)),
        SuiteCall.native("process_vm_readv", 0, 9).gets(.errno(99)),
        SuiteCall.native("process_vm_readv", 6).gets(.allow),
        SuiteCall.native("process_vm_readv", 9, 5).gets(.allow))),
    OCICase(
      "entries-repeated", "an entry that stands twice is as good as once", [.applied],
      SeccompText.allowing(
        SeccompText.entry(["mkdir"], errno: "99"), SeccompText.entry(["mkdir"], errno: "99"),
        readv(.init(0, "EQ", 5)), readv(.init(0, "EQ", 5))),
      .verdicts(
        SuiteCall.native("mkdir").gets(.errno(99)),
        SuiteCall.native("process_vm_readv", 5).gets(.errno(99)),
        SuiteCall.native("process_vm_readv", 6).gets(.allow))),
    OCICase(
      "entry-repeats-default", "an entry with the default's action is no error", [.applied],
      SeccompText.allowing(
        SeccompText.entry(["rmdir"], "SCMP_ACT_ALLOW"), SeccompText.entry(["mkdir"], errno: "99")),
      .verdicts(SuiteCall.native("mkdir").gets(.errno(99)), SuiteCall.native("rmdir").gets(.allow))),
    OCICase(
      "entry-repeats-default-errno", "an entry with the default's action and errno is no error", [.applied],
      SeccompText.denying(errno: "99", SeccompText.entry(["mkdir"], errno: "99")),
      .verdicts(SuiteCall.native("mkdir").gets(.errno(99)), SuiteCall.native("rmdir").gets(.errno(99)))),
    OCICase(
      "range-by-two-entries", "two entries with < and > leave the values between to the default",
      [.applied, .union],
      SeccompText.allowing(readv(.init(0, "LT", 10)), readv(.init(0, "GT", 20))),
      .verdictsOrRefusal(
        SuiteCall.native("process_vm_readv", 9).gets(.errno(99)),
        SuiteCall.native("process_vm_readv", 10).gets(.allow),
        SuiteCall.native("process_vm_readv", 20).gets(.allow),
        SuiteCall.native("process_vm_readv", 21).gets(.errno(99)),
        SuiteCall.native("process_vm_readv", 1 << 32 | 15).gets(.errno(99)))),
    OCICase(
      "all-but-two-values", "entries with <, == and > allow all but the values between", [.applied, .union],
      SeccompText.denying(
        errno: "99", SeccompText.entry(["socket"], "SCMP_ACT_ALLOW", SeccompText.condition(0, "LT", 38)),
        SeccompText.entry(["socket"], "SCMP_ACT_ALLOW", SeccompText.condition(0, "EQ", 39)),
        SeccompText.entry(["socket"], "SCMP_ACT_ALLOW", SeccompText.condition(0, "GT", 40))),
      .verdictsOrRefusal(
        SuiteCall.native("socket", 1).gets(.allow), SuiteCall.native("socket", 37).gets(.allow),
        SuiteCall.native("socket", 38).gets(.errno(99)), SuiteCall.native("socket", 39).gets(.allow),
        SuiteCall.native("socket", 40).gets(.errno(99)), SuiteCall.native("socket", 41).gets(.allow))),
  ]

  private static let contested: [OCICase] = [
    OCICase(
      "first-of-two-actions", "of two entries for one call with different actions the first applies",
      level: .common, [.runcAndCrun],
      SeccompText.allowing(
        SeccompText.entry(["mkdir"], errno: "11"), SeccompText.entry(["mkdir"], errno: "22")),
      .verdicts(SuiteCall.native("mkdir").gets(.errno(11)))),
    OCICase(
      "unconditional-before-conditional", "an entry without conditions applies before one with, first or not",
      level: .common, [.runcAndCrun],
      SeccompText.allowing(
        SeccompText.entry(["process_vm_readv"], errno: "11", SeccompText.condition(0, "EQ", 5)),
        SeccompText.entry(["process_vm_readv"], errno: "22")),
      .verdicts(
        SuiteCall.native("process_vm_readv", 5).gets(.errno(22)),
        SuiteCall.native("process_vm_readv", 6).gets(.errno(22)))),
  ]

  private static func wrongEntry(
    _ name: String, _ entry: String, _ claim: String, _ sources: OCICitation...
  ) -> OCICase {
    OCICase(
      name, claim, sources, .json(#"{"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [\#(entry)]}"#), .refuse)
  }
}

extension OCICase {
  /// One condition, to be written down.
  struct WrittenCondition {
    let index: Int
    let comparison: String
    let value: UInt64
    let valueTwo: UInt64?

    init(_ index: Int, _ comparison: String, _ value: UInt64, _ valueTwo: UInt64? = nil) {
      self.index = index
      self.comparison = comparison
      self.value = value
      self.valueTwo = valueTwo
    }
  }

  /// ERRNO(99) for process_vm_readv, a call of six arguments that no runtime makes, where the conditions hold.
  static func readv(_ conditions: WrittenCondition...) -> String {
    let texts = conditions.map { SeccompText.condition($0.index, $0.comparison, $0.value, $0.valueTwo) }
    return SeccompText.entry(
      ["process_vm_readv"], errno: "99", rest: #", "args": [\#(texts.joined(separator: ", "))]"#)
  }
}
