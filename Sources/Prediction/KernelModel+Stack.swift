public import SeccompModel

extension KernelModel {
  /// The verdict of a stack: every filter is asked, newest first, and one replaces what stands only if its
  /// action ranks strictly lower, so that the newest wins a tie (kernel/seccomp.c, `seccomp_run_filters`). What
  /// stands at first is ALLOW without data, which nothing weaker can replace.
  @inline(__always)
  func combine(
    _ verdicts: UnsafeBufferPointer<Verdict>, _ shield: Shield
  ) -> (verdict: Verdict, decider: Prediction.Decider) {
    var best = Self.allow
    var decider = Prediction.Decider.nobody
    var index = verdicts.count - 1
    while index >= 0 {
      if outranks(verdicts[index], best) {
        best = verdicts[index]
        decider = .filter(index)
      }
      index -= 1
    }
    if let shield = shield.verdict, outranks(shield, best) {
      best = shield
      decider = .shield
    }
    return (best, decider)
  }

  @inline(__always)
  private func outranks(_ verdict: Verdict, _ other: Verdict) -> Bool {
    guard features[.fullActions] else {
      // SECCOMP_RET_ACTION before 4.14: bit 31 is not looked at.
      return verdict.rawValue & 0x7fff_0000 < other.rawValue & 0x7fff_0000
    }
    return verdict.outranks(other)
  }

  /// The action that this kernel sees in a verdict.
  @inline(__always)
  func kind(of verdict: Verdict) -> ActionKind {
    switch features[.fullActions] ? verdict.actionBits : verdict.rawValue & 0x7fff_0000 {
    case 0x0000_0000: .killThread
    case 0x0003_0000: .trap
    case 0x0005_0000: .errno
    case 0x7ff0_0000: .trace
    case 0x7fff_0000: .allow
    case 0x7fc0_0000: features[.userNotification] ? .notify : .unknown
    case 0x8000_0000: .killProcess
    case 0x7ffc_0000: features[.fullActions] ? .log : .unknown
    default: .unknown
    }
  }

  /// Whether a verdict takes the whole process down: false if only the calling thread, nil if it does not kill
  /// by itself. (TRAP without a handler kills the process.)
  public func killsProcess(_ verdict: Verdict) -> Bool? {
    switch kind(of: verdict) {
    case .killProcess: true
    case .killThread: false
    case .unknown: features[.unknownKillsProcess]
    default: nil
    }
  }
}
