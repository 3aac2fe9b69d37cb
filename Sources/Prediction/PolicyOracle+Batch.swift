package import SeccompModel

/// What a batch of verdicts is, held against the policy.
@frozen
package enum PolicyCheck {
  /// The verdict that the policy asks for.
  package static let decided: UInt8 = 0
  /// One of several verdicts that the policy may ask for.
  package static let contested: UInt8 = 1
  /// A verdict that the policy does not permit.
  package static let notPermitted: UInt8 = 2

  /// How many calls of a batch were which.
  package struct Counts: Hashable, Sendable {
    package var decided = 0
    package var contested = 0
    package var notPermitted = 0

    package init(decided: Int = 0, contested: Int = 0, notPermitted: Int = 0) {
      self.decided = decided
      self.contested = contested
      self.notPermitted = notPermitted
    }

    package static func += (counts: inout Counts, more: Counts) {
      counts.decided += more.decided
      counts.contested += more.contested
      counts.notPermitted += more.notPermitted
    }
  }
}

extension PolicyOracle {
  /// Holds a filter's verdicts against the policy, call by call, without allocating.
  ///
  /// - Parameters:
  ///   - verdicts: the filter's return value for each call.
  ///   - checks: receives a ``PolicyCheck`` code for each call.
  /// - Precondition: all three have the same count.
  package func mismatches(
    calls: UnsafeBufferPointer<Call>, verdicts: UnsafeBufferPointer<UInt32>,
    checks: UnsafeMutableBufferPointer<UInt8>
  ) -> PolicyCheck.Counts {
    precondition(
      calls.count == verdicts.count && calls.count == checks.count, "one verdict and one check a call")
    var totals = (0, 0, 0)
    slots.withUnsafeBufferPointer { slots in
      rules.withUnsafeBufferPointer { rules in
        conditions.withUnsafeBufferPointer { conditions in
          let reader = BatchReader(
            spaces: spaces, slots: slots, rules: rules, conditions: conditions,
            defaultVerdict: defaultVerdict,
            badArchitectureVerdict: badArchitectureVerdict, prologue: prologue.bounds)
          for index in calls.indices {
            let check = reader.check(calls[index], verdicts[index])
            checks[index] = check
            if check == PolicyCheck.decided {
              totals.0 += 1
            } else if check == PolicyCheck.contested {
              totals.1 += 1
            } else {
              totals.2 += 1
            }
          }
        }
      }
    }
    return PolicyCheck.Counts(decided: totals.0, contested: totals.1, notPermitted: totals.2)
  }
}

/// The oracle's tables as plain pointers, for the length of a batch.
private struct BatchReader {
  let spaces: Spaces
  let slots: UnsafeBufferPointer<Slot>
  let rules: UnsafeBufferPointer<PlacedRule>
  let conditions: UnsafeBufferPointer<ComparableCondition>
  let defaultVerdict: UInt32
  let badArchitectureVerdict: UInt32
  let prologue: Prologue.Bounds?

  @inline(__always)
  func check(_ call: Call, _ verdict: UInt32) -> UInt8 {
    let meaning = Verdict.meaning(of: verdict)
    if let prologue, prologue.areBelow(call.number, architecture: call.entryPath.auditToken) {
      return decided(meaning, Prologue.verdict)
    }
    switch spaces.locate(number: call.number, architecture: call.entryPath.auditToken) {
    case .badArchitecture: return decided(meaning, badArchitectureVerdict)
    case .defaultAction: return decided(meaning, defaultVerdict)
    case .defaultOrBadArchitecture:
      var tally = Tally(wanted: meaning)
      tally.add(defaultVerdict)
      tally.add(badArchitectureVerdict)
      return tally.check
    case .slot(let index, let width):
      let slot = slots[index]
      if slot.isConstant { return decided(meaning, slot.constant) }
      return tally(slot, call, width, meaning).check
    }
  }

  @inline(__always)
  private func decided(_ meaning: UInt32, _ answer: UInt32) -> UInt8 {
    meaning == answer ? PolicyCheck.decided : PolicyCheck.notPermitted
  }

  @inline(__always)
  private func tally(_ slot: Slot, _ call: Call, _ width: ArgumentWidth, _ meaning: UInt32) -> Tally {
    var tally = Tally(wanted: meaning)
    var isCertain = false
    for position in slot.rulesRange {
      let rule = rules[position]
      let match = rule.matches(call.arguments, width: width, conditions: conditions)
      if match == .no { continue }
      if match == .yes { isCertain = true }
      tally.add(rule.verdict)
    }
    if !isCertain { tally.add(defaultVerdict) }
    return tally
  }
}

/// The possible answers to one call, counted only as far as the check needs: whether the wanted one is among
/// them, and whether it is the only one.
private struct Tally {
  let wanted: UInt32
  var isPermitted = false
  var isContested = false

  @inline(__always)
  init(wanted: UInt32) { self.wanted = wanted }

  @inline(__always)
  mutating func add(_ verdict: UInt32) {
    if verdict == wanted { isPermitted = true } else { isContested = true }
  }

  @inline(__always)
  var check: UInt8 {
    isPermitted
      ? (isContested ? PolicyCheck.contested : PolicyCheck.decided) : PolicyCheck.notPermitted
  }
}
