/// Names that some supported library or installed header may not know yet. A test that finds any other name
/// unknown fails.
enum YoungCalls {
  /// Linux 6.5 to 6.7: unknown to libseccomp 2.5.4 as released, known to Debian 12's.
  static let linux6_7: Set<String> = [
    "cachestat", "fchmodat2", "map_shadow_stack", "futex_wake", "futex_wait", "futex_requeue",
  ]

  /// Linux 6.8 and later: unknown to every libseccomp 2.5.
  static let afterLinux6_7: Set<String> = [
    "statmount", "listmount", "lsm_get_self_attr", "lsm_set_self_attr", "lsm_list_modules", "mseal",
    "setxattrat", "getxattrat", "listxattrat", "removexattrat", "open_tree_attr", "file_getattr",
    "file_setattr", "listns", "rseq_slice_yield",
  ]

  /// 335 and 336, of x86_64 and x32 alone.
  static let probes: Set<String> = ["uretprobe", "uprobe"]

  static let all = linux6_7.union(afterLinux6_7).union(probes)
}
