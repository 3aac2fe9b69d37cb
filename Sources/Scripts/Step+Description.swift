import SeccompModel

extension Step: CustomStringConvertible {
  /// `actor 0: getpid(0x1) by syscall`
  package var description: String { "actor \(actor): \(action)" }
}

extension StepAction: CustomStringConvertible {
  package var description: String {
    switch self {
    case .call(let call): "\(call)"
    case .begin(let call): "\(call), which blocks"
    case .finish: "the call comes back"
    case .spawn(let actor, .thread): "makes the thread \(actor)"
    case .spawn(let actor, .process(0)): "makes the process \(actor)"
    case .spawn(let actor, .process(let flags)):
      "makes the process \(actor), clone flags \(Hex(UInt64(flags)))"
    case .execute(let build): "becomes a program for \(build)"
    case .handle(let signal, let disposition): "signal \(signal): \(disposition)"
    case .mask(let signal, let isBlocked): "\(isBlocked ? "blocks" : "unblocks") signal \(signal)"
    case .status: "/proc says"
    case .end: "the process ends"
    case .spin: "waits without system calls from here on"
    case .readTimestampCounter: "rdtsc"
    }
  }
}

extension SignalDisposition: CustomStringConvertible {
  package var description: String {
    switch self {
    case .standard: "default"
    case .ignore: "ignored"
    case .record(let flags): "a handler that returns\(flags)"
    case .escape(let flags): "a handler that leaves by a jump\(flags)"
    }
  }
}

extension SignalDisposition.HandlerFlags: CustomStringConvertible {
  package var description: String {
    (contains(.restart) ? ", SA_RESTART" : "") + (contains(.noDefer) ? ", SA_NODEFER" : "")
  }
}

extension ScriptCall: CustomStringConvertible {
  package var description: String {
    let table: SyscallTable
    switch entry {
    case .syscall, .vsyscall: table = .x86_64
    case .int80, .sysenter: table = .i386
    }
    let number = UInt32(truncatingIfNeeded: rax)
    let given = arguments.map(\.description).joined(separator: ", ")
    let name = table.name(of: number) ?? "call \(Int32(bitPattern: number))"
    let high = rax >> 32 == 0 ? "" : ", rax \(Hex(rax))"
    let times = repetitions > 1 ? ", up to \(repetitions) times" : ""
    return "\(name)(\(given)) by \(entry.words)\(high)\(times)"
  }
}

extension EntryPath {
  fileprivate var words: String {
    switch self {
    case .syscall: "syscall"
    case .int80: "int $0x80"
    case .sysenter: "sysenter"
    case .vsyscall: "a vsyscall"
    }
  }
}

extension ScriptArgument: CustomStringConvertible {
  package var description: String {
    switch self {
    case .value(let value): value < 10 ? "\(value)" : "\(Hex(value))"
    case .scratch(let offset): "scratch+\(offset)"
    case .program(let filter): "filter \(filter)"
    case .program32(let filter): "filter \(filter) for 32-bit callers"
    case .thread(let actor): "the id of actor \(actor)"
    case .result(let step): "the result of step \(step)"
    case .word(let offset): "the word at scratch+\(offset)"
    }
  }
}

extension StepResult: CustomStringConvertible {
  package var description: String {
    switch self {
    case .returned(let value): Self.returned(value)
    case .trapped(let details): "\(details.words), and the handler left"
    case .trappedAndReturned(let details, let value): "\(details.words), then \(Self.returned(value))"
    case .blocked: "waits in the kernel"
    case .stopped: "is stopped for its tracer"
    case .ended(.exited(let status)): "ended with exit status \(status)"
    case .ended(.signalled(let signal, let core)):
      "ended by signal \(signal)\(core ? " with a core" : "")"
    case .ended(.thread): "the thread ended, its process goes on"
    case .ended(.unknown): "ended; how, its tracer knows"
    case .status(let status):
      "Seccomp \(status.mode), \(status.filters) filters, NoNewPrivs \(status.noNewPrivileges ? 1 : 0)"
    case .hung: "did not come to an end in time"
    case .notTaken: "was not taken"
    }
  }

  private static func returned(_ value: Int64) -> String {
    guard (-4095...(-1)).contains(value), let name = errnoName(Int(-value)) else {
      return "returned \(value)"
    }
    return "failed with \(name) (\(-value))"
  }
}

extension TrapDetails {
  fileprivate var words: String {
    let place = callAddress == 0 ? "the caller" : "\(Hex(callAddress))"
    return
      "SIGSYS: si_code \(code), si_errno \(Hex(UInt64(UInt32(bitPattern: errno)))), si_syscall \(number), "
      + "si_arch \(Hex(UInt64(architecture))), si_call_addr \(place), rax \(Hex(rax))"
  }
}

/// A number as C writes it.
private struct Hex: CustomStringConvertible {
  let value: UInt64
  init(_ value: UInt64) { self.value = value }
  var description: String { "0x" + String(value, radix: 16) }
}
