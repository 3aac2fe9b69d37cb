import CProbeProtocol
import Glibc
import Scripts
import SeccompModel

/// Reading what became of a script's steps.
extension StageMemory {
  func outcome(_ index: Int, of step: Step) -> StepOutcome {
    let found = results[index]
    var outcome = StepOutcome(
      Self.result(found), successes: Int(found.successes), signals: Int(found.signals))
    if let count = step.wordsRead {
      outcome.words = withUnsafeBytes(of: found.words) { Array($0.bindMemory(to: UInt64.self).prefix(count)) }
    }
    return outcome
  }

  private static func result(_ found: stage_result) -> StepResult {
    switch Int(found.state) {
    case STAGE_STATE_RETURNED:
      found.trapped > 0 ? .trappedAndReturned(trap(found), found.value) : .returned(found.value)
    case STAGE_STATE_TRAPPED: .trapped(trap(found))
    case STAGE_STATE_BLOCKED: .blocked
    case STAGE_STATE_STOPPED: .stopped
    case STAGE_STATE_ENDED: .ended(ending(found))
    case STAGE_STATE_STATUS:
      .status(
        StepResult.ThreadStatus(
          mode: Int(found.seccomp_mode), filters: Int(found.seccomp_filters),
          noNewPrivileges: found.no_new_privs != 0))
    case STAGE_STATE_HUNG: .hung
    default: .notTaken
    }
  }

  private static func trap(_ found: stage_result) -> TrapDetails {
    TrapDetails(
      errno: found.si_errno, code: found.si_code, number: found.si_syscall, architecture: found.si_arch,
      callAddress: found.si_call_addr, rax: found.trap_rax)
  }

  private static func ending(_ found: stage_result) -> StepResult.Ending {
    switch Int(found.value) {
    case STAGE_ENDING_THREAD: return .thread
    case STAGE_ENDING_UNKNOWN: return .unknown
    default:
      // waitpid(2): the low seven bits are the signal, the next one tells of a core.
      let status = found.wait_status
      if status & 0x7f == 0 { return .exited(status >> 8 & 0xff) }
      return .signalled(status & 0x7f, core: status & 0x80 != 0)
    }
  }
}

extension Step {
  /// How many words of the scratch memory are read after the call.
  fileprivate var wordsRead: Int? {
    switch action {
    case .call(let call), .begin(let call): call.reads?.count
    default: nil
    }
  }
}
