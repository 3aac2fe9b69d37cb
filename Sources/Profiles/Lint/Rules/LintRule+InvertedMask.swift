import SeccompModel

extension LintRule {
  /// `(argument & value) == valueTwo` with `valueTwo` left out, and so 0: the rule is for calls with none of the bits.
  static let invertedMask = LintRule(
    "inverted-mask", "A masked comparison without valueTwo refuses the calls that have none of the bits."
  ) { subject in
    subject.conditionPlaces.compactMap { entry, position, condition in
      let group = subject.profile.entries[entry]
      guard condition.comparison == .maskedEqual, condition.valueTwo == 0, condition.value != 0,
        !group.action.letsCallsRun, subject.profile.defaultAction.letsCallsRun, let name = group.names.first,
        let without = group.conditions.example
      else { return nil }
      // CLONE_NEWUSER where it is one of them: the one that needs no privilege.
      let newUser: UInt64 = 0x1000_0000
      let bit = condition.value & newUser != 0 ? newUser : condition.value & (~condition.value &+ 1)
      var with = without
      with[Int(condition.index)] |= bit
      return subject.remark(
        .error, at: subject.path(entry: entry, argument: position),
        "the condition is inverted: it compares argument \(condition.index) & \(hex(condition.value)) with 0, so that "
          + "calls with none of these bits get \(group.action) and calls with any of them are let through",
        fix:
          "give one entry for each bit, with value and valueTwo both that bit; or refuse by default and allow the "
          + "call with this condition",
        witnesses: [
          subject.policy.refuses(name, without)
            ? subject.witnessAnywhere(name, without, meant: "ALLOW", claim: .refused) : nil,
          subject.policy.letsThrough(name, with)
            ? subject.witnessAnywhere(name, with, meant: "\(group.action)", claim: .letThrough) : nil,
        ])
    }
  }

  /// libseccomp compares `argument & value` with `valueTwo & value`; the specification's comparison could not hold.
  static let unreachableMask = LintRule(
    "mask-bits", "valueTwo has bits outside the mask, or the mask is 0."
  ) { subject in
    subject.conditionPlaces.compactMap { entry, position, condition in
      guard condition.comparison == .maskedEqual, condition.index < UInt32(Arguments.count),
        condition.value == 0 || condition.valueTwo & ~condition.value != 0,
        let name = subject.profile.entries[entry].names.first
      else { return nil }
      let action = subject.profile.entries[entry].action
      let arguments = subject.profile.entries[entry].conditions.example
      return subject.remark(
        .warning, at: subject.path(entry: entry, argument: position),
        condition.value == 0
          ? "the mask is 0: the condition always holds"
          : "valueTwo \(hex(condition.valueTwo)) has bits outside the mask \(hex(condition.value)); libseccomp drops "
            + "them and compares with \(hex(condition.valueTwo & condition.value))",
        fix: "value is the mask and valueTwo what the masked argument must be",
        witnesses: [
          arguments.flatMap { arguments in
            subject.policy.answers(name, arguments) == [action]
              ? subject.witnessAnywhere(name, arguments, meant: "no match", claim: .init(action)) : nil
          }
        ])
    }
  }
}

extension LintSubject {
  /// Every condition: entry, position, condition.
  var conditionPlaces: [(Int, Int, Condition)] {
    profile.entries.indices.flatMap { entry in
      profile.entries[entry].conditions.enumerated().map { (entry, $0.offset, $0.element) }
    }
  }
}

/// `0x7c020000`
func hex(_ value: UInt64) -> String { "0x" + String(value, radix: 16) }
