import Scripts
import SeccompModel

// The flags of SECCOMP_SET_MODE_FILTER (linux/seccomp.h; kernel/seccomp.c, `seccomp_set_mode_filter`).
extension Scenario {
  static let flags = group("flags", bits)

  /// Every flag's bit with a NULL program: EFAULT where the flag is known, EINVAL where it is not.
  private static let bits: [Scenario] =
    (0..<9).map { bit in
      let isKnown = bit < 5
      return Scenario(
        "flag-bit-\(bit)",
        isKnown
          ? "flag 1 << \(bit) is known: a NULL program is EFAULT"
          : bit == 5
            ? "WAIT_KILLABLE_RECV wants NEW_LISTENER: EINVAL" : "flag 1 << \(bit) is not known: EINVAL",
        needs: isKnown ? [.flag(1 << UInt32(bit))] : [], covers: ["global.detect_seccomp_filter_flags"]
      ) {
        $0.call(
          .named("seccomp", [1, .value(1 << UInt64(bit)), 0]), .fails(isKnown ? .badAddress : .invalid))
      }
    } + [
      Scenario("flag-bit-31", "flag 1 << 31 is not known: EINVAL") {
        $0.call(.named("seccomp", [1, .value(1 << 31), 0]), .fails(.invalid))
      },
      Scenario(
        "flags-all-known", "all flags that go together are known together", needs: [.flag(32), .flag(16)],
        covers: ["global.detect_seccomp_filter_flags"]
      ) {
        $0.call(.named("seccomp", [1, 0x3f, 0]), .fails(.badAddress))
      },
      Scenario(
        "flags-sync-with-listener", "TSYNC and NEW_LISTENER together want TSYNC_ESRCH: EINVAL without",
        needs: [.flag(16)]
      ) {
        $0.call(.named("seccomp", [1, 0x9, 0]), .fails(.invalid))
        $0.call(.named("seccomp", [1, 0x19, 0]), .fails(.badAddress))
      },
      Scenario(
        "flag-wait-killable-with-listener", "WAIT_KILLABLE_RECV goes with NEW_LISTENER", needs: [.flag(32)]
      ) {
        $0.call(.named("seccomp", [1, 0x28, 0]), .fails(.badAddress))
      },
      Scenario("flag-sync-error-alone", "TSYNC_ESRCH alone is accepted", needs: [.flag(16)]) {
        $0.setNoNewPrivileges()
        $0.install(.on(Number.getpid, .errno(5)), flags: .syncError)
        $0.call(.getpid, .returns(-5))
      },
      Scenario(
        "flag-log", "FILTER_FLAG_LOG changes no verdict", needs: [.flag(2)],
        covers: ["global.filter_flag_log"]
      ) {
        $0.setNoNewPrivileges()
        $0.install(.on(Number.getpid, .errno(5)), flags: .log)
        $0.call(.getpid, .returns(-5))
        $0.call(.getppid, .positive)
      },
      Scenario(
        "flag-log-with-strict", "strict mode takes no FILTER_FLAG_LOG", covers: ["global.filter_flag_log"]
      ) {
        $0.call(.named("seccomp", [0, 2, 0]), .fails(.invalid))
      },
      Scenario("flag-spec-allow", "FILTER_FLAG_SPEC_ALLOW changes no verdict", needs: [.flag(4)]) {
        $0.setNoNewPrivileges()
        $0.install(.on(Number.getpid, .errno(5)), flags: .allowSpeculation)
        $0.call(.getpid, .returns(-5))
      },
    ]
}
