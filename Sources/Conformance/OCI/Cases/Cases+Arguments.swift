import SeccompModel

extension OCICase {
  /// `args`: which argument, which values, and how conditions of one entry go together.
  static let arguments: [OCICase] = indices + values + combinations

  private static let indices: [OCICase] =
    (0..<Arguments.count).map { index in
      OCICase(
        "arg-index-\(index)", "index \(index) is the argument numbered \(index), counted from 0", [.applied],
        SeccompText.allowing(
          SeccompText.entry(["process_vm_readv"], errno: "99", SeccompText.condition(index, "EQ", 42))),
        .verdicts(
          SuiteCall.native("process_vm_readv", argument: index, 42).gets(.errno(99)),
          SuiteCall.native("process_vm_readv", argument: index, 41, others: 42).gets(.allow)))
    } + [
      wrongCondition(
        "index-six", #"{"index": 6, "value": 5, "op": "SCMP_CMP_EQ"}"#,
        "index 6 is refused: calls have six arguments, counted from 0"),
      wrongCondition(
        "index-negative", #"{"index": -1, "value": 5, "op": "SCMP_CMP_EQ"}"#,
        "a negative index is refused"),
      wrongCondition(
        "index-4294967296", #"{"index": 4294967296, "value": 5, "op": "SCMP_CMP_EQ"}"#,
        "index 2^32, 0 in 32 bits, is refused"),
      wrongCondition(
        "index-string", #"{"index": "0", "value": 5, "op": "SCMP_CMP_EQ"}"#,
        "a string for an index is refused"),
      wrongCondition(
        "index-fraction", #"{"index": 0.5, "value": 5, "op": "SCMP_CMP_EQ"}"#,
        "an index that is no whole number is refused"),
      wrongCondition(
        "index-missing", #"{"value": 5, "op": "SCMP_CMP_EQ"}"#,
        "a condition without index is refused", .indexRequired, .cannotApply),
    ]

  private static let values: [OCICase] = [
    value("zero", "0", 0, other: 1), value("max", "18446744073709551615", UInt64.max, other: UInt64.max - 1),
    // 2^53 + 1, the first that a double does not hold.
    value("above-double", "9007199254740993", 9_007_199_254_740_993, other: 9_007_199_254_740_992),
    value("sign-bit", "9223372036854775808", 1 << 63, other: 0),
    wrongCondition(
      "value-negative", #"{"index": 0, "value": -1, "op": "SCMP_CMP_EQ"}"#,
      "a negative value is refused"),
    wrongCondition(
      "value-two-to-64", #"{"index": 0, "value": 18446744073709551616, "op": "SCMP_CMP_EQ"}"#,
      "a value of more than 64 bits is refused"),
    wrongCondition(
      "value-fraction", #"{"index": 0, "value": 1.5, "op": "SCMP_CMP_EQ"}"#,
      "a value that is no whole number is refused"),
    wrongCondition(
      "value-string", #"{"index": 0, "value": "5", "op": "SCMP_CMP_EQ"}"#,
      "a string for a value is refused"),
    wrongCondition(
      "value-missing", #"{"index": 0, "op": "SCMP_CMP_EQ"}"#,
      "a condition without value is refused", .valueRequired, .cannotApply),
    wrongCondition(
      "value-two-negative",
      #"{"index": 0, "value": 255, "valueTwo": -1, "op": "SCMP_CMP_MASKED_EQ"}"#,
      "a negative valueTwo is refused"),
    wrongCondition("args-of-strings", #""SCMP_CMP_EQ""#, "a condition that is no object is refused"),
    OCICase(
      "args-object", "an object for args is refused", [.validValues],
      SeccompText.allowing(
        SeccompText.entry(["mkdir"], rest: #", "args": {"index": 0, "value": 5, "op": "SCMP_CMP_EQ"}"#)),
      .refuse),
  ]

  private static let combinations: [OCICase] = [
    OCICase(
      "args-empty", "an empty list of args is as good as none", [.applied],
      SeccompText.allowing(SeccompText.entry(["mkdir"], errno: "99", rest: #", "args": []"#)),
      .verdicts(
        SuiteCall.native("mkdir").gets(.errno(99)), SuiteCall.native("mkdir", 5, 6, 7).gets(.errno(99)))),
    OCICase(
      "args-two-indices", "conditions on two arguments must both hold", level: .common,
      [.allTrue, .runcAndCrun],
      SeccompText.allowing(
        SeccompText.entry(
          ["process_vm_readv"], errno: "99", SeccompText.condition(0, "EQ", 5),
          SeccompText.condition(2, "EQ", 7))),
      .verdicts(
        SuiteCall.native("process_vm_readv", 5, 0, 7).gets(.errno(99)),
        SuiteCall.native("process_vm_readv", 5, 0, 8).gets(.allow),
        SuiteCall.native("process_vm_readv", 4, 0, 7).gets(.allow),
        SuiteCall.native("process_vm_readv", 7, 0, 5).gets(.allow))),
    OCICase(
      "args-six-indices", "conditions on all six arguments must all hold", level: .common,
      [.allTrue, .runcAndCrun],
      SeccompText.allowing(
        SeccompText.entry(
          ["process_vm_readv"], errno: "99", SeccompText.condition(0, "EQ", 1),
          SeccompText.condition(1, "EQ", 2), SeccompText.condition(2, "EQ", 3),
          SeccompText.condition(3, "EQ", 4), SeccompText.condition(4, "EQ", 5),
          SeccompText.condition(5, "EQ", 6))),
      .verdicts(
        SuiteCall.native("process_vm_readv", 1, 2, 3, 4, 5, 6).gets(.errno(99)),
        SuiteCall.native("process_vm_readv", 0, 2, 3, 4, 5, 6).gets(.allow),
        SuiteCall.native("process_vm_readv", 1, 2, 3, 4, 5, 7).gets(.allow))),
    OCICase(
      "args-one-index-twice", "of several conditions on one argument each applies alone", level: .common,
      [.runcAndCrun],
      SeccompText.allowing(
        SeccompText.entry(
          ["process_vm_readv"], errno: "99", SeccompText.condition(0, "EQ", 5),
          SeccompText.condition(0, "EQ", 7))),
      .verdicts(
        SuiteCall.native("process_vm_readv", 5).gets(.errno(99)),
        SuiteCall.native("process_vm_readv", 7).gets(.errno(99)),
        SuiteCall.native("process_vm_readv", 6).gets(.allow))),
  ]

  private static func value(_ name: String, _ text: String, _ value: UInt64, other: UInt64) -> OCICase {
    OCICase(
      "arg-value-\(name)", "the value \(text) is read exactly", [.valueRequired, .applied],
      SeccompText.allowing(
        SeccompText.entry(
          ["process_vm_readv"], errno: "99", #"{"index": 0, "value": \#(text), "op": "SCMP_CMP_EQ"}"#)),
      .verdicts(
        SuiteCall.native("process_vm_readv", value).gets(.errno(99)),
        SuiteCall.native("process_vm_readv", other).gets(.allow)))
  }

  private static func wrongCondition(
    _ name: String, _ condition: String, _ claim: String, _ sources: OCICitation...
  ) -> OCICase {
    OCICase(
      name.hasPrefix("args") ? name : "arg-\(name)", claim, sources.isEmpty ? [.validValues] : sources,
      SeccompText.allowing(SeccompText.entry(["mkdir"], condition)), .refuse)
  }
}
