import Scripts
import SeccompModel

// Strict mode: four calls, by the list of the entry that was taken, and SIGKILL for all others
// (kernel/seccomp.c, `__secure_computing_strict`; asm/seccomp.h).
extension Scenario {
  static let strict = group("strict", native + compat + whole)

  /// The caller goes into strict mode and makes one call.
  private static func strict(
    _ name: String, _ claim: String, needs: [KernelFact] = [], covers: [String] = [], _ call: ScriptCall,
    _ expected: StepExpectation
  ) -> Scenario {
    Scenario(name, claim, needs: needs, covers: covers) {
      $0.spin()
      $0.call(.enterStrictMode)
      $0.call(call, expected)
    }
  }

  private static let killed = StepExpectation.dies(by: Signal.kill)
  private static let badDescriptor: ScriptArgument = .value(.max)

  private static let native: [Scenario] = [
    strict(
      "strict-read", "strict mode lets read through", .named("read", [badDescriptor]), .fails(.badDescriptor)),
    strict(
      "strict-write", "strict mode lets write through", .named("write", [badDescriptor]),
      .fails(.badDescriptor)),
    strict(
      "strict-exit", "strict mode lets exit through", covers: ["global.mode_strict_support"], .exit(5),
      .exits(5)),
    strict(
      "strict-sigreturn", "strict mode lets rt_sigreturn through: without a frame it ends in SIGSEGV",
      .named("rt_sigreturn"), .dies(by: Signal.segmentation)),
    strict("strict-exit-group", "strict mode ends exit_group by SIGKILL", .exitGroup(5), killed),
    strict("strict-getpid", "strict mode ends any other call by SIGKILL", .getpid, killed),
    strict(
      "strict-prctl", "strict mode ends prctl, even PR_GET_SECCOMP, by SIGKILL",
      covers: ["global.mode_strict_cannot_call_prctl"], .named("prctl", [21]), killed),
    strict("strict-seccomp", "strict mode ends seccomp by SIGKILL", .enterStrictMode, killed),
    strict("strict-number-minus-one", "strict mode ends the number -1 by SIGKILL", .syscall(.max), killed),
    strict("strict-number-unused", "strict mode ends a number of no call by SIGKILL", .syscall(5000), killed),
    strict(
      "strict-upper-bits", "strict mode judges the low 32 bits of rax: read with upper bits is let through",
      needs: [.lowNumberDispatch], .syscall(0x1_0000_0000, badDescriptor), .fails(.badDescriptor)),
    strict(
      "strict-x32-read", "strict mode ends read by its x32 number by SIGKILL",
      .syscall(0x4000_0000, badDescriptor), killed),
  ]

  private static let compat: [Scenario] = [
    strict(
      "strict-int80-read", "by int $0x80 the 32-bit list counts: 3 is read", needs: [.compatCalls],
      .int80("read", [badDescriptor]), .fails(.badDescriptor)),
    strict(
      "strict-int80-write", "by int $0x80 the 32-bit list counts: 4 is write", needs: [.compatCalls],
      .int80("write", [badDescriptor]), .fails(.badDescriptor)),
    strict(
      "strict-int80-exit", "by int $0x80 the 32-bit list counts: 1 is exit", needs: [.compatCalls],
      .int80("exit", [6]), .exits(6)),
    strict(
      "strict-int80-sigreturn", "by int $0x80 sigreturn (119) is let through", needs: [.compatCalls],
      .int80("sigreturn"), .dies(by: Signal.segmentation)),
    strict(
      "strict-int80-rt-sigreturn", "by int $0x80 rt_sigreturn (173) is not on the list",
      needs: [.compatCalls],
      .int80("rt_sigreturn"), killed),
    strict(
      "strict-int80-number-0", "by int $0x80 the number 0, read of the other list, is ended by SIGKILL",
      needs: [.compatCalls], ScriptCall(.int80, rax: 0, [badDescriptor]), killed),
    strict(
      "strict-int80-number-60", "by int $0x80 the number 60, exit of the other list, is ended by SIGKILL",
      needs: [.compatCalls], ScriptCall(.int80, rax: 60), killed),
    strict(
      "strict-int80-getpid", "by int $0x80 any other call is ended by SIGKILL", needs: [.compatCalls],
      .int80("getpid"), killed),
    strict(
      "strict-native-number-3", "by syscall the number 3, read of the 32-bit list, is ended by SIGKILL",
      .syscall(3, badDescriptor), killed),
    strict(
      "strict-native-number-4", "by syscall the number 4, write of the 32-bit list, is ended by SIGKILL",
      .syscall(4), killed),
    Scenario(
      "strict-entered-by-int80", "strict mode entered by int $0x80 binds the native entry by its own list",
      needs: [.compatCalls]
    ) {
      $0.spin()
      $0.call(.int80("seccomp", [0, 0, 0]))
      $0.call(.named("read", [badDescriptor]), .fails(.badDescriptor))
      $0.call(.int80("read", [badDescriptor]), .fails(.badDescriptor))
      $0.call(.getpid, killed)
    },
  ]

  private static let whole: [Scenario] = [
    Scenario("strict-several-calls", "strict mode lets read and write through again and again") {
      $0.spin()
      $0.call(.named("prctl", [22, 1]))
      for _ in 0..<3 {
        $0.call(.named("read", [badDescriptor]), .fails(.badDescriptor))
        $0.call(.named("write", [badDescriptor]), .fails(.badDescriptor))
      }
      $0.status(of: 0, mode: 1, filters: 0)
      $0.call(.exit(3), .exits(3))
    },
    Scenario("strict-ignores-prctl-pointer", "PR_SET_SECCOMP with mode 1 does not look at the pointer") {
      $0.spin()
      $0.call(.named("prctl", [22, 1, 1234]))
      $0.call(.exit(0), .exits(0))
    },
    Scenario("strict-kills-thread-only", "strict mode's SIGKILL ends the calling thread alone") {
      $0.spawnThread(1)
      $0.spin(1)
      $0.call(.enterStrictMode, by: 1)
      $0.status(of: 1, mode: 1)
      $0.status(of: 0, mode: 0)
      $0.call(.getpid, .threadEnds, by: 1)
      $0.call(.getpid, .positive)
      $0.call(.exitGroup(4), .exits(4))
    },
    Scenario("strict-reads-no-clock", "strict mode makes rdtsc fault: SIGSEGV") {
      $0.step(0, .readTimestampCounter)
      $0.spin()
      $0.call(.enterStrictMode)
      $0.step(0, .readTimestampCounter, .dies(by: Signal.segmentation))
    },
    Scenario("filter-reads-clock", "filter mode leaves rdtsc alone") {
      $0.setNoNewPrivileges()
      $0.install(.always(.allow))
      $0.step(0, .readTimestampCounter)
      $0.call(.getpid, .positive)
    },
    Scenario("strict-is-per-thread", "strict mode of one thread leaves a sibling free to install filters") {
      $0.spawnThread(1)
      $0.spin(1)
      $0.call(.enterStrictMode, by: 1)
      $0.setNoNewPrivileges()
      $0.install(.on(Number.getpid, .errno(5)))
      $0.call(.getpid, .returns(-5))
      $0.call(.named("read", [badDescriptor]), .fails(.badDescriptor), by: 1)
    },
  ]
}
