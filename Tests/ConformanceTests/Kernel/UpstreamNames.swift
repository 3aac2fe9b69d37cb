/// The tests of tools/testing/selftests/seccomp/seccomp_bpf.c, as its runner names them: fixture, variant, test.
enum UpstreamNames {
  /// Of Linux 6.1: 95.
  static let linux6_1: [String] =
    names(
      "global",
      """
      kcmp mode_strict_support mode_strict_cannot_call_prctl no_new_privs_support mode_filter_support \
      mode_filter_without_nnp filter_size_limits filter_chain_limits mode_filter_cannot_move_to_strict \
      mode_filter_get_seccomp ALLOW_all empty_prog log_all unknown_ret_is_kill_inside \
      unknown_ret_is_kill_above_allow KILL_all KILL_one KILL_one_arg_one KILL_one_arg_six KILL_thread KILL_process \
      KILL_unknown arg_out_of_range ERRNO_valid ERRNO_zero ERRNO_capped ERRNO_order negative_ENOSYS seccomp_syscall \
      seccomp_syscall_mode_lock detect_seccomp_filter_flags TSYNC_first syscall_restart filter_flag_log \
      get_action_avail get_metadata user_notification_basic user_notification_with_tsync \
      user_notification_kill_in_middle user_notification_signal user_notification_closed_listener \
      user_notification_child_pid_ns user_notification_sibling_pid_ns user_notification_fault_recv \
      seccomp_get_notif_sizes user_notification_continue user_notification_filter_empty \
      user_notification_filter_empty_threaded user_notification_addfd user_notification_addfd_rlimit \
      user_notification_fifo user_notification_wait_killable_pre_notification user_notification_wait_killable \
      user_notification_wait_killable_fatal
      """)
    + names("TRAP", "dfl ign handler")
    + names(
      "precedence",
      """
      allow_ok kill_is_highest kill_is_highest_in_any_order trap_is_second trap_is_second_in_any_order \
      errno_is_third errno_is_third_in_any_order trace_is_fourth trace_is_fourth_in_any_order log_is_fifth \
      log_is_fifth_in_any_order
      """)
    + names("TRACE_poke", "read_has_side_effects getpid_runs_normally")
    + ["ptrace", "seccomp"].flatMap { variant in
      names(
        "TRACE_syscall.\(variant)",
        """
        negative_ENOSYS syscall_allowed syscall_redirected syscall_errno syscall_faked kill_immediate skip_after \
        kill_after
        """)
    }
    + names(
      "TSYNC",
      """
      siblings_fail_prctl two_siblings_with_ancestor two_sibling_want_nnp two_siblings_with_no_filter \
      two_siblings_with_one_divergence two_siblings_with_one_divergence_no_tid_in_err two_siblings_not_under_filter
      """) + names("O_SUSPEND_SECCOMP", "setoptions seize")

  /// What Linux 6.18 has beside: 111 in all.
  static let addedBy6_18: [String] =
    names(
      "global",
      """
      user_notification_sync user_ioctl_notification_filter_empty tsync_vs_dead_thread_leader \
      user_notification_wait_killable_after_reply
      """)
    + ["not_attached", "uprobe_attached", "uretprobe_attached"].flatMap { variant in
      names(
        "UPROBE.\(variant)",
        "uprobe_default_allow uprobe_default_block uprobe_block_syscall uprobe_default_block_with_syscall")
    }

  private static func names(_ fixture: String, _ tests: String) -> [String] {
    tests.split { $0 == " " || $0 == "\n" }.map { "\(fixture).\($0)" }
  }
}
