import Profiles
public import SeccompModel

extension PolicyOracle {
  /// What the policy says of the call that a filter sees as `data`.
  public func answer(to data: SeccompData) -> PolicyAnswer {
    if prologue.answers(number: data.number, architecture: data.architecture) {
      return .decided(UnknownCallStub.verdict, by: .prologue)
    }
    if foreignTokens.contains(data.architecture) {
      var possible: [(UInt32, Decision)] = [(defaultVerdict, .defaultAction)]
      possible += foreignVerdicts.map { ($0.verdict, .rule($0.rule)) }
      if prologue.foreignTokens.contains(data.architecture) {
        possible.append((UnknownCallStub.verdict.rawValue, .prologue))
      }
      return PolicyOracle.answer(possible: possible)
    }
    switch spaces.locate(number: data.number, architecture: data.architecture) {
    case .badArchitecture: return .decided(Verdict(rawValue: badArchitectureVerdict), by: .badArchitecture)
    case .defaultAction: return .decided(Verdict(rawValue: defaultVerdict), by: .defaultAction)
    case .defaultOrBadArchitecture:
      return PolicyOracle.answer(
        possible: [(defaultVerdict, .defaultAction), (badArchitectureVerdict, .badArchitecture)])
    case .slot(let slot, let width):
      return answer(slot: slots[slot], arguments: data.arguments, width: width)
    }
  }

  private func answer(slot: Slot, arguments: Arguments, width: ArgumentWidth) -> PolicyAnswer {
    // Rules that certainly match first: if all agree, the first of them decides.
    var certain: [(UInt32, Decision)] = []
    var possible: [(UInt32, Decision)] = []
    for rule in rules[slot.rulesRange] {
      switch match(rule, arguments, width) {
      case .yes: certain.append((rule.verdict, .rule(Int(rule.index))))
      case .open: possible.append((rule.verdict, .rule(Int(rule.index))))
      case .no: break
      }
    }
    if certain.isEmpty { possible.append((defaultVerdict, .defaultAction)) }
    return PolicyOracle.answer(possible: certain + possible)
  }

  /// `possible` by verdict, in order of first appearance; not empty.
  private static func answer(possible: [(verdict: UInt32, by: Decision)]) -> PolicyAnswer {
    var possibilities: [Possibility] = []
    for (verdict, decision) in possible {
      if let index = possibilities.firstIndex(where: { $0.verdict.rawValue == verdict }) {
        possibilities[index].by.append(decision)
      } else {
        possibilities.append(Possibility(verdict: Verdict(rawValue: verdict), by: [decision]))
      }
    }
    if possibilities.count == 1 { return .decided(possibilities[0].verdict, by: possibilities[0].by[0]) }
    return .contested(possibilities)
  }

  private func match(_ rule: PlacedRule, _ arguments: Arguments, _ width: ArgumentWidth) -> Truth {
    conditions.withUnsafeBufferPointer { rule.matches(arguments, width: width, conditions: $0) }
  }
}

extension PlacedRule {
  /// Whether all conditions hold for a call of the rule's number.
  @inline(__always)
  func matches(
    _ arguments: Arguments, width: ArgumentWidth, conditions: UnsafeBufferPointer<ComparableCondition>
  ) -> Truth {
    var result = gate.holds(firstArgument: arguments.a0)
    var position = Int(firstCondition)
    let end = position + Int(conditionCount)
    while position < end, result != .no {
      let condition = conditions[position]
      guard condition.index < UInt32(Arguments.count) else { return .no }
      result = result.and(condition.holds(for: arguments[Int(condition.index)], width: width))
      position += 1
    }
    return result
  }
}
