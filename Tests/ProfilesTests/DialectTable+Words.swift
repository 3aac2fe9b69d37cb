/// Actions, operators, architectures, flags and names.
extension DialectRow {
  static let words: [DialectRow] = [
    DialectRow(
      .entries(#"{"name":"mkdir","action":"SCMP_ACT_ERRNO","errnoRet":99}"#),
      runc: "ALLOW | singular-name-ignored, entry-without-names",
      crun: "refused missing-field-refused $.syscalls[0]: Required field 'names' not present"),
    DialectRow(
      .entries(#"{"name":"rmdir","names":["mkdir"],"action":"SCMP_ACT_ERRNO","errnoRet":99}"#),
      runc: "ALLOW; mkdir=ERRNO(99) | singular-name-ignored",
      crun: "ALLOW; mkdir=ERRNO(99) | singular-name-ignored"),
    DialectRow(
      .entries(#"{"names":["mkdir"],"action":"scmp_act_errno"}"#),
      runc: "refused unknown-action-refused $.syscalls[0].action: is not a valid action for seccomp",
      crun: "refused unknown-action-refused $.syscalls[0].action: invalid seccomp action "
        + "`scmp_act_errno`"),
    DialectRow(
      .text(#"{"defaultAction":"SCMP_ACT_allow"}"#),
      runc: "refused unknown-action-refused $.defaultAction: is not a valid action for seccomp",
      crun: "refused unknown-action-refused $.defaultAction: invalid seccomp action "
        + "`SCMP_ACT_allow`"),
    DialectRow(
      .entries(
        #"{"names":["mkdir"],"action":"SCMP_ACT_ERRNO","args":[{"index":0,"value":1,"#
          + #""op":"scmp_cmp_eq"}]}"#),
      runc: "refused unknown-operator-refused $.syscalls[0].args[0].op: is not a valid operator "
        + "for seccomp",
      crun: "refused unknown-operator-refused $.syscalls[0].args[0].op: get_seccomp_operator"),
    DialectRow(
      .field(#""architectures":["scmp_arch_x86"]"#),
      runc: "refused unknown-architecture-refused $.architectures[0]: is not a valid arch for "
        + "seccomp",
      crun: "refused unknown-architecture-refused $.architectures[0]: seccomp unknown architecture"),
    DialectRow(
      .field(#""architectures":["SCMP_ARCH_x86"]"#),
      runc: "refused unknown-architecture-refused $.architectures[0]: is not a valid arch for "
        + "seccomp",
      crun: "ALLOW; mkdir=ERRNO(99); x86_64+x86 | architecture-spelling, native-architecture-added"),
    DialectRow(
      .field(#""architectures":["x86"]"#),
      runc: "refused unknown-architecture-refused $.architectures[0]: is not a valid arch for "
        + "seccomp",
      crun: "ALLOW; mkdir=ERRNO(99); x86_64+x86 | architecture-spelling, native-architecture-added"),
    DialectRow(
      .entries(#"{"names":["mkdir"],"action":"SCMP_ACT_FOO"}"#),
      runc: "refused unknown-action-refused $.syscalls[0].action: is not a valid action for seccomp",
      crun: "refused unknown-action-refused $.syscalls[0].action: invalid seccomp action "
        + "`SCMP_ACT_FOO`"),
    DialectRow(
      .entries(#"{"names":["mkdir"],"action":"ERRNO"}"#),
      runc: "refused unknown-action-refused $.syscalls[0].action: is not a valid action for seccomp",
      crun: "refused unknown-action-refused $.syscalls[0].action: invalid seccomp action `ERRNO`"),
    DialectRow(
      .entries(#"{"names":[],"action":"SCMP_ACT_FOO"}"#),
      runc: "refused unknown-action-refused $.syscalls[0].action: is not a valid action for seccomp",
      crun: "refused unknown-action-refused $.syscalls[0].action: invalid seccomp action "
        + "`SCMP_ACT_FOO`"),
    DialectRow(
      .text(#"{"defaultAction":"SCMP_ACT_FOO"}"#),
      runc: "refused unknown-action-refused $.defaultAction: is not a valid action for seccomp",
      crun: "refused unknown-action-refused $.defaultAction: invalid seccomp action `SCMP_ACT_FOO`"),
    DialectRow(
      .conditions(#"{"index":1,"value":7,"op":"EQ"}"#),
      runc: "refused unknown-operator-refused $.syscalls[0].args[0].op: is not a valid operator "
        + "for seccomp",
      crun: "refused unknown-operator-refused $.syscalls[0].args[0].op: get_seccomp_operator"),
    DialectRow(
      .entries(
        #"{"names":["frobnicate"],"action":"SCMP_ACT_ERRNO","args":[{"index":1,"value":7,"#
          + #""op":"EQ"}]}"#),
      runc: "refused unknown-operator-refused $.syscalls[0].args[0].op: is not a valid operator "
        + "for seccomp",
      crun: "ALLOW | unknown-name-skipped, errno-default"),
    DialectRow(
      .entries(
        #"{"names":["mkdir"],"action":"SCMP_ACT_ALLOW","args":[{"index":1,"value":7,"#
          + #""op":"EQ"}]}"#),
      runc: "refused unknown-operator-refused $.syscalls[0].args[0].op: is not a valid operator "
        + "for seccomp",
      crun: "ALLOW | equal-to-default-skipped"),
    DialectRow(
      .entries(#"{"names":[""],"action":"SCMP_ACT_ERRNO"}"#),
      runc: "refused empty-name-refused $.syscalls[0].names[0]: empty string is not a valid syscall",
      crun: "ALLOW | unknown-name-skipped, errno-default"),
    DialectRow(
      .entries(#"{"names":[""],"action":"SCMP_ACT_ALLOW"}"#),
      runc: "refused empty-name-refused $.syscalls[0].names[0]: empty string is not a valid syscall",
      crun: "ALLOW | equal-to-default-skipped"),
    DialectRow(
      .entries(#"{"names":["frobnicate","mkdir"],"action":"SCMP_ACT_ERRNO"}"#),
      runc: "ALLOW; mkdir=ERRNO(1) | unknown-name-skipped, errno-default",
      crun: "ALLOW; mkdir=ERRNO(1) | unknown-name-skipped, errno-default"),
    DialectRow(
      .entries(#"{"names":["MKDIR"],"action":"SCMP_ACT_ERRNO"}"#),
      runc: "ALLOW | unknown-name-skipped, errno-default",
      crun: "ALLOW | unknown-name-skipped, errno-default"),
    DialectRow(
      .entries(#"{"names":["mkdir\u0000x"],"action":"SCMP_ACT_ERRNO"}"#),
      runc: "ALLOW; mkdir=ERRNO(1) | nul-cuts-string, errno-default",
      crun: "ALLOW; mkdir=ERRNO(1) | nul-cuts-string, errno-default"),
    DialectRow(
      .entries(#"{"names":["\u0000x"],"action":"SCMP_ACT_ERRNO"}"#),
      runc: "ALLOW | nul-cuts-string, unknown-name-skipped, errno-default",
      crun: "ALLOW | nul-cuts-string, unknown-name-skipped, errno-default"),
    DialectRow(
      .entries(#"{"names":["mkdir"],"action":"SCMP_ACT_ERRNO\u0000x"}"#),
      runc: "refused unknown-action-refused $.syscalls[0].action: is not a valid action for seccomp",
      crun: "ALLOW; mkdir=ERRNO(1) | nul-cuts-string, errno-default"),
    DialectRow(
      .conditions(#"{"index":1,"value":7,"op":"SCMP_CMP_EQ\u0000"}"#),
      runc: "refused unknown-operator-refused $.syscalls[0].args[0].op: is not a valid operator "
        + "for seccomp",
      crun: "ALLOW; mkdir=ERRNO(99) a1 EQ 7 | nul-cuts-string"),
    DialectRow(
      .field(#""flags":["SECCOMP_FILTER_FLAG_LOG\u0000"]"#),
      runc: "refused flags-refused $.flags: seccomp flags are not yet supported by runc",
      crun: "ALLOW; mkdir=ERRNO(99); seccomp 2 | nul-cuts-string"),
    DialectRow(
      .field(#""architectures":["SCMP_ARCH_X86\u0000"]"#),
      runc: "refused unknown-architecture-refused $.architectures[0]: is not a valid arch for "
        + "seccomp",
      crun: "ALLOW; mkdir=ERRNO(99); x86_64+x86 | nul-cuts-string, native-architecture-added"),
    DialectRow(
      .text(
        #"{"defaultAction":"SCMP_ACT_ALLOW","architectures":["SCMP_ARCH_X86"],"#
          + #""syscalls":[{"names":["umount"],"action":"SCMP_ACT_ERRNO"}]}"#),
      runc: "ALLOW; umount=ERRNO(1); x86_64+x86 | native-architecture-added, errno-default",
      crun: "ALLOW; umount=ERRNO(1); x86_64+x86 | native-architecture-added, errno-default"),
    DialectRow(
      .field(#""architectures":["SCMP_ARCH_X86"]"#),
      runc: "ALLOW; mkdir=ERRNO(99); x86_64+x86 | native-architecture-added",
      crun: "ALLOW; mkdir=ERRNO(99); x86_64+x86 | native-architecture-added"),
    DialectRow(
      .field(#""architectures":["SCMP_ARCH_X32"]"#),
      runc: "ALLOW; mkdir=ERRNO(99); x86_64+x32 | native-architecture-added",
      crun: "ALLOW; mkdir=ERRNO(99); x86_64+x32 | native-architecture-added"),
    DialectRow(
      .field(#""architectures":["SCMP_ARCH_AARCH64"]"#),
      runc: "ALLOW; mkdir=ERRNO(99); x86_64+aarch64 | native-architecture-added",
      crun: "ALLOW; mkdir=ERRNO(99); x86_64+aarch64 | native-architecture-added"),
    DialectRow(
      .field(#""architectures":["SCMP_ARCH_S390X"]"#),
      runc: "refused big-endian-refused $.architectures[0]: error adding architecture to seccomp "
        + "filter",
      crun: "refused big-endian-refused $.architectures[0]: seccomp adding architecture"),
    DialectRow(
      .field(#""architectures":["SCMP_ARCH_PARISC"]"#),
      runc: "refused unknown-architecture-refused $.architectures[0]: is not a valid arch for "
        + "seccomp",
      crun: "refused big-endian-refused $.architectures[0]: seccomp adding architecture"),
    DialectRow(
      .field(#""architectures":["SCMP_ARCH_RISCV64"]"#),
      runc: "refused unknown-architecture-refused $.architectures[0]: is not a valid arch for "
        + "seccomp",
      crun: "ALLOW; mkdir=ERRNO(99); x86_64+riscv64 | native-architecture-added"),
    DialectRow(
      .field(#""architectures":["SCMP_ARCH_LOONGARCH64"]"#),
      runc: "refused unknown-architecture-refused $.architectures[0]: is not a valid arch for "
        + "seccomp",
      crun: "refused unknown-architecture-refused $.architectures[0]: seccomp unknown architecture"),
    DialectRow(
      .field(#""architectures":["SCMP_ARCH_NATIVE"]"#),
      runc: "refused unknown-architecture-refused $.architectures[0]: is not a valid arch for "
        + "seccomp",
      crun: "refused unknown-architecture-refused $.architectures[0]: seccomp unknown architecture"),
    DialectRow(
      .field(#""architectures":["SCMP_ARCH_X86","SCMP_ARCH_X86"]"#),
      runc: "ALLOW; mkdir=ERRNO(99); x86_64+x86 | native-architecture-added",
      crun: "ALLOW; mkdir=ERRNO(99); x86_64+x86 | native-architecture-added"),
    DialectRow(
      .field(#""architectures":[""]"#),
      runc: "refused unknown-architecture-refused $.architectures[0]: is not a valid arch for "
        + "seccomp",
      crun: "refused unknown-architecture-refused $.architectures[0]: seccomp unknown architecture"),
    DialectRow(
      .field(#""architectures":[5]"#),
      runc: "refused wrong-type-refused $.architectures[0]: json: cannot unmarshal number",
      crun: "refused unknown-architecture-refused $.architectures[0]: seccomp unknown architecture"),
    DialectRow(
      .field(#""architectures":["SCMP_ARCH_SCMP_ARCH_X86"]"#),
      runc: "refused unknown-architecture-refused $.architectures[0]: is not a valid arch for "
        + "seccomp",
      crun: "refused unknown-architecture-refused $.architectures[0]: seccomp unknown architecture"),
    DialectRow(
      .field(#""flags":[]"#),
      runc: "ALLOW; mkdir=ERRNO(99)",
      crun: "ALLOW; mkdir=ERRNO(99); seccomp 0"),
    DialectRow(
      .field(#""flags":["SECCOMP_FILTER_FLAG_LOG"]"#),
      runc: "refused flags-refused $.flags: seccomp flags are not yet supported by runc",
      crun: "ALLOW; mkdir=ERRNO(99); seccomp 2"),
    DialectRow(
      .field(#""flags":["SECCOMP_FILTER_FLAG_TSYNC"]"#),
      runc: "refused flags-refused $.flags: seccomp flags are not yet supported by runc",
      crun: "ALLOW; mkdir=ERRNO(99); seccomp 1"),
    DialectRow(
      .field(#""flags":["SECCOMP_FILTER_FLAG_SPEC_ALLOW"]"#),
      runc: "refused flags-refused $.flags: seccomp flags are not yet supported by runc",
      crun: "ALLOW; mkdir=ERRNO(99); seccomp 4"),
    DialectRow(
      .field(#""flags":["SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV"]"#),
      runc: "refused flags-refused $.flags: seccomp flags are not yet supported by runc",
      crun: "ALLOW; mkdir=ERRNO(99); seccomp 0 | flags-dropped"),
    DialectRow(
      .field(#""flags":["SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV","SECCOMP_FILTER_FLAG_LOG"]"#),
      runc: "refused flags-refused $.flags: seccomp flags are not yet supported by runc",
      crun: "ALLOW; mkdir=ERRNO(99); seccomp 0 | flags-dropped"),
    DialectRow(
      .field(
        #""flags":["SECCOMP_FILTER_FLAG_LOG","SECCOMP_FILTER_FLAG_SPEC_ALLOW","#
          + #""SECCOMP_FILTER_FLAG_TSYNC"]"#),
      runc: "refused flags-refused $.flags: seccomp flags are not yet supported by runc",
      crun: "ALLOW; mkdir=ERRNO(99); seccomp 7"),
    DialectRow(
      .field(#""flags":["SECCOMP_FILTER_FLAG_FOO"]"#),
      runc: "refused flags-refused $.flags: seccomp flags are not yet supported by runc",
      crun: "refused unknown-flag-refused $.flags[0]: unknown seccomp option"),
    DialectRow(
      .field(#""flags":[5]"#),
      runc: "refused wrong-type-refused $.flags[0]: json: cannot unmarshal number",
      crun: "refused unknown-flag-refused $.flags[0]: unknown seccomp option"),
    DialectRow(
      .field(#""flags":[null]"#),
      runc: "refused flags-refused $.flags: seccomp flags are not yet supported by runc",
      crun: "refused unknown-flag-refused $.flags[0]: unknown seccomp option"),
    DialectRow(
      .field(#""flags":["SECCOMP_FILTER_FLAG_TSYNC_ESRCH"]"#),
      runc: "refused flags-refused $.flags: seccomp flags are not yet supported by runc",
      crun: "refused unknown-flag-refused $.flags[0]: unknown seccomp option"),
    DialectRow(
      .field(#""flags":["SECCOMP_FILTER_FLAG_NEW_LISTENER"]"#),
      runc: "refused flags-refused $.flags: seccomp flags are not yet supported by runc",
      crun: "refused unknown-flag-refused $.flags[0]: unknown seccomp option"),
  ]
}
