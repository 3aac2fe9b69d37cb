/// Every number and choice of the model, as data: so that a reader finds them in one place, and a test can plant a fault in
/// each and see that the suite notices.
package struct KernelRules: Hashable, Sendable {
  /// As of kernel/seccomp.c in 6.18.
  package static let linux = KernelRules()

  // MARK: Verdicts (kernel/seccomp.c, seccomp_run_filters and __seccomp_filter)

  /// Actions are compared as signed numbers, so that KILL_PROCESS (0x80000000) is the strongest.
  package var comparesSigned = true
  /// `SECCOMP_RET_ACTION_FULL` of linux/seccomp.h: what of a verdict is compared.
  package var actionMask: UInt32 = 0xffff_0000
  /// Between equal actions the newest filter's data counts.
  package var tieGoesToNewest = true
  /// `MAX_ERRNO` of linux/err.h.
  package var errnoCap: UInt32 = 4095
  /// `BPF_MAXINSNS` of linux/bpf_common.h.
  package var longestProgram = 4096
  /// `MAX_INSNS_PER_PATH` of kernel/seccomp.c.
  package var longestChain = 32768

  package init() {}
}
