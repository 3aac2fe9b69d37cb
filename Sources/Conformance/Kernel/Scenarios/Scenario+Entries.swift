import ClassicBPF
import Scripts
import SeccompModel

// What filters see of each way into the kernel (arch/x86/entry; linux/seccomp.h, `struct seccomp_data`).
extension Scenario {
  static let entries = group("entries", numbers + words + notified + int80 + restarts)

  // MARK: Numbers

  /// A number register, what filters take it for, and what the call is without a denial: nil is an id.
  private static let registers: [(name: String, rax: UInt64, number: UInt32, needs: [KernelFact])] = [
    ("plain", 39, 39, []),
    ("upper-one", 0x1_0000_0027, 39, [.lowNumberDispatch]),
    ("upper-all", 0xffff_ffff_0000_0027, 39, [.lowNumberDispatch]),
    ("upper-sign", 0x8000_0000_0000_0027, 39, [.lowNumberDispatch]),
    ("minus-one", .max, .max, []),
    ("low-minus-one", 0xffff_ffff, .max, []),
    ("minus-two", 0xffff_ffff_ffff_fffe, 0xffff_fffe, []),
    ("minimum", 0x8000_0000, 0x8000_0000, []),
    ("maximum", 0x7fff_ffff, 0x7fff_ffff, []),
    ("minus-512", 0xffff_ffff_ffff_fe00, 0xffff_fe00, []),
    ("511", 511, 511, []),
    ("512", 512, 512, [.separateX32Table]),
    ("547", 547, 547, [.separateX32Table]),
    ("548", 548, 548, []),
    ("600", 600, 600, []),
    ("65536", 65536, 65536, []),
    ("x32-getpid", 0x4000_0027, 0x4000_0027, [.noX32]),
    ("x32-minus-one", 0x7fff_fffe, 0x7fff_fffe, []),
    ("x32-rt-sigaction", 0x4000_0200, 0x4000_0200, [.noX32]),
  ]

  private static let numbers = registers.map { name, rax, number, needs in
    Scenario(
      "number-\(name)",
      "rax 0x\(String(rax, radix: 16)) is the number 0x\(String(number, radix: 16)) to a filter, denied or not",
      needs: needs
    ) { play in
      play.setNoNewPrivileges()
      let allowed: StepExpectation = number == Number.getpid ? .positive : .fails(.noSuchCall)
      play.install(.on(Number.unused, .errno(1)))
      play.call(.syscall(rax), allowed)
      // Only the whole 32 bits are this number.
      play.install(.on(number ^ 0x100, .errno(2)))
      play.call(.syscall(rax), allowed)
      play.install(.on(number, .errno(777)))
      play.call(.syscall(rax), .returns(-777))
      play.install(.on(number, .killProcess))
      play.call(.syscall(rax), .dies(by: Signal.badCall))
    }
  }

  // MARK: Each word

  private static let words =
    (0..<6).flatMap { index in
      [false, true].flatMap { [argument(index, high: $0, .syscall), argument(index, high: $0, .int80)] }
    }

  /// A filter denies by one half of one argument. By int $0x80, too, it sees all 64 bits of the register, although the call
  /// itself has 32.
  private static func argument(_ index: Int, high: Bool, _ entry: EntryPath) -> Scenario {
    let isNative = entry == .syscall
    let number = isNative ? Number.getppid : Number.getppid32
    let value: UInt64 = 0xdead_beef_0000_0000 | UInt64(0xc0de_0000 + index)
    let half = UInt32(truncatingIfNeeded: high ? value >> 32 : value)
    return Scenario(
      "argument-\(index)-\(high ? "high" : "low")-\(isNative ? "syscall" : "int80")",
      "a filter sees the \(high ? "upper" : "lower") half of argument \(index) by \(isNative ? "syscall" : "int $0x80")",
      needs: isNative ? [] : [.compatCalls]
    ) { play in
      play.setNoNewPrivileges()
      play.install(
        .on(number, where: high ? .high(argument: index) : .low(argument: index), is: half, .errno(700)))
      var arguments: [ScriptArgument] = (0..<6).map { .value(UInt64($0 + 1)) }
      play.call(ScriptCall(entry, rax: UInt64(number), arguments), .positive)
      arguments[index] = .value(value)
      play.call(ScriptCall(entry, rax: UInt64(number), arguments), .returns(-700))
      // The other half alone does not match.
      arguments[index] = .value(high ? value & 0xffff_ffff : value & ~0xffff_ffff)
      play.call(ScriptCall(entry, rax: UInt64(number), arguments), .positive)
    }
  }

  // MARK: The whole of seccomp_data

  private static let full: [UInt64] = (1...6).map {
    0x1111_1111_0000_0000 * UInt64($0) + 0xa000_0000 + UInt64($0)
  }

  /// The listener is told the same `seccomp_data` that filters see.
  private static func seen(
    _ name: String, _ claim: String, needs: [KernelFact] = [], _ call: ScriptCall, number: UInt32,
    architecture: UInt32
  ) -> Scenario {
    Scenario(name, claim, needs: [.userNotification] + needs) { play in
      play.setNoNewPrivileges()
      play.spawnThread(1)
      let tid = play.call(.named("gettid"), .positive, by: 1)
      let listener = play.listen(.on(number, .notify), by: 1)
      var call = call
      call.arguments = full.map { .value($0) }
      play.begin(call, by: 1)
      let data = UInt64(number) | UInt64(architecture) << 32
      let notification = play.space(80)
      play.call(
        Notify.receive(listener, at: notification).reading(at: notification, 2),
        StepExpectation.returns(0).reading(.notZero, .asStep(tid)))
      play.call(
        .getpid.reading(at: notification + 16, 8),
        StepExpectation.positive.reading(
          .exactly(data), .notZero, .exactly(full[0]), .exactly(full[1]), .exactly(full[2]),
          .exactly(full[3]),
          .exactly(full[4]), .exactly(full[5])))
    }
  }

  private static let notified: [Scenario] = [
    seen(
      "data-syscall", "by syscall the arguments are rdi, rsi, rdx, r10, r8 and r9, all 64 bits of each",
      .getppid,
      number: Number.getppid, architecture: AuditToken.x86_64),
    seen(
      "data-syscall-upper-bits", "upper bits of rax do not show in the number", .syscall(0x5_0000_006e),
      number: Number.getppid, architecture: AuditToken.x86_64),
    seen(
      "data-syscall-minus-one", "the number -1 is shown like any other", .syscall(.max), number: .max,
      architecture: AuditToken.x86_64),
    seen(
      "data-syscall-x32", "an x32 number is shown with the 64-bit architecture and bit 30",
      .syscall(0x4000_006e),
      number: 0x4000_006e, architecture: AuditToken.x86_64),
    seen(
      "data-int80", "by int $0x80 the arguments are rbx, rcx, rdx, rsi, rdi and rbp, all 64 bits of each",
      needs: [.compatCalls], .int80("getppid"), number: Number.getppid32, architecture: AuditToken.i386),
    seen(
      "data-int80-upper-bits", "by int $0x80 the number is the low half of rax", needs: [.compatCalls],
      ScriptCall(.int80, rax: 0x5_0000_0040), number: Number.getppid32, architecture: AuditToken.i386),
    seen(
      "data-int80-minus-one", "by int $0x80 the number -1 is shown like any other", needs: [.compatCalls],
      ScriptCall(.int80, rax: .max), number: .max, architecture: AuditToken.i386),
    seen(
      "data-int80-bit-30", "by int $0x80 bit 30 of the number means nothing and is shown",
      needs: [.compatCalls],
      ScriptCall(.int80, rax: 0x4000_0014), number: 0x4000_0014, architecture: AuditToken.i386),
  ]

  // MARK: int $0x80

  private static let int80: [Scenario] = [
    Scenario(
      "int80-architecture", "int $0x80 from 64-bit code has the 32-bit architecture", needs: [.compatCalls]
    ) {
      $0.setNoNewPrivileges()
      $0.install(.on(Number.getpid32, AuditToken.i386, .errno(5)))
      $0.call(.int80("getpid"), .returns(-5))
      // 20 is writev to the native entry.
      $0.call(.syscall(20, .value(.max)), .fails(.badDescriptor))
    },
    Scenario(
      "int80-not-native", "a filter for the 64-bit architecture leaves int $0x80 alone", needs: [.compatCalls]
    ) {
      $0.setNoNewPrivileges()
      $0.install(.on(Number.getpid, AuditToken.x86_64, .errno(5)))
      $0.call(.getpid, .returns(-5))
      $0.call(.int80("getpid"), .positive)
    },
    Scenario(
      "int80-kernel-truncates", "by int $0x80 the call takes the low halves of what the filter sees whole",
      needs: [.compatCalls]
    ) {
      $0.setNoNewPrivileges()
      // close(1000) with upper bits: EBADF, so the kernel took 1000.
      let call = ScriptCall.int80("close", [.value(0x5_0000_03e8)])
      $0.call(call, .fails(.badDescriptor))
      $0.install(.on(6, where: .high(argument: 0), is: 5, .errno(77)))
      $0.call(call, .returns(-77))
    },
    Scenario(
      "int80-mode-truncated",
      "by int $0x80 prctl takes the low half of the mode, which natively must be whole",
      needs: [.compatCalls]
    ) {
      $0.setNoNewPrivileges()
      let program = $0.filter(.on(Number.getppid, .errno(5)))
      $0.call(.named("prctl", [22, .value(0x1_0000_0002), .program(program), 0, 0]), .fails(.invalid))
      $0.call(.int80("prctl", [22, .value(0x1_0000_0002), .program32(program), 0, 0]))
      $0.call(.getppid, .returns(-5))
    },
    Scenario("int80-errno-sign", "by int $0x80 an ERRNO fills all 64 bits of rax", needs: [.compatCalls]) {
      $0.setNoNewPrivileges()
      $0.install(.on(Number.getpid32, .errno(4095)))
      $0.call(.int80("getpid"), .returns(-4095))
    },
    Scenario(
      "int80-unused", "by int $0x80 a number of no call is ENOSYS, or what the filter says",
      needs: [.compatCalls]
    ) {
      $0.setNoNewPrivileges()
      for rax in [5000, 0x4000_0014, 0xffff_ffff, UInt64.max] {
        $0.call(ScriptCall(.int80, rax: rax), .fails(.noSuchCall))
      }
      $0.spin()
      $0.install(.always(.errno(9)))
      for rax in [5000, 0x4000_0014, 0xffff_ffff, UInt64.max, 0x1_0000_0014] {
        $0.call(ScriptCall(.int80, rax: rax), .returns(-9))
      }
    },
    Scenario(
      "int80-kill", "by int $0x80 KILL_PROCESS ends the process by SIGSYS",
      needs: [.compatCalls, .fullActions]
    ) {
      $0.setNoNewPrivileges()
      $0.install(.on(Number.getpid32, AuditToken.i386, .killProcess))
      $0.call(.getpid, .positive)
      $0.call(.int80("getpid"), .dies(by: Signal.badCall))
    },
    Scenario(
      "int80-cache-apart",
      "what is always allowed natively is not allowed by int $0x80 under the same number",
      needs: [.compatCalls]
    ) {
      $0.setNoNewPrivileges()
      $0.install(.on(Number.getppid, AuditToken.i386, .errno(5)))
      $0.call(.getppid, .positive)
      $0.call(ScriptCall(.int80, rax: UInt64(Number.getppid)), .returns(-5))
      $0.call(.getppid, .positive)
    },
  ]

  // MARK: restart_syscall

  private static let restarts = [
    Scenario(
      "restart-syscall-is-filtered",
      "restart_syscall, by which the kernel goes on with an interrupted call, is filtered",
      covers: ["global.syscall_restart"]
    ) {
      $0.setNoNewPrivileges()
      $0.spawnProcess(1)
      // restart_syscall
      $0.install(.on(219, .errno(77)), by: 1)
      let time = $0.memory(words: 10, 0)
      $0.begin(.named("nanosleep", [.scratch(time), 0]), by: 1)
      // SIGSTOP and SIGCONT interrupt the call without a handler.
      $0.call(.named("kill", [.thread(1), 19]))
      $0.call(.named("kill", [.thread(1), 18]))
      $0.finish(1, .returns(-77))
    }
  ]
}
