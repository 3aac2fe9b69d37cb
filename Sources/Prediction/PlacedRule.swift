import SeccompModel

/// A rule at one number of one ABI. Its conditions are a run in the oracle's flat list.
struct PlacedRule: Sendable {
  /// Meaning of the action's verdict.
  var verdict: UInt32
  /// Index of the rule in the policy.
  var index: Int32
  var firstCondition: Int32
  /// 0 behind a multiplexer, where ``RuleGate/hidden`` stands for the conditions.
  var conditionCount: Int32
  var gate: RuleGate

  /// Whether it matches every call of its number.
  var isUnconditional: Bool { conditionCount == 0 && gate.isOpen }

  /// The same rule at the number of the call's multiplexer, where its `conditions` cannot see the arguments.
  func behind(_ call: NumbersOfName.Operation, conditions: ArraySlice<ComparableCondition>) -> PlacedRule {
    var rule = self
    rule.conditionCount = 0
    rule.gate.operation = call.operation
    rule.gate.requiredMask = call.multiplexer == .ipc ? 0xffff : .max
    rule.gate.hidden = conditions.reduce(.yes) { $0.and($1.holdsForHiddenArgument()) }
    return rule
  }
}

/// What must hold for a rule besides its conditions: nothing for a rule at its call's own number; behind
/// `socketcall` and `ipc`, that the multiplexer is asked for the rule's call.
///
/// The conditions of such a rule speak of the call's own arguments. Behind `socketcall` these are in memory,
/// which a filter cannot read ("BPF programs may not dereference pointers", the kernel's
/// seccomp_filter.rst); behind `ipc` they stand elsewhere, and no text says where a rule's argument is looked
/// for. So such a condition is open unless the argument's value makes no difference to it.
struct RuleGate: Sendable {
  /// Compared with the multiplexer's first argument under ``requiredMask``.
  var operation: UInt32 = 0
  /// The bits of the first argument that name the operation; 0 for a rule at its own number.
  var requiredMask: UInt32 = 0
  /// Whether all conditions hold, when none of their arguments can be seen.
  var hidden: Truth = .yes

  static let none = RuleGate()

  var isOpen: Bool { requiredMask == 0 && hidden == .yes }

  /// Whether the multiplexer's first argument asks for the rule's call.
  ///
  /// For `ipc` the kernel takes the upper 16 bits as a version and the rest as the operation
  /// (ipc/syscall.c, `ksys_ipc`), but ipc(2) says only that "call determines which IPC function to invoke":
  /// open where only the lower half is the operation.
  @inline(__always)
  func holds(firstArgument: UInt64) -> Truth {
    let low = UInt32(truncatingIfNeeded: firstArgument)
    guard low & requiredMask == operation else { return .no }
    return requiredMask == 0 || low == operation ? hidden : hidden.and(.open)
  }
}
