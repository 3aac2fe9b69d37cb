import ClassicBPF
import Profiles
import SeccompModel

@testable import Campaign

/// Cases that several tests use: rule sets that libseccomp 2.5.4 to 2.6.1 is known to compile wrongly, and
/// controls that it compiles rightly.
enum Samples {
  static let versions = SavedCase.Versions(kernel: "6.18.0", libseccomp: "2.5.4", tool: "1.0")

  static func profile(
    _ rules: [[Condition]], on name: String = "socket", action: Action = .errno(42),
    default defaultAction: Action = .allow
  ) -> Profile {
    Profile(
      defaultAction: defaultAction,
      entries: rules.map { Profile.Entry(names: [name], action: action, conditions: $0) })
  }

  /// A policy–filter case on `socket` (41 on x86_64) under default ALLOW.
  static func case_(
    _ rules: [[Condition]], _ arguments: Arguments, policy: Action, filter: Action,
    kind: FindingKind = .policyFilter
  ) -> SavedCase {
    SavedCase(
      kind: kind, origin: .init(seed: .max, caseNumber: 1 << 63), profiles: [profile(rules)],
      witness: Call(.syscall, rax: 41, arguments: arguments),
      answers: .init(policy: [policy.verdict], filter: filter.verdict), versions: versions)
  }

  static func lt(_ index: UInt32, _ value: UInt64) -> Condition {
    Condition(index: index, .lessThan, value: value)
  }
  static func le(_ index: UInt32, _ value: UInt64) -> Condition {
    Condition(index: index, .lessOrEqual, value: value)
  }
  static func gt(_ index: UInt32, _ value: UInt64) -> Condition {
    Condition(index: index, .greaterThan, value: value)
  }
  static func eq(_ index: UInt32, _ value: UInt64) -> Condition {
    Condition(index: index, .equal, value: value)
  }
  static func ne(_ index: UInt32, _ value: UInt64) -> Condition {
    Condition(index: index, .notEqual, value: value)
  }
  static func masked(_ index: UInt32, _ mask: UInt64, _ value: UInt64) -> Condition {
    Condition(index: index, .maskedEqual, value: mask, valueTwo: value)
  }

  /// `{a0<=3}` + `{a0<=0, a2>41}`: the call (0, 0, 5) is covered by the first rule alone.
  static let missed = case_(
    [[le(0, 3)], [le(0, 0), gt(2, 41)]], Arguments(0, 0, 5), policy: .errno(42), filter: .allow)

  /// `{a0>1}` + `{a0<=2, a2&0x28==0}`: the call (0, 0, 0x26) is covered by neither.
  static let extra = case_(
    [[gt(0, 1)], [le(0, 2), masked(2, 0x28, 0)]], Arguments(0, 0, 0x26), policy: .allow, filter: .errno(42))

  /// `{a0==2}` + `{a0==10}`: right.
  static let control = case_(
    [[eq(0, 2)], [eq(0, 10)]], Arguments(10), policy: .errno(42), filter: .allow)

  /// `{a0>5, a1<=2}` + `{a0>5, a1==7}`: the second seccomp_rule_add spins.
  static let hang = SavedCase(
    kind: .compilerHang, profiles: [profile([[gt(0, 5), le(1, 2)], [gt(0, 5), eq(1, 7)]])],
    stage: .init(function: "seccomp_rule_add", rule: 1), versions: versions)
}
