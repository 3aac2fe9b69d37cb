/// Numbers: signs, fractions, sizes, errnos.
extension DialectRow {
  static let numbers: [DialectRow] = [
    DialectRow(
      .entries(#"{"names":["mkdir"],"action":"SCMP_ACT_ERRNO","errnoRet":null}"#),
      runc: "ALLOW; mkdir=ERRNO(1) | errno-default",
      crun: "ALLOW; mkdir=ERRNO(1) | errno-default"),
    DialectRow(
      .entries(#"{"names":["mkdir"],"action":"SCMP_ACT_ERRNO","errnoRet":"5"}"#),
      runc: "refused wrong-type-refused $.syscalls[0].errnoRet: json: cannot unmarshal string",
      crun: "ALLOW; mkdir=ERRNO(1) | wrong-type-ignored, errno-default"),
    DialectRow(
      .entries(#"{"names":["mkdir"],"action":"SCMP_ACT_ERRNO","errnoRet":1.0}"#),
      runc: "refused number-refused $.syscalls[0].errnoRet: json: cannot unmarshal number 1.0",
      crun: "refused number-refused $.syscalls[0].errnoRet: Invalid value '1.0' with type"),
    DialectRow(
      .entries(#"{"names":["mkdir"],"action":"SCMP_ACT_ERRNO","errnoRet":1e1}"#),
      runc: "refused number-refused $.syscalls[0].errnoRet: json: cannot unmarshal number 1e1",
      crun: "refused number-refused $.syscalls[0].errnoRet: Invalid value '1e1' with type"),
    DialectRow(
      .entries(#"{"names":["mkdir"],"action":"SCMP_ACT_ERRNO","errnoRet":-1}"#),
      runc: "refused number-refused $.syscalls[0].errnoRet: json: cannot unmarshal number -1",
      crun: "refused number-refused $.syscalls[0].errnoRet: Invalid value '-1' with type"),
    DialectRow(
      .entries(#"{"names":["mkdir"],"action":"SCMP_ACT_ERRNO","errnoRet":-0}"#),
      runc: "refused number-refused $.syscalls[0].errnoRet: json: cannot unmarshal number -0",
      crun: "ALLOW; mkdir=ERRNO(0)"),
    DialectRow(
      .entries(#"{"names":["mkdir"],"action":"SCMP_ACT_ERRNO","errnoRet":4294967296}"#),
      runc: "ALLOW; mkdir=ERRNO(0) | errno-wraps",
      crun: "refused number-refused $.syscalls[0].errnoRet: Invalid value '4294967296' with type"),
    DialectRow(
      .entries(#"{"names":["mkdir"],"action":"SCMP_ACT_ERRNO","errnoRet":4294967295}"#),
      runc: "refused errno-too-large $.syscalls[0]: two checks on same syscall argument",
      crun: "refused errno-too-large $.syscalls[0]: seccomp_rule_add"),
    DialectRow(
      .entries(#"{"names":["mkdir"],"action":"SCMP_ACT_ERRNO","errnoRet":99999999999999999999}"#),
      runc: "refused number-refused $.syscalls[0].errnoRet: json: cannot unmarshal number "
        + "99999999999999999999",
      crun: "refused number-refused $.syscalls[0].errnoRet: Invalid value '99999999999999999999' "
        + "with type"),
    DialectRow(
      .entries(#"{"names":["mkdir"],"action":"SCMP_ACT_ERRNO","errnoRet":true}"#),
      runc: "refused wrong-type-refused $.syscalls[0].errnoRet: json: cannot unmarshal bool",
      crun: "ALLOW; mkdir=ERRNO(1) | wrong-type-ignored, errno-default"),
    DialectRow(
      .entries(#"{"names":["mkdir"],"action":"SCMP_ACT_ERRNO","errnoRet":65635}"#),
      runc: "ALLOW; mkdir=ERRNO(99) | errno-wraps",
      crun: "ALLOW; mkdir=ERRNO(99) | errno-wraps"),
    DialectRow(
      .entries(#"{"names":["mkdir"],"action":"SCMP_ACT_ERRNO","errnoRet":4094}"#),
      runc: "ALLOW; mkdir=ERRNO(4094)",
      crun: "ALLOW; mkdir=ERRNO(4094)"),
    DialectRow(
      .entries(#"{"names":["mkdir"],"action":"SCMP_ACT_ERRNO","errnoRet":4095}"#),
      runc: "refused errno-too-large $.syscalls[0]: two checks on same syscall argument",
      crun: "refused errno-too-large $.syscalls[0]: seccomp_rule_add"),
    DialectRow(
      .entries(#"{"names":["mkdir"],"action":"SCMP_ACT_ERRNO","errnoRet":5000}"#),
      runc: "refused errno-too-large $.syscalls[0]: two checks on same syscall argument",
      crun: "refused errno-too-large $.syscalls[0]: seccomp_rule_add"),
    DialectRow(
      .entries(#"{"names":["mkdir"],"action":"SCMP_ACT_ERRNO","errnoRet":65537}"#),
      runc: "ALLOW; mkdir=ERRNO(1) | errno-wraps",
      crun: "ALLOW; mkdir=ERRNO(1) | errno-wraps"),
    DialectRow(
      .entries(#"{"names":["mkdir"],"action":"SCMP_ACT_ERRNO","errnoRet":0}"#),
      runc: "ALLOW; mkdir=ERRNO(0)",
      crun: "ALLOW; mkdir=ERRNO(0)"),
    DialectRow(
      .entries(#"{"names":["mkdir"],"action":"SCMP_ACT_TRACE","errnoRet":4095}"#),
      runc: "ALLOW; mkdir=TRACE(4095)",
      crun: "ALLOW; mkdir=TRACE(4095)"),
    DialectRow(
      .entries(#"{"names":["mkdir"],"action":"SCMP_ACT_TRACE","errnoRet":65635}"#),
      runc: "ALLOW; mkdir=TRACE(99) | errno-wraps",
      crun: "ALLOW; mkdir=TRACE(99) | errno-wraps"),
    DialectRow(
      .text(
        #"{"defaultAction":"SCMP_ACT_ERRNO","defaultErrnoRet":4094,"#
          + #""architectures":["SCMP_ARCH_X86_64"],"syscalls":[{"names":["mkdir","write","#
          + #""execve","exit","exit_group"],"action":"SCMP_ACT_ALLOW"}]}"#),
      runc: "ERRNO(4094); mkdir=ALLOW; write=ALLOW; execve=ALLOW; exit=ALLOW; exit_group=ALLOW; "
        + "stub 231/-/- | enosys-prologue",
      crun: "ERRNO(4094); mkdir=ALLOW; write=ALLOW; execve=ALLOW; exit=ALLOW; exit_group=ALLOW"),
    DialectRow(
      .text(
        #"{"defaultAction":"SCMP_ACT_ERRNO","defaultErrnoRet":4095,"#
          + #""architectures":["SCMP_ARCH_X86_64"],"syscalls":[{"names":["mkdir","write","#
          + #""execve","exit","exit_group"],"action":"SCMP_ACT_ALLOW"}]}"#),
      runc: "refused errno-too-large $.defaultAction: could not create filter",
      crun: "refused errno-too-large $.defaultAction: error seccomp_init"),
    DialectRow(
      .text(
        #"{"defaultAction":"SCMP_ACT_ERRNO","defaultErrnoRet":65574,"#
          + #""architectures":["SCMP_ARCH_X86_64"],"syscalls":[{"names":["mkdir","write","#
          + #""execve","exit","exit_group"],"action":"SCMP_ACT_ALLOW"}]}"#),
      runc: "ERRNO(38); mkdir=ALLOW; write=ALLOW; execve=ALLOW; exit=ALLOW; exit_group=ALLOW; "
        + "stub 231/-/- | errno-wraps, enosys-prologue",
      crun: "ERRNO(38); mkdir=ALLOW; write=ALLOW; execve=ALLOW; exit=ALLOW; exit_group=ALLOW | "
        + "errno-wraps"),
    DialectRow(
      .text(
        #"{"defaultAction":"SCMP_ACT_ERRNO","defaultErrnoRet":327718,"#
          + #""architectures":["SCMP_ARCH_X86_64"],"syscalls":[{"names":["mkdir","write","#
          + #""execve","exit","exit_group"],"action":"SCMP_ACT_ALLOW"}]}"#),
      runc: "ERRNO(38); mkdir=ALLOW; write=ALLOW; execve=ALLOW; exit=ALLOW; exit_group=ALLOW | "
        + "errno-wraps",
      crun: "ERRNO(38); mkdir=ALLOW; write=ALLOW; execve=ALLOW; exit=ALLOW; exit_group=ALLOW | "
        + "errno-wraps"),
    DialectRow(
      .text(
        #"{"defaultAction":"SCMP_ACT_ERRNO","defaultErrnoRet":38,"#
          + #""architectures":["SCMP_ARCH_X86_64"],"syscalls":[{"names":["mkdir","write","#
          + #""execve","exit","exit_group"],"action":"SCMP_ACT_ALLOW"}]}"#),
      runc: "ERRNO(38); mkdir=ALLOW; write=ALLOW; execve=ALLOW; exit=ALLOW; exit_group=ALLOW; "
        + "stub 231/-/- | enosys-prologue",
      crun: "ERRNO(38); mkdir=ALLOW; write=ALLOW; execve=ALLOW; exit=ALLOW; exit_group=ALLOW"),
    DialectRow(
      .text(
        #"{"defaultAction":"SCMP_ACT_KILL_PROCESS","defaultErrnoRet":327718,"#
          + #""architectures":["SCMP_ARCH_X86_64"],"syscalls":[{"names":["mkdir"],"#
          + #""action":"SCMP_ACT_ALLOW"}]}"#),
      runc: "KILL_PROCESS; mkdir=ALLOW | errno-ignored",
      crun: "refused errno-strictness $.defaultErrnoRet: errno value specified for action "
        + "`SCMP_ACT_KILL_PROCESS`"),
    DialectRow(
      .conditions(#"{"index":1.0,"value":7,"op":"SCMP_CMP_MASKED_EQ","valueTwo":3}"#),
      runc: "refused number-refused $.syscalls[0].args[0].index: json: cannot unmarshal number 1.0",
      crun: "refused number-refused $.syscalls[0].args[0].index: Invalid value '1.0' with type"),
    DialectRow(
      .conditions(#"{"index":1e0,"value":7,"op":"SCMP_CMP_MASKED_EQ","valueTwo":3}"#),
      runc: "refused number-refused $.syscalls[0].args[0].index: json: cannot unmarshal number 1e0",
      crun: "refused number-refused $.syscalls[0].args[0].index: Invalid value '1e0' with type"),
    DialectRow(
      .conditions(#"{"index":-1,"value":7,"op":"SCMP_CMP_MASKED_EQ","valueTwo":3}"#),
      runc: "refused number-refused $.syscalls[0].args[0].index: json: cannot unmarshal number -1",
      crun: "refused number-refused $.syscalls[0].args[0].index: Invalid value '-1' with type"),
    DialectRow(
      .conditions(#"{"index":-0,"value":7,"op":"SCMP_CMP_MASKED_EQ","valueTwo":3}"#),
      runc: "refused number-refused $.syscalls[0].args[0].index: json: cannot unmarshal number -0",
      crun: "ALLOW; mkdir=ERRNO(99) a0 MASKED_EQ 7,3"),
    DialectRow(
      .conditions(#"{"index":-18446744073709551614,"value":7,"op":"SCMP_CMP_MASKED_EQ","valueTwo":3}"#),
      runc: "refused number-refused $.syscalls[0].args[0].index: json: cannot unmarshal number "
        + "-18446744073709551614",
      crun: "ALLOW; mkdir=ERRNO(99) a2 MASKED_EQ 7,3 | negative-number-wraps"),
    DialectRow(
      .conditions(#"{"index":18446744073709551615,"value":7,"op":"SCMP_CMP_MASKED_EQ","valueTwo":3}"#),
      runc: "refused argument-index-refused $.syscalls[0].args[0].index: syscalls only have up "
        + "to 6 arguments",
      crun: "refused number-refused $.syscalls[0].args[0].index: Invalid value "
        + "'18446744073709551615' with type"),
    DialectRow(
      .conditions(#"{"index":4294967296,"value":7,"op":"SCMP_CMP_MASKED_EQ","valueTwo":3}"#),
      runc: "refused argument-index-refused $.syscalls[0].args[0].index: syscalls only have up "
        + "to 6 arguments",
      crun: "refused number-refused $.syscalls[0].args[0].index: Invalid value '4294967296' with "
        + "type"),
    DialectRow(
      .conditions(#"{"index":6,"value":7,"op":"SCMP_CMP_MASKED_EQ","valueTwo":3}"#),
      runc: "refused argument-index-refused $.syscalls[0].args[0].index: syscalls only have up "
        + "to 6 arguments",
      crun: "refused argument-index-refused $.syscalls[0].args[0].index: invalid seccomp index"),
    DialectRow(
      .conditions(#"{"index":0,"value":1e0,"op":"SCMP_CMP_MASKED_EQ","valueTwo":3}"#),
      runc: "refused number-refused $.syscalls[0].args[0].value: json: cannot unmarshal number 1e0",
      crun: "refused number-refused $.syscalls[0].args[0].value: Invalid value '1e0' with type"),
    DialectRow(
      .conditions(#"{"index":0,"value":-1,"op":"SCMP_CMP_MASKED_EQ","valueTwo":3}"#),
      runc: "refused number-refused $.syscalls[0].args[0].value: json: cannot unmarshal number -1",
      crun: "ALLOW; mkdir=ERRNO(99) a0 MASKED_EQ 18446744073709551615,3 | negative-number-wraps"),
    DialectRow(
      .conditions(#"{"index":0,"value":-5,"op":"SCMP_CMP_MASKED_EQ","valueTwo":3}"#),
      runc: "refused number-refused $.syscalls[0].args[0].value: json: cannot unmarshal number -5",
      crun: "ALLOW; mkdir=ERRNO(99) a0 MASKED_EQ 18446744073709551611,3 | negative-number-wraps"),
    DialectRow(
      .conditions(#"{"index":0,"value":-18446744073709551614,"op":"SCMP_CMP_MASKED_EQ","valueTwo":3}"#),
      runc: "refused number-refused $.syscalls[0].args[0].value: json: cannot unmarshal number "
        + "-18446744073709551614",
      crun: "ALLOW; mkdir=ERRNO(99) a0 MASKED_EQ 2,3 | negative-number-wraps"),
    DialectRow(
      .conditions(#"{"index":0,"value":18446744073709551616,"op":"SCMP_CMP_MASKED_EQ","valueTwo":3}"#),
      runc: "refused number-refused $.syscalls[0].args[0].value: json: cannot unmarshal number "
        + "18446744073709551616",
      crun: "refused number-refused $.syscalls[0].args[0].value: Invalid value "
        + "'18446744073709551616' with type"),
    DialectRow(
      .conditions(#"{"index":0,"value":7,"op":"SCMP_CMP_MASKED_EQ","valueTwo":-1}"#),
      runc: "refused number-refused $.syscalls[0].args[0].valueTwo: json: cannot unmarshal "
        + "number -1",
      crun: "ALLOW; mkdir=ERRNO(99) a0 MASKED_EQ 7,18446744073709551615 | negative-number-wraps"),
    DialectRow(
      .conditions(#"{"index":0,"value":7,"op":"SCMP_CMP_MASKED_EQ","valueTwo":18446744073709551615}"#),
      runc: "ALLOW; mkdir=ERRNO(99) a0 MASKED_EQ 7,18446744073709551615",
      crun: "ALLOW; mkdir=ERRNO(99) a0 MASKED_EQ 7,18446744073709551615"),
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
  ]
}
