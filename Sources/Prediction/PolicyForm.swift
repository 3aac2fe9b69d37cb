package import Profiles
import SeccompModel

/// A policy laid open: the oracle's own tables, for a reader that asks about all calls at once instead of one by one.
package struct PolicyForm: Sendable {
  /// Meanings of the verdicts that no rule gives.
  package var defaultVerdict: UInt32
  package var badArchitectureVerdict: UInt32
  package var x86_64: Space
  /// Numbers without bit 30.
  package var x32: Space
  package var i386: Space
  /// Tokens of listed architectures without tables here, and the verdicts that their calls may get.
  package var foreignTokens: [UInt32]
  package var foreignVerdicts: [UInt32]
  /// The last numbers that are left to the rules, where something stands before them, and what it answers above.
  package var prologue: Prologue?

  /// The numbers of one ABI.
  package struct Space: Sendable {
    package var isListed: Bool
    package var width: Width
    /// Those that have rules, ascending. All others get the default action.
    package var numbers: [(number: UInt32, rules: [RuleForm])] {
      didSet { index = Self.index(of: numbers) }
    }
    private var index: [UInt32: Int]

    package init(isListed: Bool, width: Width, numbers: [(number: UInt32, rules: [RuleForm])]) {
      self.isListed = isListed
      self.width = width
      self.numbers = numbers
      index = Self.index(of: numbers)
    }

    private static func index(of numbers: [(number: UInt32, rules: [RuleForm])]) -> [UInt32: Int] {
      Dictionary(uniqueKeysWithValues: numbers.enumerated().map { ($0.element.number, $0.offset) })
    }

    /// The rules at a number.
    package func rules(at number: UInt32) -> [RuleForm]? { index[number].map { numbers[$0].rules } }
  }

  /// What a comparison compares: 64 bits, the low 32, or either, where the texts do not tell.
  package enum Width: Sendable { case full, low, either }

  /// A rule at one number.
  package struct RuleForm: Sendable {
    /// The verdict's meaning.
    package var verdict: UInt32
    /// In the policy's order.
    package var index: Int
    /// All must hold.
    package var conditions: [ConditionForm]
    /// Behind a multiplexer: the operation, the bits of the first argument that name it, and whether the rule's
    /// conditions hold when nobody can see their arguments; nil: they are open.
    package var gate: (operation: UInt32, mask: UInt32, conditionsHold: Bool?)?
  }

  package struct ConditionForm: Sendable {
    package var comparison: Condition.Comparison
    /// 0 to 5, or anything else for an argument that no call has, on which nothing holds.
    package var argument: Int
    package var datum: UInt64
    package var mask: UInt64
  }

  package struct Prologue: Sendable {
    package var x86_64: UInt32
    /// With bit 30.
    package var x32: UInt32
    package var i386: UInt32
    package var verdict: UInt32
    package var foreignTokens: Set<UInt32>
  }
}

extension PolicyOracle {
  package var form: PolicyForm {
    PolicyForm(
      defaultVerdict: defaultVerdict, badArchitectureVerdict: badArchitectureVerdict,
      x86_64: form(of: spaces.x86_64), x32: form(of: spaces.x32), i386: form(of: spaces.i386),
      foreignTokens: foreignTokens, foreignVerdicts: foreignVerdicts.map(\.verdict),
      prologue: prologue.bounds.map {
        PolicyForm.Prologue(
          x86_64: $0.x86_64, x32: $0.x32, i386: $0.i386, verdict: Prologue.verdict,
          foreignTokens: prologue.foreignTokens)
      })
  }

  private func form(of space: CallSpace) -> PolicyForm.Space {
    let numbers: [(number: UInt32, rules: [PolicyForm.RuleForm])] = (0..<space.slotCount).compactMap {
      number in
      let slot = slots[Int(space.firstSlot) + Int(number)]
      return slot.ruleCount == 0 ? nil : (number, rules[slot.rulesRange].map(form))
    }
    let width: PolicyForm.Width =
      switch space.width {
      case .full: .full
      case .low: .low
      case .either: .either
      }
    return PolicyForm.Space(isListed: space.isListed, width: width, numbers: numbers)
  }

  private func form(of rule: PlacedRule) -> PolicyForm.RuleForm {
    let first = Int(rule.firstCondition)
    var form = PolicyForm.RuleForm(
      verdict: rule.verdict, index: Int(rule.index),
      conditions: conditions[first..<first + Int(rule.conditionCount)].map {
        PolicyForm.ConditionForm(
          comparison: $0.comparison, argument: Int(clamping: $0.index), datum: $0.datum, mask: $0.mask)
      })
    if !rule.gate.isOpen {
      let hold: Bool? = rule.gate.hidden == .open ? nil : rule.gate.hidden == .yes
      form.gate = (rule.gate.operation, rule.gate.requiredMask, hold)
    }
    return form
  }
}
