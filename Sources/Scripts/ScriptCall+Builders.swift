import SeccompModel

// Numbers of asm/unistd_64.h, words of linux/prctl.h, linux/seccomp.h and linux/ptrace.h.
extension ScriptCall {
  package static func syscall(_ number: UInt64, _ arguments: ScriptArgument...) -> ScriptCall {
    ScriptCall(.syscall, rax: number, arguments)
  }

  /// The x86_64 call of this name, by `syscall`; an unknown name is a programming error.
  package static func named(_ name: String, _ arguments: [ScriptArgument] = []) -> ScriptCall {
    guard let number = SyscallTable.x86_64.number(named: name) else {
      preconditionFailure("there is no x86_64 call \(name)")
    }
    return ScriptCall(.syscall, rax: UInt64(number), arguments)
  }

  /// The i386 call of this name, by `int $0x80`.
  package static func int80(_ name: String, _ arguments: [ScriptArgument] = []) -> ScriptCall {
    guard let number = SyscallTable.i386.number(named: name) else {
      preconditionFailure("there is no i386 call \(name)")
    }
    return ScriptCall(.int80, rax: UInt64(number), arguments)
  }

  /// `prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)`
  package static let setNoNewPrivileges = named("prctl", [38, 1, 0, 0, 0])

  /// `seccomp(SECCOMP_SET_MODE_FILTER, flags, program)`
  package static func install(_ filter: Int, flags: UInt64 = 0) -> ScriptCall {
    named("seccomp", [1, .value(flags), .program(filter)])
  }

  /// `prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program)`
  package static func installByPrctl(_ filter: Int) -> ScriptCall {
    named("prctl", [22, 2, .program(filter), 0, 0])
  }

  /// `seccomp(SECCOMP_SET_MODE_STRICT, 0, NULL)`
  package static let enterStrictMode = named("seccomp", [0, 0, 0])

  package static let getpid = named("getpid")
  package static let getppid = named("getppid")

  package static func exit(_ status: UInt64) -> ScriptCall { named("exit", [.value(status)]) }
  package static func exitGroup(_ status: UInt64) -> ScriptCall { named("exit_group", [.value(status)]) }

  /// The same call, with these words of the scratch memory read after it.
  package func reading(at offset: Int, _ count: Int = 1) -> ScriptCall {
    var call = self
    call.reads = MemoryWords(at: offset, count: count)
    return call
  }

  /// The same call, made until it fails or was made so often.
  package func repeated(_ repetitions: Int) -> ScriptCall {
    var call = self
    call.repetitions = repetitions
    return call
  }
}
