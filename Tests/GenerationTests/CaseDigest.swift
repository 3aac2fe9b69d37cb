import Generation
import Profiles
import SeccompModel

/// FNV-1a over the fields of a case, in a fixed order: equal on two machines exactly when the case is.
struct CaseDigest {
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func add(_ number: UInt64) {
    for shift in stride(from: 0, to: 64, by: 8) {
      value = (value ^ (number >> UInt64(shift) & 0xff)) &* 0x0000_0100_0000_01b3
    }
  }

  mutating func add(_ text: String) {
    add(UInt64(text.utf8.count))
    for byte in text.utf8 { add(UInt64(byte)) }
  }

  mutating func add(_ profile: Profile) {
    add(UInt64(profile.defaultAction.verdict.rawValue))
    for architecture in profile.architectures { add(architecture.rawValue) }
    for flag in profile.flags ?? ["nil"] { add(flag) }
    for entry in profile.entries {
      for name in entry.names { add(name) }
      add(UInt64(entry.action.verdict.rawValue))
      for condition in entry.conditions {
        add(UInt64(condition.index) << 32 | UInt64(condition.comparison.rawValue))
        add(condition.value)
        add(condition.valueTwo)
      }
    }
  }

  mutating func add(_ settings: FilterSettings) {
    add(UInt64(settings.badArchitectureAction.verdict.rawValue))
    add(UInt64(settings.optimizeLevel))
    for flag in [
      settings.noNewPrivileges, settings.threadSync, settings.log, settings.speculationAllowed,
    ] { add(flag ? 1 : 0) }
  }

  mutating func add(_ generated: GeneratedCase) {
    add(generated.number)
    add(generated.profile)
    add(generated.settings)
    for layer in generated.older {
      add(layer.profile)
      add(layer.settings)
    }
    add(generated.shape.rawValue)
    add(generated.realVerdicts ? 1 : 0)
  }

  mutating func add(_ call: Call) {
    add(UInt64(call.entry))
    add(call.rax)
    for index in 0..<Arguments.count { add(call.arguments[index]) }
  }
}
