import SeccompModel

extension OCICase {
  /// Properties that the specification does not have, and texts that are no profile at all.
  static let extensibility: [OCICase] = unknownProperties + malformed

  private static let unknownProperties: [OCICase] = [
    OCICase(
      "unknown-property", "a property of the profile that the specification does not have is ignored",
      [.unknownProperties],
      SeccompText.allowing(
        SeccompText.entry(["mkdir"], errno: "99"), rest: #", "org.example.unknown": {"a": [1, null, "b"]}"#),
      .verdicts(SuiteCall.native("mkdir").gets(.errno(99)), SuiteCall.native("rmdir").gets(.allow))),
    OCICase(
      "unknown-property-of-entry", "a property of an entry that the specification does not have is ignored",
      [.unknownProperties],
      SeccompText.allowing(SeccompText.entry(["mkdir"], errno: "99", rest: #", "unknown": true"#)),
      .verdicts(SuiteCall.native("mkdir").gets(.errno(99)))),
    OCICase(
      "unknown-property-of-condition",
      "a property of a condition that the specification does not have is ignored", [.unknownProperties],
      SeccompText.allowing(
        SeccompText.entry(
          ["process_vm_readv"], errno: "99",
          #"{"index": 0, "value": 5, "op": "SCMP_CMP_EQ", "unknown": 7}"#)),
      .verdicts(
        SuiteCall.native("process_vm_readv", 5).gets(.errno(99)),
        SuiteCall.native("process_vm_readv", 7).gets(.allow))),
    OCICase(
      "includes-of-other-formats",
      "comment, includes and excludes, of other formats, do not switch an entry off",
      [.unknownProperties],
      SeccompText.allowing(
        SeccompText.entry(
          ["mkdir"], errno: "99",
          rest:
            #", "comment": "", "includes": {"caps": ["CAP_SYS_ADMIN"]}, "excludes": {"arches": ["amd64"]}"#)),
      .verdicts(SuiteCall.native("mkdir").gets(.errno(99)))),
    OCICase(
      "arch-map-of-other-formats", "archMap, of other formats, lists no architectures", [.unknownProperties],
      SeccompText.allowing(
        SeccompText.entry(["mkdir"], errno: "99"),
        rest: #", "archMap": [{"architecture": "SCMP_ARCH_FOO", "subArchitectures": 5}]"#),
      .verdicts(SuiteCall.native("mkdir").gets(.errno(99)))),
    OCICase(
      "property-case", "DefaultAction is not defaultAction: an unknown property, and ignored",
      [.unknownProperties],
      .json(
        #"""
        {"defaultAction": "SCMP_ACT_ALLOW", "DefaultAction": "SCMP_ACT_LOG",
         "syscalls": [{"names": ["mkdir"], "action": "SCMP_ACT_ERRNO", "errnoRet": 99}]}
        """#),
      .verdicts(SuiteCall.native("rmdir").gets(.allow), SuiteCall.native("mkdir").gets(.errno(99)))),
    OCICase(
      "property-case-of-entry",
      "Action is not action, nor ERRNORET errnoRet: unknown properties, and ignored",
      [.unknownProperties],
      SeccompText.allowing(
        SeccompText.entry(["mkdir"], errno: "99", rest: #", "Action": "SCMP_ACT_ALLOW", "ERRNORET": 5"#)),
      .verdicts(SuiteCall.native("mkdir").gets(.errno(99)))),
    OCICase(
      "order-of-properties", "the order of properties makes no difference",
      [OCICitation("glossary.md", "JSON", "The order of entries in JSON objects is not significant")],
      .json(
        #"""
        {"syscalls": [{"args": [{"op": "SCMP_CMP_EQ", "value": 5, "index": 1}], "errnoRet": 99,
         "action": "SCMP_ACT_ERRNO", "names": ["process_vm_readv"]}], "defaultAction": "SCMP_ACT_ALLOW"}
        """#),
      .verdicts(
        SuiteCall.native("process_vm_readv", 0, 5).gets(.errno(99)),
        SuiteCall.native("process_vm_readv", 5, 0).gets(.allow))),
  ]

  private static let malformed: [OCICase] = [
    malformed("string", #""SCMP_ACT_ALLOW""#, "a string for seccomp is refused", .validValues),
    malformed("number", "5", "a number for seccomp is refused", .validValues),
    malformed("true", "true", "a truth value for seccomp is refused", .validValues),
    malformed(
      "list", #"[{"defaultAction": "SCMP_ACT_ALLOW"}]"#, "a list for seccomp is refused", .validValues),
    malformed(
      "truncated", #"{"defaultAction": "SCMP_ACT_ALLOW""#, "a text that ends too soon is refused", .json),
    malformed(
      "trailing-comma", #"{"defaultAction": "SCMP_ACT_ALLOW",}"#,
      "a comma before the closing brace is refused",
      .json),
    malformed(
      "single-quotes", "{'defaultAction': 'SCMP_ACT_ALLOW'}", "single quotes are refused", .json),
    malformed("nothing", "", "a member without value is refused", .json),
    malformed("word", "SCMP_ACT_ALLOW", "a bare word is refused", .json),
  ]

  private static func malformed(
    _ name: String, _ text: String, _ claim: String, _ source: OCICitation
  ) -> OCICase {
    OCICase("seccomp-\(name)", claim, [source], .json(text), .refuse)
  }
}
