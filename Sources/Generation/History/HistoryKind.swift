package import Scripts
import SeccompModel

/// What a step of a history is about: what coverage counts.
package enum HistoryKind: Int, Hashable, Sendable, CaseIterable, Codable {
  case noNewPrivileges, install, installTSYNC, installListener, strict, ask
  case call, int80, sysenter, vsyscall
  case spawnProcess, spawnThread, execute
  case handle, mask, signal
  case begin, listen, finish
  case trace, resume
  case privileges
  case exit, status, end, spin, timestamp

  package var name: String {
    switch self {
    case .noNewPrivileges: "no_new_privs"
    case .install: "install"
    case .installTSYNC: "install with TSYNC"
    case .installListener: "install with a listener"
    case .strict: "strict mode"
    case .ask: "ask seccomp"
    case .call: "call"
    case .int80: "int $0x80"
    case .sysenter: "sysenter"
    case .vsyscall: "vsyscall"
    case .spawnProcess: "new process"
    case .spawnThread: "new thread"
    case .execute: "execve"
    case .handle: "disposition"
    case .mask: "signal mask"
    case .signal: "signal"
    case .begin: "call that waits"
    case .listen: "listener"
    case .finish: "call comes back"
    case .trace: "tracer"
    case .resume: "tracee goes on"
    case .privileges: "privilege"
    case .exit: "exit"
    case .status: "status"
    case .end: "end"
    case .spin: "spin"
    case .timestamp: "rdtsc"
    }
  }

  /// What this step is about.
  package init(of step: Step) {
    switch step.action {
    case .call(let call): self = Self.ofCall(call)
    case .begin: self = .begin
    case .finish: self = .finish
    case .spawn(_, .thread): self = .spawnThread
    case .spawn: self = .spawnProcess
    case .execute: self = .execute
    case .handle: self = .handle
    case .mask: self = .mask
    case .status: self = .status
    case .end: self = .end
    case .spin: self = .spin
    case .readTimestampCounter: self = .timestamp
    }
  }

  private static func ofCall(_ call: ScriptCall) -> HistoryKind {
    let number = UInt32(truncatingIfNeeded: call.rax)
    switch call.entry {
    case .vsyscall: return .vsyscall
    case .syscall: return ofNumber(native[number], call) ?? .call
    case .int80: return ofNumber(compat[number], call) ?? .int80
    case .sysenter: return ofNumber(compat[number], call) ?? .sysenter
    }
  }

  private enum Subject { case seccomp, prctl, ptrace, listener, signal, privileges, exit }

  /// asm/unistd_64.h: seccomp, prctl, ptrace, ioctl, process_vm_readv, kill, tgkill, setresuid, unshare, exit, exit_group.
  private static let native: [UInt32: Subject] = [
    317: .seccomp, 157: .prctl, 101: .ptrace, 16: .listener, 310: .listener, 62: .signal, 234: .signal,
    117: .privileges, 272: .privileges, 60: .exit, 231: .exit,
  ]

  /// The same of asm/unistd_32.h.
  private static let compat: [UInt32: Subject] = [
    354: .seccomp, 172: .prctl, 26: .ptrace, 54: .listener, 37: .signal, 270: .signal, 208: .privileges,
    310: .privileges, 1: .exit, 252: .exit,
  ]

  private static func ofNumber(_ subject: Subject?, _ call: ScriptCall) -> HistoryKind? {
    func argument(_ index: Int) -> UInt64? {
      guard call.arguments.indices.contains(index), case .value(let value) = call.arguments[index] else {
        return nil
      }
      return value & 0xffff_ffff
    }
    switch subject {
    case .seccomp:
      switch argument(0) {
      case 0: return .strict
      case 1:
        let flags = argument(1) ?? 0
        return flags & 8 != 0 ? .installListener : flags & 1 != 0 ? .installTSYNC : .install
      default: return .ask
      }
    case .prctl:
      switch argument(0) {
      case 38: return .noNewPrivileges
      case 22: return argument(1) == 1 ? .strict : argument(1) == 2 ? .install : .ask
      default: return .ask
      }
    case .ptrace: return argument(0) == 7 ? .resume : .trace
    case .listener: return .listen
    case .signal: return .signal
    case .privileges: return .privileges
    case .exit: return .exit
    case nil: return nil
    }
  }
}
