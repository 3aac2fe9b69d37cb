import SeccompModel

extension OCICase {
  /// Each operator, on both halves of 64 bits.
  static let operators: [OCICase] = comparisons + masks + wrongOperators

  private static let comparisons: [OCICase] = [
    compared("ne", "NE", "differs from value") { $0 != $1 },
    compared("lt", "LT", "is less than value") { $0 < $1 },
    compared("le", "LE", "is at most value") { $0 <= $1 },
    compared("eq", "EQ", "equals value") { $0 == $1 },
    compared("ge", "GE", "is at least value") { $0 >= $1 },
    compared("gt", "GT", "is greater than value") { $0 > $1 },
  ].flatMap { $0 }

  /// With a value of 32 bits, with one that needs both halves, and with one whose sign bit is set: comparisons are
  /// unsigned.
  private static func compared(
    _ name: String, _ word: String, _ claim: String, _ holds: (UInt64, UInt64) -> Bool
  ) -> [OCICase] {
    let values: [(suffix: String, claim: String, value: UInt64)] = [
      ("low", "", 5), ("both-halves", ", compared in all 64 bits", 0x1_0000_0005),
      ("unsigned", ", compared without sign", 0x8000_0000_0000_0000),
    ]
    return values.map { suffix, addition, value in
      let arguments: Set<UInt64> = [
        0, 1, value &- 1, value, value &+ 1, value ^ 1 << 32, value &+ 1 << 32, value ^ 1 << 63, 0xffff_ffff,
        0x7fff_ffff_ffff_ffff, UInt64.max,
      ]
      let verdicts = arguments.sorted().map {
        SuiteCall.native("process_vm_readv", $0).gets(holds($0, value) ? .errno(99) : .allow)
      }
      var acceptance = Acceptance(verdicts)
      acceptance.mayBeRefused = word != "EQ"
      return OCICase(
        "op-\(name)-\(suffix)", "SCMP_CMP_\(word) holds where the argument \(claim)\(addition)",
        [.definitions, .applied], onFirstArgument(SeccompText.condition(0, word, value)), .accept(acceptance))
    }
  }

  private static let masks: [OCICase] = [
    masked(
      "low", "in the low half", mask: 0xf0, value: 0x20, holding: [0x20, 0x2f, 0xfff_ff2f, 0x1_0000_0020],
      failing: [0, 0x30, 0x100, 0x10]),
    masked(
      "both-halves", "in both halves", mask: 0xff_0000_00ff, value: 0x12_0000_0034,
      holding: [0x12_0000_0034, 0x12_ffff_ff34, 0xffff_ff12_0000_0034],
      failing: [0x34, 0x12_0000_0035, 0x13_0000_0034, 0x12_0000_0000]),
    masked(
      "high", "in the high half alone", mask: 0x8000_0000_0000_0000, value: 0x8000_0000_0000_0000,
      holding: [0x8000_0000_0000_0000, UInt64.max], failing: [0, 0x8000_0000, 0x7fff_ffff_ffff_ffff]),
    masked(
      "zero-wanted", "for bits that must not be set", mask: 0x7e02_0000, value: 0,
      holding: [0, 0x11, 0x1_0000_0000], failing: [0x1000_0000, 0x0002_0000, 0x7e02_0000]),
    masked(
      "outside-mask", "with the bits of valueTwo outside the mask left out", level: .common, mask: 0xf0,
      value: 0x2f, holding: [0x20, 0x2f, 0x21], failing: [0x30, 0x0f]),
    OCICase(
      "op-masked-eq-value-two-absent", "without valueTwo SCMP_CMP_MASKED_EQ compares with 0", level: .common,
      [.runcAndCrun], onFirstArgument(SeccompText.condition(0, "MASKED_EQ", 0xf0)),
      .verdictsOrRefusal(
        SuiteCall.native("process_vm_readv", 0).gets(.errno(99)),
        SuiteCall.native("process_vm_readv", 0x0f).gets(.errno(99)),
        SuiteCall.native("process_vm_readv", 0x20).gets(.allow))),
    OCICase(
      "op-masked-eq-mask-zero", "a mask of 0 holds for every argument", level: .common, [.maskedEqual],
      onFirstArgument(SeccompText.condition(0, "MASKED_EQ", 0, 0)),
      .verdictsOrRefusal(
        SuiteCall.native("process_vm_readv", 0).gets(.errno(99)),
        SuiteCall.native("process_vm_readv", UInt64.max).gets(.errno(99)))),
    OCICase(
      "op-eq-value-two-ignored", "valueTwo makes no difference to SCMP_CMP_EQ", level: .common,
      [.runcAndCrun],
      onFirstArgument(SeccompText.condition(0, "EQ", 5, 7)),
      .verdicts(
        SuiteCall.native("process_vm_readv", 5).gets(.errno(99)),
        SuiteCall.native("process_vm_readv", 7).gets(.allow))),
  ]

  private static func masked(
    _ name: String, _ claim: String, level: Level = .must, mask: UInt64, value: UInt64, holding: [UInt64],
    failing: [UInt64]
  ) -> OCICase {
    var acceptance = Acceptance(
      holding.map { SuiteCall.native("process_vm_readv", $0).gets(.errno(99)) }
        + failing.map { SuiteCall.native("process_vm_readv", $0).gets(.allow) })
    acceptance.mayBeRefused = true
    return OCICase(
      "op-masked-eq-\(name)",
      "SCMP_CMP_MASKED_EQ compares the bits of the mask, value, with valueTwo, \(claim)",
      level: level, [.definitions, .maskedEqual],
      onFirstArgument(SeccompText.condition(0, "MASKED_EQ", mask, value)), .accept(acceptance))
  }

  private static let wrongOperators: [OCICase] = [
    wrongOperator("unknown", #""SCMP_CMP_FOO""#, "an operator that does not exist is refused"),
    wrongOperator("lower-case", #""scmp_cmp_eq""#, "an operator in lower case is refused"),
    wrongOperator("without-prefix", #""EQ""#, "an operator without its prefix is refused"),
    wrongOperator("sign", #""==""#, "a sign for an operator is refused"),
    wrongOperator("empty", #""""#, "an empty operator is refused"),
    wrongOperator("number", "4", "a number for an operator is refused"),
    OCICase(
      "op-missing", "a condition without op is refused", [.operatorRequired, .cannotApply],
      onFirstArgument(#"{"index": 0, "value": 5}"#), .refuse),
  ]

  private static func wrongOperator(_ name: String, _ value: String, _ claim: String) -> OCICase {
    OCICase(
      "op-\(name)", claim, [.validValues, .operatorRequired],
      onFirstArgument(#"{"index": 0, "value": 5, "op": \#(value)}"#), .refuse)
  }

  /// One condition on a call that no runtime makes.
  private static func onFirstArgument(_ condition: String) -> Text {
    SeccompText.allowing(SeccompText.entry(["process_vm_readv"], errno: "99", condition))
  }
}
