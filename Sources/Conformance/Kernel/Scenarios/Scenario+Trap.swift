import Scripts
import SeccompModel

// What SIGSYS tells (kernel/signal.c, `force_sig_seccomp`; arch/x86/kernel/signal.c), and when it is fatal.
extension Scenario {
  static let trap = group("trap", dispositions + details + restarts)

  private static let dispositions: [Scenario] = [
    Scenario(
      "trap-without-handler", "TRAP without a handler ends the process by SIGSYS", covers: ["TRAP.dfl"]
    ) {
      $0.setNoNewPrivileges()
      $0.install(.on(Number.getpid, .trap(1)))
      $0.call(.getpid, .dies(by: Signal.badCall))
    },
    Scenario("trap-ignored", "TRAP ends a process that ignores SIGSYS", covers: ["TRAP.ign"]) {
      $0.setNoNewPrivileges()
      $0.handle(.ignore)
      $0.install(.on(Number.getpid, .trap(1)))
      $0.call(.getpid, .dies(by: Signal.badCall))
    },
    Scenario("trap-blocked", "TRAP ends a process that blocks SIGSYS, although it has a handler") {
      $0.setNoNewPrivileges()
      $0.handle(.record(flags: []))
      $0.step(0, .mask(signal: Signal.badCall, isBlocked: true))
      $0.install(.on(Number.getpid, .trap(1)))
      $0.call(.getpid, .dies(by: Signal.badCall))
    },
    Scenario("trap-unblocked-again", "TRAP reaches the handler once SIGSYS is unblocked") {
      $0.setNoNewPrivileges()
      $0.handle(.record(flags: []))
      $0.step(0, .mask(signal: Signal.badCall, isBlocked: true))
      $0.step(0, .mask(signal: Signal.badCall, isBlocked: false))
      $0.install(.on(Number.getpid, .trap(1)))
      $0.call(.getpid, .traps(.init(errno: 1, number: 39), returning: 39))
    },
    Scenario(
      "trap-handled", "TRAP runs the handler, and the call comes back with its own number",
      covers: ["TRAP.handler"]
    ) {
      $0.setNoNewPrivileges()
      $0.handle(.record(flags: []))
      $0.install(.on(Number.getpid, .trap(0)))
      $0.call(.getpid, .traps(.init(errno: 0, number: 39), returning: 39))
      $0.call(.getppid, .positive)
    },
    Scenario("trap-again-and-again", "a handler that returns is run for the next TRAP too") {
      $0.setNoNewPrivileges()
      $0.handle(.record(flags: []))
      $0.install(.on(Number.getpid, .trap(7)))
      for _ in 0..<3 { $0.call(.getpid, .traps(.init(errno: 7, number: 39), returning: 39)) }
    },
    Scenario("trap-within-handler", "a TRAP while SIGSYS's handler is not done is fatal") {
      $0.setNoNewPrivileges()
      $0.handle(.escape(flags: []))
      $0.install(.on(Number.getpid, .trap(7)))
      $0.call(.getpid, .traps(.init(errno: 7, number: 39)))
      $0.call(.getpid, .dies(by: Signal.badCall))
    },
    Scenario(
      "trap-within-handler-nodefer", "with SA_NODEFER a TRAP reaches the handler while one is not done"
    ) {
      $0.setNoNewPrivileges()
      $0.handle(.escape(flags: .noDefer))
      $0.install(.on(Number.getpid, .trap(7)))
      for _ in 0..<3 { $0.call(.getpid, .traps(.init(errno: 7, number: 39))) }
    },
    Scenario("trap-reset", "TRAP is fatal again when the handler is taken away") {
      $0.setNoNewPrivileges()
      $0.handle(.record(flags: []))
      $0.install(.on(Number.getpid, .trap(7)))
      $0.call(.getpid, .traps(.init(errno: 7, number: 39), returning: 39))
      $0.handle(.standard)
      $0.call(.getpid, .dies(by: Signal.badCall))
    },
    Scenario(
      "trap-return-is-filtered", "rt_sigreturn, by which the handler returns, is filtered: killed there",
      needs: [.fullActions]
    ) {
      $0.setNoNewPrivileges()
      $0.handle(.record(flags: []))
      $0.install(.on(15, .killProcess))
      $0.install(.on(Number.getpid, .trap(7)))
      $0.call(.getpid, .dies(by: Signal.badCall))
    },
    Scenario(
      "trap-without-return", "a handler that leaves by a jump needs no rt_sigreturn", needs: [.fullActions]
    ) {
      $0.setNoNewPrivileges()
      $0.handle(.escape(flags: []))
      $0.install(.on(15, .killProcess))
      $0.install(.on(Number.getpid, .trap(7)))
      $0.call(.getpid, .traps(.init(errno: 7, number: 39)))
      $0.call(.getppid, .positive)
    },
    Scenario("trap-of-thread", "TRAP without a handler in one thread ends the whole process") {
      $0.setNoNewPrivileges()
      $0.spawnThread(1)
      $0.install(.on(Number.getpid, .trap(7)), by: 1)
      $0.call(.getpid, .dies(by: Signal.badCall), by: 1)
      $0.end(of: 0, .dies(by: Signal.badCall))
    },
  ]

  // MARK: What the handler is told

  private static func tells(
    _ name: String, _ claim: String, needs: [KernelFact] = [], filter number: UInt32, data: UInt16 = 0xbeef,
    _ call: ScriptCall, _ trap: StepExpectation.Trap, returning value: Int64
  ) -> Scenario {
    Scenario(name, claim, needs: needs) {
      $0.setNoNewPrivileges()
      $0.handle(.record(flags: []))
      $0.install(.on(number, .trap(data)))
      $0.call(call, .traps(trap, returning: value))
    }
  }

  private static let details: [Scenario] =
    [0, 1, 4095, 4096, 0x7fff, 0x8000, 0xffff].map { data in
      tells(
        "trap-data-\(data)", "si_errno has all 16 bits of TRAP's data, uncapped: \(data)",
        filter: Number.getpid,
        data: UInt16(data), .getpid, .init(errno: Int32(data), number: 39), returning: 39)
    } + [
      tells(
        "trap-upper-bits", "the handler sees rax whole, upper bits included", needs: [.lowNumberDispatch],
        filter: Number.getpid, .syscall(0x7_0000_0027), .init(errno: 0xbeef, number: 39, rax: 0x7_0000_0027),
        returning: 0x7_0000_0027),
      tells(
        "trap-number-minus-one", "the number -1 is trapped like any other", filter: .max, .syscall(.max),
        .init(errno: 0xbeef, number: -1, rax: .max), returning: -1),
      tells(
        "trap-number-low-minus-one", "rax of 2^32-1 is the number -1, and is given back as it was",
        filter: .max,
        .syscall(0xffff_ffff), .init(errno: 0xbeef, number: -1, rax: 0xffff_ffff), returning: 0xffff_ffff),
      tells(
        "trap-x32-number", "an x32 number is trapped with its bit 30", filter: 0x4000_0027,
        .syscall(0x4000_0027),
        .init(errno: 0xbeef, number: 0x4000_0027), returning: 0x4000_0027),
      tells(
        "trap-unused-number", "a number of no call is trapped", filter: Number.unused, .syscall(5000),
        .init(errno: 0xbeef, number: 5000), returning: 5000),
      tells(
        "trap-int80", "by int $0x80 si_arch is the 32-bit one, also for a 64-bit handler",
        needs: [.compatCalls],
        filter: Number.getpid32, .int80("getpid"),
        .init(errno: 0xbeef, number: 20, architecture: StepExpectation.Trap.i386), returning: 20),
      tells(
        "trap-int80-upper-bits", "by int $0x80 the upper bits of rax are gone", needs: [.compatCalls],
        filter: Number.getpid32, ScriptCall(.int80, rax: 0x7_0000_0014),
        .init(errno: 0xbeef, number: 20, architecture: StepExpectation.Trap.i386), returning: 20),
      tells(
        "trap-int80-minus-one", "by int $0x80 the number -1 is trapped, and rax is 32 bits of it",
        needs: [.compatCalls], filter: .max, ScriptCall(.int80, rax: .max),
        .init(errno: 0xbeef, number: -1, architecture: StepExpectation.Trap.i386), returning: 0xffff_ffff),
    ]

  // MARK: Numbers that look like restart codes

  /// A trapped call's number stands in rax when the signal is delivered. If it looks like an error by which a call
  /// asks to be made again (linux/errno.h), signal delivery does as it says (arch/x86/kernel/signal.c,
  /// `handle_signal`). The handler leaves by a jump: returning would trap again for ever.
  private static func restart(
    _ name: String, _ claim: String, needs: [KernelFact] = [], number: Int32,
    flags: SignalDisposition.HandlerFlags,
    _ call: ScriptCall, architecture: UInt32 = StepExpectation.Trap.x86_64, rax: UInt64
  ) -> Scenario {
    Scenario(name, claim, needs: needs) {
      $0.setNoNewPrivileges()
      $0.handle(.escape(flags: flags))
      $0.install(.on(UInt32(bitPattern: number), .trap(0xbeef)))
      $0.call(call, .traps(.init(errno: 0xbeef, number: number, architecture: architecture, rax: rax)))
    }
  }

  private static func native(_ number: Int32) -> ScriptCall { .syscall(UInt64(bitPattern: Int64(number))) }
  private static func extended(_ number: Int32) -> UInt64 { UInt64(bitPattern: Int64(number)) }
  private static let interrupted = UInt64(bitPattern: -4)

  private static let restarts: [Scenario] = [
    restart(
      "trap-number-minus-512", "the number -512 becomes EINTR in rax without SA_RESTART", number: -512,
      flags: [],
      native(-512), rax: interrupted),
    restart(
      "trap-number-minus-512-restart",
      "the number -512 stays in rax with SA_RESTART: the call would be made again",
      number: -512, flags: .restart, native(-512), rax: extended(-512)),
    restart(
      "trap-number-minus-513", "the number -513 stays in rax: the call would be made again", number: -513,
      flags: [],
      native(-513), rax: extended(-513)),
    restart(
      "trap-number-minus-514", "the number -514 becomes EINTR in rax", number: -514, flags: .restart,
      native(-514),
      rax: interrupted),
    restart(
      "trap-number-minus-515", "the number -515 is no restart code", number: -515, flags: [], native(-515),
      rax: extended(-515)),
    restart(
      "trap-number-minus-516", "the number -516 becomes EINTR in rax", number: -516, flags: [], native(-516),
      rax: interrupted),
    restart(
      "trap-number-low-minus-513", "a restart code in the low half of rax alone has no effect", number: -513,
      flags: [], .syscall(0xffff_fdff), rax: 0xffff_fdff),
    restart(
      "trap-int80-number-minus-514", "by int $0x80 the number -514 becomes EINTR in rax",
      needs: [.compatCalls],
      number: -514, flags: [], ScriptCall(.int80, rax: 0xffff_fdfe), architecture: StepExpectation.Trap.i386,
      rax: interrupted),
  ]
}
