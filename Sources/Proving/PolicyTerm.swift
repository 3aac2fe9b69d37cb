import Prediction
import Profiles
import SeccompModel

/// A policy as a formula: which verdicts it permits for an input.
///
/// It says what `PolicyOracle.answer(to:)` says of one input, over all of them, and is made from the same tables: a verdict
/// is permitted when it is among the possible answers, contested ones included.
struct PolicyTerm {
  private let context: Z3Context
  private let data: DataTerms
  private let form: PolicyForm

  init(_ form: PolicyForm, over data: DataTerms, in context: Z3Context) {
    self.context = context
    self.data = data
    self.form = form
  }

  /// A formula with two sides, for what the texts leave open.
  private struct Truth {
    /// It holds.
    var certain: Formula
    /// It may hold.
    var possible: Formula
  }

  /// Whether the policy permits a verdict with this meaning.
  func permits(_ meaning: Word) -> Formula {
    let isNative = context.equal(data.architecture, context.number(AuditToken.x86_64))
    let isCompat = context.equal(data.architecture, context.number(AuditToken.i386))
    var answer = gives(meaning, form.badArchitectureVerdict)
    for token in form.foreignTokens {
      answer = context.choose(
        context.equal(data.architecture, context.number(token)), foreign(meaning, token), answer)
    }
    answer = context.choose(isCompat, space(form.i386, data.number, meaning), answer)
    answer = context.choose(isNative, native(meaning), answer)
    guard let prologue = form.prologue else { return answer }
    let native = context.less(
      context.choose(isX32, context.number(prologue.x32), context.number(prologue.x86_64)), data.number)
    let compat = context.less(context.number(prologue.i386), data.number)
    let isAnswered = context.or(context.and(isNative, native), context.and(isCompat, compat))
    return context.choose(isAnswered, gives(meaning, prologue.verdict), answer)
  }

  private func gives(_ meaning: Word, _ verdict: UInt32) -> Formula {
    context.equal(meaning, context.number(verdict))
  }

  private var isX32: Formula { hasBit(x32SyscallBit) }

  private func hasBit(_ bit: UInt32) -> Formula {
    context.not(context.equal(context.and(data.number, context.number(bit)), context.number(0)))
  }

  private func foreign(_ meaning: Word, _ token: UInt32) -> Formula {
    var verdicts = Set(form.foreignVerdicts + [form.defaultVerdict])
    if let prologue = form.prologue, prologue.foreignTokens.contains(token) {
      verdicts.insert(prologue.verdict)
    }
    return context.any(verdicts.sorted().map { gives(meaning, $0) })
  }

  private func native(_ meaning: Word) -> Formula {
    let beyond: Formula
    switch (form.x86_64.isListed, form.x32.isListed) {
    case (true, true): beyond = gives(meaning, form.defaultVerdict)
    case (false, false): beyond = gives(meaning, form.badArchitectureVerdict)
    default:
      beyond = context.or(gives(meaning, form.defaultVerdict), gives(meaning, form.badArchitectureVerdict))
    }
    let x32Number = context.xor(data.number, context.number(x32SyscallBit))
    return context.choose(
      hasBit(1 << 31), beyond,
      context.choose(
        isX32, space(form.x32, x32Number, meaning), space(form.x86_64, data.number, meaning)))
  }

  private func space(_ space: PolicyForm.Space, _ number: Word, _ meaning: Word) -> Formula {
    guard space.isListed else { return gives(meaning, form.badArchitectureVerdict) }
    if let known = number.value {
      guard let rules = space.rules(at: UInt32(known)) else { return gives(meaning, form.defaultVerdict) }
      return slot(rules, space.width, meaning)
    }
    var simple: [UInt32: [UInt32]] = [:]
    var answer = gives(meaning, form.defaultVerdict)
    for (of, rules) in space.numbers {
      if let verdict = Self.constant(rules) {
        simple[verdict, default: []].append(of)
      } else {
        answer = context.choose(
          context.equal(number, context.number(of)), slot(rules, space.width, meaning), answer)
      }
    }
    for (verdict, numbers) in simple.sorted(by: { $0.key < $1.key }) {
      answer = context.choose(isAmong(numbers, number), gives(meaning, verdict), answer)
    }
    return answer
  }

  /// The one verdict of rules that all give the same, one of them always; nil for others.
  private static func constant(_ rules: [PolicyForm.RuleForm]) -> UInt32? {
    guard let first = rules.first, rules.allSatisfy({ $0.verdict == first.verdict }),
      rules.contains(where: { $0.conditions.isEmpty && $0.gate == nil })
    else { return nil }
    return first.verdict
  }

  /// Membership in ascending numbers, by their runs.
  private func isAmong(_ numbers: [UInt32], _ number: Word) -> Formula {
    var runs: [ClosedRange<UInt32>] = []
    for number in numbers {
      if let last = runs.last, last.upperBound &+ 1 == number {
        runs[runs.count - 1] = last.lowerBound...number
      } else {
        runs.append(number...number)
      }
    }
    return context.any(
      runs.map { run in
        run.count == 1
          ? context.equal(number, context.number(run.lowerBound))
          : context.and(
            context.lessOrEqual(context.number(run.lowerBound), number),
            context.lessOrEqual(number, context.number(run.upperBound)))
      })
  }

  private func slot(_ rules: [PolicyForm.RuleForm], _ width: PolicyForm.Width, _ meaning: Word) -> Formula {
    let truths = rules.map { truth(of: $0, width) }
    var answers = zip(rules, truths).map { context.and($1.possible, gives(meaning, $0.verdict)) }
    answers.append(
      context.and(context.not(context.any(truths.map(\.certain))), gives(meaning, form.defaultVerdict)))
    return context.any(answers)
  }

  // MARK: Rules

  private func truth(of rule: PolicyForm.RuleForm, _ width: PolicyForm.Width) -> Truth {
    var parts = rule.conditions.map { truth(of: $0, width) }
    if let gate = rule.gate { parts.append(truth(of: gate)) }
    return Truth(certain: context.all(parts.map(\.certain)), possible: context.all(parts.map(\.possible)))
  }

  private func truth(of gate: (operation: UInt32, mask: UInt32, conditionsHold: Bool?)) -> Truth {
    let asks = context.equal(
      context.and(data.low(0), context.number(gate.mask)), context.number(gate.operation))
    let exactly = gate.mask == 0 ? context.yes : context.equal(data.low(0), context.number(gate.operation))
    return Truth(
      certain: context.and(asks, exactly, context.constant(gate.conditionsHold == true)),
      possible: context.and(asks, context.constant(gate.conditionsHold != false)))
  }

  private func truth(of condition: PolicyForm.ConditionForm, _ width: PolicyForm.Width) -> Truth {
    guard (0..<Arguments.count).contains(condition.argument) else {
      return Truth(certain: context.no, possible: context.no)
    }
    let low = data.low(condition.argument)
    let whole = context.join(data.high(condition.argument), low)
    let compared = compare(condition, whole, cut: false)
    guard width != .full else { return Truth(certain: compared, possible: compared) }
    // As a number that has no more bits, and with the constants cut to as many.
    let narrow = context.join(context.number(0), low)
    var readings = [compare(condition, narrow, cut: false), compare(condition, narrow, cut: true)]
    if width == .either { readings.append(compare(condition, whole, cut: false)) }
    return Truth(certain: context.all(readings), possible: context.any(readings))
  }

  private func compare(_ condition: PolicyForm.ConditionForm, _ argument: Word, cut: Bool) -> Formula {
    let limit: UInt64 = cut ? 0xffff_ffff : .max
    let mask = condition.mask & limit
    let datum = context.number(condition.datum & limit, width: 64)
    switch condition.comparison {
    case .notEqual: return context.not(context.equal(argument, datum))
    case .lessThan: return context.less(argument, datum)
    case .lessOrEqual: return context.lessOrEqual(argument, datum)
    case .equal: return context.equal(argument, datum)
    case .greaterOrEqual: return context.lessOrEqual(datum, argument)
    case .greaterThan: return context.less(datum, argument)
    case .maskedEqual:
      return context.equal(
        context.and(argument, context.number(mask, width: 64)),
        context.number(condition.datum & limit & mask, width: 64))
    }
  }
}

extension PolicyForm {
  /// The meanings of all verdicts that the policy can ask for, the strictest first.
  var verdicts: [UInt32] {
    let spaces = [x86_64, x32, i386]
    var all = Set(spaces.flatMap(\.numbers).flatMap(\.rules).map(\.verdict) + foreignVerdicts)
    all.formUnion([defaultVerdict, badArchitectureVerdict])
    if let prologue = prologue { all.insert(prologue.verdict) }
    return all.sorted { Int32(bitPattern: $0) < Int32(bitPattern: $1) }
  }
}
