import ClassicBPF
import Scripts
import SeccompModel

// x32: 64-bit calls with bit 30 in the number, and a table of their own since 5.4 (arch/x86/entry/common.c; seccomp(2)).
extension Scenario {
  static let x32 = group(
    "x32",
    [
      Scenario("x32-runs", "with x32 calls in the kernel, getpid with bit 30 is getpid", needs: [.x32]) {
        let pid = $0.call(.getpid, .positive)
        $0.call(.syscall(0x4000_0027), .same(as: pid))
      },
      Scenario(
        "x32-absent", "without x32 calls in the kernel a number with bit 30 is ENOSYS", needs: [.noX32]
      ) {
        for number in [0, 39, 101, 512, 513, 547] as [UInt64] {
          $0.call(.syscall(0x4000_0000 | number), .fails(.noSuchCall))
        }
      },
      Scenario(
        "x32-not-native", "a filter for a number leaves the same number with bit 30 alone", needs: [.noX32]
      ) {
        $0.setNoNewPrivileges()
        $0.install(.on(Number.getpid, .errno(5)))
        $0.call(.getpid, .returns(-5))
        $0.call(.syscall(0x4000_0027), .fails(.noSuchCall))
      },
      Scenario("x32-architecture", "a number with bit 30 has the 64-bit architecture") {
        $0.setNoNewPrivileges()
        $0.install(.on(0x4000_0027, AuditToken.x86_64, .errno(5)))
        $0.call(.syscall(0x4000_0027), .returns(-5))
      },
      Scenario(
        "x32-not-taken-by-native", "a filter for a number with bit 30 leaves the number without it alone"
      ) {
        $0.setNoNewPrivileges()
        $0.install(.on(0x4000_0027, .errno(5)))
        $0.call(.getpid, .positive)
        $0.call(.syscall(0x4000_0027), .returns(-5))
      },
      Scenario(
        "x32-numbers-without-bit", "x32's own numbers, 512 to 547, are no calls without bit 30",
        needs: [.separateX32Table]
      ) {
        for number in [512, 513, 514, 519, 520, 545, 546, 547] as [UInt64] {
          $0.call(
            .syscall(number, .value(.max), .value(.max), .value(.max), .value(.max)), .fails(.noSuchCall))
        }
      },
      Scenario(
        "x32-native-only-numbers", "64-bit-only numbers are no calls with bit 30",
        needs: [.x32, .separateX32Table]
      ) {
        // ptrace, rt_sigaction: x32 has them at 521 and 512.
        for number in [13, 101] as [UInt64] {
          $0.call(.syscall(0x4000_0000 | number, .value(.max), .value(.max)), .fails(.noSuchCall))
        }
      },
      Scenario("x32-kill", "KILL_PROCESS on a number with bit 30 ends the process", needs: [.fullActions]) {
        $0.setNoNewPrivileges()
        $0.install(.on(0x4000_0027, .killProcess))
        $0.call(.getpid, .positive)
        $0.call(.syscall(0x4000_0027), .dies(by: Signal.badCall))
      },
    ])
}
