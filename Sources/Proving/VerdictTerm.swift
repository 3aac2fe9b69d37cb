import CZ3
import ClassicBPF
import SeccompModel

// Verdicts as terms; kernel/seccomp.c, `__seccomp_filter`, tells which bits count.
extension Z3Context {
  /// The verdict without data that its action does not read.
  func meaning(of verdict: Word) -> Word {
    let action = and(verdict, number(Self.actionBits))
    let readsData = any(
      [Action.trap(0), .errno(0), .trace(0)].map { equal(action, number($0.verdict.rawValue)) })
    return choose(readsData, verdict, action)
  }

  /// Of a chain's verdicts, oldest first, the one that the kernel takes (`seccomp_run_filters`).
  func strictest(of verdicts: [Word]) -> Word {
    // Signed comparison of the action bits.
    func rank(_ verdict: Word) -> Word {
      xor(and(verdict, number(Self.actionBits)), number(0x8000_0000))
    }
    let allow = number(Action.allow.verdict.rawValue)
    // Nothing ranks below ALLOW.
    if verdicts.count == 1 { return verdicts[0] }
    return verdicts.reversed().reduce(allow) { best, verdict in
      choose(less(rank(verdict), rank(best)), verdict, best)
    }
  }

  /// What counts of the verdict under a reading.
  func meaning(of verdict: Word, _ reading: FilterEquivalence.Reading) -> Word {
    guard reading != .exact else { return verdict }
    let action = and(verdict, number(Self.actionBits))
    let isErrno = equal(action, number(Action.errno(0).verdict.rawValue))
    let largest = number(Action.errno(Self.largestErrno).verdict.rawValue)
    let capped = choose(and(isErrno, less(largest, verdict)), largest, meaning(of: verdict))
    let known: [Action] = [.killThread, .trap(0), .errno(0), .notify, .trace(0), .log, .allow, .killProcess]
    let isKnown = any(known.map { equal(action, number($0.verdict.rawValue)) })
    let whole = choose(isKnown, capped, number(Action.killProcess.verdict.rawValue))
    guard reading == .effectOnOneThread else { return whole }
    return choose(
      equal(whole, number(Action.killThread.verdict.rawValue)),
      number(Action.killProcess.verdict.rawValue), whole)
  }

  /// `SECCOMP_RET_ACTION_FULL` of linux/seccomp.h.
  private static let actionBits: UInt32 = 0xffff_0000
  /// `MAX_ERRNO` of linux/err.h.
  private static let largestErrno: UInt16 = 4095
}

extension Z3Context {
  func same(_ left: Formula, _ right: Formula) -> Formula {
    if left == right { return yes }
    if left == yes || right == yes { return left == yes ? right : left }
    if left == no || right == no { return not(left == no ? right : left) }
    return Formula(ast: Z3_mk_iff(raw, left.ast, right.ast))
  }

  func isWithin(_ word: Word, _ range: ClosedRange<UInt32>) -> Formula {
    if range.count == 1 { return equal(word, number(range.lowerBound)) }
    return and(
      range.lowerBound == 0 ? yes : lessOrEqual(number(range.lowerBound), word),
      range.upperBound == .max ? yes : lessOrEqual(word, number(range.upperBound)))
  }
}
