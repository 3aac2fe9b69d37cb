/// What becomes of rules, errnos and listeners.
extension DialectRow {
  static let rules: [DialectRow] = [
    DialectRow(
      .entries(
        #"{"names":["frobnicate"],"action":"SCMP_ACT_ERRNO","args":[{"index":6,"value":7,"#
          + #""op":"SCMP_CMP_EQ"}]}"#),
      runc: "ALLOW | unknown-name-skipped, errno-default",
      crun: "ALLOW | unknown-name-skipped, errno-default"),
    DialectRow(
      .entries(
        #"{"names":["mkdir"],"action":"SCMP_ACT_ALLOW","args":[{"index":6,"value":7,"#
          + #""op":"SCMP_CMP_EQ"}]}"#),
      runc: "ALLOW | equal-to-default-skipped",
      crun: "ALLOW | equal-to-default-skipped"),
    DialectRow(
      .conditions(#"{"index":0,"value":5,"op":"SCMP_CMP_GE"},{"index":0,"value":9,"op":"SCMP_CMP_LE"}"#),
      runc: "ALLOW; mkdir=ERRNO(99) a0 GE 5; mkdir=ERRNO(99) a0 LE 9 | repeated-argument-means-or",
      crun: "ALLOW; mkdir=ERRNO(99) a0 GE 5; mkdir=ERRNO(99) a0 LE 9 | repeated-argument-means-or"),
    DialectRow(
      .conditions(
        #"{"index":0,"value":5,"op":"SCMP_CMP_GE"},{"index":0,"value":9,"op":"SCMP_CMP_LE"},"#
          + #"{"index":1,"value":3,"op":"SCMP_CMP_EQ"}"#),
      runc: "ALLOW; mkdir=ERRNO(99) a0 GE 5; mkdir=ERRNO(99) a0 LE 9; mkdir=ERRNO(99) a1 EQ 3 | "
        + "repeated-argument-means-or",
      crun: "ALLOW; mkdir=ERRNO(99) a0 GE 5; mkdir=ERRNO(99) a0 LE 9; mkdir=ERRNO(99) a1 EQ 3 | "
        + "repeated-argument-means-or"),
    DialectRow(
      .conditions(
        #"{"index":0,"value":1,"op":"SCMP_CMP_EQ"},{"index":1,"value":2,"op":"SCMP_CMP_EQ"},"#
          + #"{"index":2,"value":3,"op":"SCMP_CMP_EQ"},{"index":3,"value":4,"op":"SCMP_CMP_EQ"},"#
          + #"{"index":4,"value":5,"op":"SCMP_CMP_EQ"},{"index":5,"value":6,"op":"SCMP_CMP_EQ"},"#
          + #"{"index":0,"value":77,"op":"SCMP_CMP_EQ"}"#),
      runc: "ALLOW; mkdir=ERRNO(99) a0 EQ 1; mkdir=ERRNO(99) a1 EQ 2; mkdir=ERRNO(99) a2 EQ 3; "
        + "mkdir=ERRNO(99) a3 EQ 4; mkdir=ERRNO(99) a4 EQ 5; mkdir=ERRNO(99) a5 EQ 6; "
        + "mkdir=ERRNO(99) a0 EQ 77 | repeated-argument-means-or",
      crun: "ALLOW; mkdir=ERRNO(99) a0 EQ 1 a1 EQ 2 a2 EQ 3 a3 EQ 4 a4 EQ 5 a5 EQ 6 | "
        + "arguments-cut-at-six"),
    DialectRow(
      .conditions(
        #"{"index":0,"value":1,"op":"SCMP_CMP_EQ"},{"index":1,"value":2,"op":"SCMP_CMP_EQ"},"#
          + #"{"index":2,"value":3,"op":"SCMP_CMP_EQ"},{"index":3,"value":4,"op":"SCMP_CMP_EQ"},"#
          + #"{"index":4,"value":5,"op":"SCMP_CMP_EQ"},{"index":5,"value":6,"op":"SCMP_CMP_EQ"},"#
          + #"{"index":6,"value":77,"op":"SCMP_CMP_EQ"},{"index":9,"value":1,"op":"SCMP_CMP_EQ"}"#),
      runc: "refused argument-index-refused $.syscalls[0].args[6].index: syscalls only have up "
        + "to 6 arguments",
      crun: "ALLOW; mkdir=ERRNO(99) a0 EQ 1 a1 EQ 2 a2 EQ 3 a3 EQ 4 a4 EQ 5 a5 EQ 6 | "
        + "arguments-cut-at-six"),
    DialectRow(
      .conditions(
        #"{"index":0,"value":1,"op":"SCMP_CMP_EQ"},{"index":0,"value":2,"op":"SCMP_CMP_EQ"},"#
          + #"{"index":6,"value":3,"op":"SCMP_CMP_EQ"}"#),
      runc: "refused argument-index-refused $.syscalls[0].args[2].index: syscalls only have up "
        + "to 6 arguments",
      crun: "refused argument-index-refused $.syscalls[0].args[2].index: seccomp_rule_add_array"),
    DialectRow(
      .conditions(
        #"{"index":0,"value":1,"op":"SCMP_CMP_EQ"},{"index":1,"value":2,"op":"SCMP_CMP_EQ"},"#
          + #"{"index":2,"value":3,"op":"SCMP_CMP_EQ"},{"index":3,"value":4,"op":"SCMP_CMP_EQ"},"#
          + #"{"index":4,"value":5,"op":"SCMP_CMP_EQ"},{"index":5,"value":6,"op":"SCMP_CMP_EQ"},"#
          + #"{"index":0,"value":1,"op":"X"}"#),
      runc: "refused unknown-operator-refused $.syscalls[0].args[6].op: is not a valid operator "
        + "for seccomp",
      crun: "ALLOW; mkdir=ERRNO(99) a0 EQ 1 a1 EQ 2 a2 EQ 3 a3 EQ 4 a4 EQ 5 a5 EQ 6 | "
        + "arguments-cut-at-six"),
    DialectRow(
      .entries(
        #"{"names":["mkdir"],"action":"SCMP_ACT_ALLOW"},{"names":["mkdir"],"#
          + #""action":"SCMP_ACT_ERRNO","errnoRet":99}"#),
      runc: "ALLOW; mkdir=ERRNO(99) | equal-to-default-skipped",
      crun: "ALLOW; mkdir=ERRNO(99) | equal-to-default-skipped"),
    DialectRow(
      .entries(
        #"{"names":["mkdir"],"action":"SCMP_ACT_ERRNO","errnoRet":99},{"names":["mkdir"],"#
          + #""action":"SCMP_ACT_ERRNO","errnoRet":99}"#),
      runc: "ALLOW; mkdir=ERRNO(99); mkdir=ERRNO(99)",
      crun: "ALLOW; mkdir=ERRNO(99); mkdir=ERRNO(99)"),
    DialectRow(
      .entries(
        #"{"names":["mkdir"],"action":"SCMP_ACT_ERRNO","errnoRet":99},{"names":["mkdir"],"#
          + #""action":"SCMP_ACT_TRAP"}"#),
      runc: "ALLOW; mkdir=ERRNO(99); mkdir=TRAP",
      crun: "ALLOW; mkdir=ERRNO(99); mkdir=TRAP"),
    DialectRow(
      .text(
        #"{"defaultAction":"SCMP_ACT_KILL","syscalls":[{"names":["mkdir"],"#
          + #""action":"SCMP_ACT_KILL_THREAD"}]}"#),
      runc: "KILL_THREAD | equal-to-default-skipped",
      crun: "KILL_THREAD | equal-to-default-skipped"),
    DialectRow(
      .text(
        #"{"defaultAction":"SCMP_ACT_ERRNO","defaultErrnoRet":77,"#
          + #""syscalls":[{"names":["mkdir"],"action":"SCMP_ACT_ERRNO"}]}"#),
      runc: "ERRNO(77); mkdir=ERRNO(1) | errno-default",
      crun: "ERRNO(77); mkdir=ERRNO(1) | errno-default"),
    DialectRow(
      .text(
        #"{"defaultAction":"SCMP_ACT_ERRNO","syscalls":[{"names":["mkdir"],"#
          + #""action":"SCMP_ACT_ERRNO"}]}"#),
      runc: "ERRNO(1) | equal-to-default-skipped, errno-default",
      crun: "ERRNO(1) | equal-to-default-skipped, errno-default"),
    DialectRow(
      .entries(#"{"names":["mkdir"],"action":"SCMP_ACT_TRACE"}"#),
      runc: "ALLOW; mkdir=TRACE(1) | errno-default",
      crun: "ALLOW; mkdir=TRACE(1) | errno-default"),
    DialectRow(
      .text(
        #"{"defaultAction":"SCMP_ACT_ERRNO","defaultErrnoRet":77,"#
          + #""syscalls":[{"names":["mkdir"],"action":"SCMP_ACT_KILL","errnoRet":5}]}"#),
      runc: "ERRNO(77); mkdir=KILL_THREAD | errno-ignored",
      crun: "refused errno-strictness $.syscalls[0].errnoRet: errno value specified for action "
        + "`SCMP_ACT_KILL`"),
    DialectRow(
      .text(
        #"{"defaultAction":"SCMP_ACT_ERRNO","defaultErrnoRet":77,"#
          + #""syscalls":[{"names":["mkdir"],"action":"SCMP_ACT_TRAP","errnoRet":5}]}"#),
      runc: "ERRNO(77); mkdir=TRAP | errno-ignored",
      crun: "refused errno-strictness $.syscalls[0].errnoRet: errno value specified for action "
        + "`SCMP_ACT_TRAP`"),
    DialectRow(
      .text(
        #"{"defaultAction":"SCMP_ACT_LOG","defaultErrnoRet":77,"#
          + #""syscalls":[{"names":["mkdir"],"action":"SCMP_ACT_ERRNO"}]}"#),
      runc: "LOG; mkdir=ERRNO(1) | errno-ignored, errno-default",
      crun: "refused errno-strictness $.defaultErrnoRet: errno value specified for action "
        + "`SCMP_ACT_LOG`"),
    DialectRow(
      .text(
        #"{"defaultAction":"SCMP_ACT_ERRNO","defaultErrnoRet":77,"#
          + #""syscalls":[{"names":["mkdir"],"action":"SCMP_ACT_ALLOW","errnoRet":5}]}"#),
      runc: "ERRNO(77); mkdir=ALLOW | errno-ignored",
      crun: "refused errno-strictness $.syscalls[0].errnoRet: errno value specified for action "
        + "`SCMP_ACT_ALLOW`"),
    DialectRow(
      .text(
        #"{"defaultAction":"SCMP_ACT_ALLOW","defaultErrnoRet":77,"#
          + #""syscalls":[{"names":["mkdir"],"action":"SCMP_ACT_ERRNO"}]}"#),
      runc: "ALLOW; mkdir=ERRNO(1) | errno-ignored, errno-default",
      crun: "refused errno-strictness $.defaultErrnoRet: errno value specified for action "
        + "`SCMP_ACT_ALLOW`"),
    DialectRow(
      .text(
        #"{"defaultAction":"SCMP_ACT_ERRNO","defaultErrnoRet":77,"#
          + #""syscalls":[{"names":["mkdir"],"action":"SCMP_ACT_NOTIFY","errnoRet":5}]}"#),
      runc: "refused late listener-path-refused $: listenerPath is not set",
      crun: "refused errno-strictness $.syscalls[0].errnoRet: errno value specified for action "
        + "`SCMP_ACT_NOTIFY`"),
    DialectRow(
      .text(
        #"{"defaultAction":"SCMP_ACT_NOTIFY","defaultErrnoRet":77,"#
          + #""syscalls":[{"names":["mkdir"],"action":"SCMP_ACT_ERRNO"}]}"#),
      runc: "refused notify-default-refused $.defaultAction: SCMP_ACT_NOTIFY cannot be used as "
        + "default action",
      crun: "refused errno-strictness $.defaultErrnoRet: errno value specified for action "
        + "`SCMP_ACT_NOTIFY`"),
    DialectRow(
      .entries(#"{"names":["mkdir"],"action":"X","errnoRet":5}"#),
      runc: "refused unknown-action-refused $.syscalls[0].action: is not a valid action for seccomp",
      crun: "refused errno-strictness $.syscalls[0].errnoRet: errno value specified for action `X`"),
    DialectRow(
      .entries(#"{"names":["mkdir"],"action":"SCMP_ACT_NOTIFY"}"#),
      runc: "refused late listener-path-refused $: listenerPath is not set",
      crun: "ALLOW; mkdir=NOTIFY | notify-without-listener"),
    DialectRow(
      .entries(#"{"names":["frobnicate"],"action":"SCMP_ACT_NOTIFY"}"#),
      runc: "refused late listener-path-refused $: listenerPath is not set",
      crun: "ALLOW | unknown-name-skipped"),
    DialectRow(
      .entries(#"{"names":[],"action":"SCMP_ACT_NOTIFY"}"#),
      runc: "ALLOW | entry-without-names",
      crun: "ALLOW | entry-without-names"),
    DialectRow(
      .entries(#"{"names":["write"],"action":"SCMP_ACT_NOTIFY"}"#),
      runc: "refused notify-write-refused $.syscalls[0].names[0]: SCMP_ACT_NOTIFY cannot be used "
        + "for the write syscall",
      crun: "ALLOW; write=NOTIFY | notify-without-listener"),
    DialectRow(
      .text(#"{"defaultAction":"SCMP_ACT_NOTIFY"}"#),
      runc: "refused notify-default-refused $.defaultAction: SCMP_ACT_NOTIFY cannot be used as "
        + "default action",
      crun: "NOTIFY | notify-without-listener"),
    DialectRow(
      .text(
        #"{"defaultAction":"SCMP_ACT_NOTIFY","syscalls":[{"names":["execve","write","exit","#
          + #""close","openat","fstatfs","getdents64"],"action":"SCMP_ACT_ALLOW"}]}"#),
      runc: "refused notify-default-refused $.defaultAction: SCMP_ACT_NOTIFY cannot be used as "
        + "default action",
      crun: "NOTIFY; execve=ALLOW; write=ALLOW; exit=ALLOW; close=ALLOW; openat=ALLOW; "
        + "fstatfs=ALLOW; getdents64=ALLOW | notify-without-listener"),
    DialectRow(
      .text(
        #"{"defaultAction":"SCMP_ACT_ALLOW","listenerPath":"/nowhere/sock","#
          + #""syscalls":[{"names":["mkdir"],"action":"SCMP_ACT_NOTIFY"}]}"#),
      runc: "ALLOW; mkdir=NOTIFY; seccomp 8; listener /nowhere/sock",
      crun: "ALLOW; mkdir=NOTIFY; seccomp 12; listener /nowhere/sock | default-flags"),
    DialectRow(
      .text(
        #"{"defaultAction":"SCMP_ACT_ALLOW","listenerPath":"sock","#
          + #""syscalls":[{"names":["mkdir"],"action":"SCMP_ACT_NOTIFY"}]}"#),
      runc: "ALLOW; mkdir=NOTIFY; seccomp 8; listener sock",
      crun: "refused listener-path-refused $.listenerPath: the seccomp receiver `sock` is not an "
        + "absolute path"),
    DialectRow(
      .text(
        #"{"defaultAction":"SCMP_ACT_ALLOW","listenerPath":"","#
          + #""syscalls":[{"names":["mkdir"],"action":"SCMP_ACT_NOTIFY"}]}"#),
      runc: "refused late listener-path-refused $: listenerPath is not set",
      crun: "refused listener-path-refused $.listenerPath: the seccomp receiver `` is not an "
        + "absolute path"),
    DialectRow(
      .field(#""listenerPath":"/nowhere/sock""#),
      runc: "ALLOW; mkdir=ERRNO(99) | listener-ignored",
      crun: "ALLOW; mkdir=ERRNO(99); seccomp 12; listener /nowhere/sock | default-flags, "
        + "listener-without-notify"),
    DialectRow(
      .field(#""listenerPath":"sock""#),
      runc: "ALLOW; mkdir=ERRNO(99) | listener-ignored",
      crun: "refused listener-path-refused $.listenerPath: the seccomp receiver `sock` is not an "
        + "absolute path"),
    DialectRow(
      .field(#""listenerPath":"""#),
      runc: "ALLOW; mkdir=ERRNO(99)",
      crun: "refused listener-path-refused $.listenerPath: the seccomp receiver `` is not an "
        + "absolute path"),
    DialectRow(
      .field(#""listenerMetadata":"m""#),
      runc: "ALLOW; mkdir=ERRNO(99)",
      crun: "ALLOW; mkdir=ERRNO(99)"),
    DialectRow(
      .text(
        #"{"defaultAction":"SCMP_ACT_ALLOW","listenerPath":"/nowhere/sock","#
          + #""syscalls":[{"names":["write\u0000"],"action":"SCMP_ACT_NOTIFY"}]}"#),
      runc: "ALLOW; write=NOTIFY; seccomp 8; listener /nowhere/sock | nul-cuts-string",
      crun: "ALLOW; write=NOTIFY; seccomp 12; listener /nowhere/sock | nul-cuts-string, "
        + "default-flags"),
    DialectRow(
      .text(
        #"{"defaultAction":"SCMP_ACT_ALLOW","listenerPath":"/run/agent.sock","#
          + #""syscalls":[{"names":["mkdir"],"action":"SCMP_ACT_NOTIFY"}]}"#),
      runc: "ALLOW; mkdir=NOTIFY; seccomp 8; listener /run/agent.sock",
      crun: "ALLOW; mkdir=NOTIFY; seccomp 12; listener /run/agent.sock | default-flags"),
    DialectRow(
      .text(
        #"{"defaultAction":"SCMP_ACT_ALLOW","listenerPath":"/run/agent.sock","#
          + #""syscalls":[{"names":["mkdir"],"action":"SCMP_ACT_ERRNO"}]}"#),
      runc: "ALLOW; mkdir=ERRNO(1) | errno-default, listener-ignored",
      crun: "ALLOW; mkdir=ERRNO(1); seccomp 12; listener /run/agent.sock | errno-default, "
        + "default-flags, listener-without-notify"),
    DialectRow(
      .text(
        #"{"defaultAction":"SCMP_ACT_ALLOW","listenerPath":"/run/agent.sock","#
          + #""syscalls":[{"names":["mkdir"],"action":"SCMP_ACT_NOTIFY"}],"flags":[]}"#),
      runc: "ALLOW; mkdir=NOTIFY; seccomp 8; listener /run/agent.sock",
      crun: "ALLOW; mkdir=NOTIFY; seccomp 8; listener /run/agent.sock"),
    DialectRow(
      .text(
        #"{"defaultAction":"SCMP_ACT_ALLOW","listenerPath":"/run/agent.sock","#
          + #""syscalls":[{"names":["mkdir"],"action":"SCMP_ACT_NOTIFY"}],"#
          + #""flags":["SECCOMP_FILTER_FLAG_TSYNC"]}"#),
      runc: "refused flags-refused $.flags: seccomp flags are not yet supported by runc",
      crun: "refused flags-conflict-refused $.flags: seccomp (SECCOMP_SET_MODE_FILTER): Invalid "
        + "argument"),
    DialectRow(
      .text(
        #"{"defaultAction":"SCMP_ACT_ALLOW","listenerPath":"/run/agent.sock","#
          + #""syscalls":[{"names":["mkdir"],"action":"SCMP_ACT_NOTIFY"}],"#
          + #""flags":["SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV"]}"#),
      runc: "refused flags-refused $.flags: seccomp flags are not yet supported by runc",
      crun: "ALLOW; mkdir=NOTIFY; seccomp 40; listener /run/agent.sock"),
    DialectRow(
      .text(
        #"{"defaultAction":"SCMP_ACT_ALLOW","listenerPath":"/run/agent.sock","#
          + #""syscalls":[{"names":["mkdir"],"action":"SCMP_ACT_ERRNO"}],"#
          + #""flags":["SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV","SECCOMP_FILTER_FLAG_TSYNC"]}"#),
      runc: "refused flags-refused $.flags: seccomp flags are not yet supported by runc",
      crun: "refused flags-conflict-refused $.flags: seccomp (SECCOMP_SET_MODE_FILTER): Invalid "
        + "argument"),
  ]
}
