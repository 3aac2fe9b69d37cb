/// The text as such: what is no object, unknown and repeated keys, letter case, wrong types.
extension DialectRow {
  static let text: [DialectRow] = [
    DialectRow(
      .text("[]"),
      runc: "refused wrong-type-refused $: json: cannot unmarshal array",
      crun: "unfiltered | wrong-type-ignored, no-filter"),
    DialectRow(
      .text(#""x""#),
      runc: "refused wrong-type-refused $: json: cannot unmarshal string",
      crun: "unfiltered | wrong-type-ignored, no-filter"),
    DialectRow(
      .text("5"),
      runc: "refused wrong-type-refused $: json: cannot unmarshal number",
      crun: "unfiltered | wrong-type-ignored, no-filter"),
    DialectRow(
      .text("true"),
      runc: "refused wrong-type-refused $: json: cannot unmarshal bool",
      crun: "unfiltered | wrong-type-ignored, no-filter"),
    DialectRow(
      .text("null"),
      runc: "unfiltered | no-filter",
      crun: "unfiltered | no-filter"),
    DialectRow(
      .text("{}"),
      runc: "unfiltered | no-filter",
      crun: "refused missing-field-refused $: Required field 'defaultAction' not present"),
    DialectRow(
      .text(#"{"flags":["X"]}"#),
      runc: "unfiltered | no-filter",
      crun: "refused missing-field-refused $: Required field 'defaultAction' not present"),
    DialectRow(
      .text(#"{"architectures":["bogus"]}"#),
      runc: "unfiltered | no-filter",
      crun: "refused missing-field-refused $: Required field 'defaultAction' not present"),
    DialectRow(
      .text(#"{"defaultAction":""}"#),
      runc: "unfiltered | no-filter",
      crun: "refused unknown-action-refused $.defaultAction: invalid seccomp action ``"),
    DialectRow(
      .text(#"{"defaultAction":"","syscalls":[]}"#),
      runc: "unfiltered | no-filter",
      crun: "refused unknown-action-refused $.defaultAction: invalid seccomp action ``"),
    DialectRow(
      .text(#"{"defaultAction":null}"#),
      runc: "unfiltered | no-filter",
      crun: "refused missing-field-refused $: Required field 'defaultAction' not present"),
    DialectRow(
      .text(#"{"syscalls":[{"names":["mkdir"],"action":"SCMP_ACT_ERRNO","errnoRet":99}]}"#),
      runc: "refused unknown-action-refused $.defaultAction: is not a valid action for seccomp",
      crun: "refused missing-field-refused $: Required field 'defaultAction' not present"),
    DialectRow(
      .text(#"{"defaultAction":5}"#),
      runc: "refused wrong-type-refused $.defaultAction: json: cannot unmarshal number",
      crun: "refused missing-field-refused $: Required field 'defaultAction' not present"),
    DialectRow(
      .text(
        #"{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["mkdir"],"#
          + #""action":"SCMP_ACT_ERRNO","errnoRet":99}]}"#),
      runc: "ALLOW; mkdir=ERRNO(99)",
      crun: "ALLOW; mkdir=ERRNO(99)"),
    DialectRow(
      .field(#""frobnicate":1"#),
      runc: "ALLOW; mkdir=ERRNO(99) | unknown-field-ignored",
      crun: "ALLOW; mkdir=ERRNO(99) | unknown-field-ignored"),
    DialectRow(
      .conditions(#"{"index":0,"value":1,"op":"SCMP_CMP_EQ","x":1}"#),
      runc: "ALLOW; mkdir=ERRNO(99) a0 EQ 1 | unknown-field-ignored",
      crun: "ALLOW; mkdir=ERRNO(99) a0 EQ 1 | unknown-field-ignored"),
    DialectRow(
      .entries(#"{"name":"mkdir","action":"SCMP_ACT_ERRNO","errnoRet":99}"#),
      runc: "ALLOW | singular-name-ignored, entry-without-names",
      crun: "refused missing-field-refused $.syscalls[0]: Required field 'names' not present"),
    DialectRow(
      .entries(#"{"name":"rmdir","names":["mkdir"],"action":"SCMP_ACT_ERRNO","errnoRet":99}"#),
      runc: "ALLOW; mkdir=ERRNO(99) | singular-name-ignored",
      crun: "ALLOW; mkdir=ERRNO(99) | singular-name-ignored"),
    DialectRow(
      .entries(#"{"names":null,"action":"SCMP_ACT_ERRNO","errnoRet":99}"#),
      runc: "ALLOW | entry-without-names",
      crun: "refused missing-field-refused $.syscalls[0]: Required field 'names' not present"),
    DialectRow(
      .entries(#"{"names":[],"action":"SCMP_ACT_ERRNO","errnoRet":99}"#),
      runc: "ALLOW | entry-without-names",
      crun: "ALLOW | entry-without-names"),
    DialectRow(
      .entries(#"{"names":"mkdir","action":"SCMP_ACT_ERRNO","errnoRet":99}"#),
      runc: "refused wrong-type-refused $.syscalls[0].names: json: cannot unmarshal string",
      crun: "refused missing-field-refused $.syscalls[0]: Required field 'names' not present"),
    DialectRow(
      .entries(#"{"names":["mkdir",5],"action":"SCMP_ACT_ERRNO","errnoRet":99}"#),
      runc: "refused wrong-type-refused $.syscalls[0].names[1]: json: cannot unmarshal number",
      crun: "ALLOW; mkdir=ERRNO(99) | wrong-type-ignored, unknown-name-skipped"),
    DialectRow(
      .entries(#"{"names":["mkdir",null],"action":"SCMP_ACT_ERRNO","errnoRet":99}"#),
      runc: "refused empty-name-refused $.syscalls[0].names[1]: empty string is not a valid syscall",
      crun: "ALLOW; mkdir=ERRNO(99) | wrong-type-ignored, unknown-name-skipped"),
    DialectRow(
      .entries(#"{"Names":["mkdir"],"ACTION":"SCMP_ACT_ERRNO","ErrnoRet":99}"#),
      runc: "ALLOW; mkdir=ERRNO(99) | letter-case-ignored, letter-case-ignored, letter-case-ignored",
      crun: "refused missing-field-refused $.syscalls[0]: Required field 'names' not present"),
    DialectRow(
      .text(
        #"{"DefaultAction":"SCMP_ACT_ALLOW","SYSCALLS":[{"names":["mkdir"],"#
          + #""action":"SCMP_ACT_ERRNO","errnoRet":99}]}"#),
      runc: "ALLOW; mkdir=ERRNO(99) | letter-case-ignored, letter-case-ignored",
      crun: "refused missing-field-refused $: Required field 'defaultAction' not present"),
    DialectRow(
      .entries(#"{"nameſ":["mkdir"],"action":"SCMP_ACT_ERRNO","errnoRet":99}"#),
      runc: "ALLOW; mkdir=ERRNO(99) | letter-case-ignored",
      crun: "refused missing-field-refused $.syscalls[0]: Required field 'names' not present"),
    DialectRow(
      .entries(#"{"names":["mkdir"],"Names":["rmdir"],"action":"SCMP_ACT_ERRNO","errnoRet":99}"#),
      runc: "ALLOW; rmdir=ERRNO(99) | letter-case-ignored, repeated-key",
      crun: "ALLOW; mkdir=ERRNO(99) | unknown-field-ignored"),
    DialectRow(
      .entries(#"{"Names":["rmdir"],"names":["mkdir"],"action":"SCMP_ACT_ERRNO","errnoRet":99}"#),
      runc: "ALLOW; mkdir=ERRNO(99) | letter-case-ignored, repeated-key",
      crun: "ALLOW; mkdir=ERRNO(99) | unknown-field-ignored"),
    DialectRow(
      .entries(#"{"names":["mkdir"],"action":"SCMP_ACT_ERRNO","action":"SCMP_ACT_TRAP"}"#),
      runc: "ALLOW; mkdir=TRAP | repeated-key",
      crun: "ALLOW; mkdir=ERRNO(1) | repeated-key, errno-default"),
    DialectRow(
      .field(#""defaultAction":"SCMP_ACT_LOG""#),
      runc: "LOG; mkdir=ERRNO(99) | repeated-key",
      crun: "ALLOW; mkdir=ERRNO(99) | repeated-key"),
    DialectRow(
      .entries(
        #"{"names":["mkdir"],"action":"SCMP_ACT_ERRNO","errnoRet":99}],"#
          + #""syscalls":[{"names":["rmdir"],"action":"SCMP_ACT_ERRNO","errnoRet":98}"#),
      runc: "ALLOW; rmdir=ERRNO(98) | repeated-key",
      crun: "ALLOW; mkdir=ERRNO(99) | repeated-key"),
    DialectRow(
      .entries(
        #"{"names":["mkdir"],"action":"SCMP_ACT_ERRNO","errnoRet":99,"args":[{"index":0,"#
          + #""value":7,"op":"SCMP_CMP_EQ"}]}],"syscalls":[{"names":["rmdir"],"#
          + #""action":"SCMP_ACT_ERRNO"}"#),
      runc: "ALLOW; rmdir=ERRNO(99) a0 EQ 7 | repeated-key, leftover-value",
      crun: "ALLOW; mkdir=ERRNO(99) a0 EQ 7 | repeated-key"),
    DialectRow(
      .entries(
        #"{"names":["mkdir"],"action":"SCMP_ACT_ERRNO","errnoRet":99}],"syscalls":[],"#
          + #""syscalls":[{"names":["rmdir"],"action":"SCMP_ACT_ERRNO"}"#),
      runc: "ALLOW; rmdir=ERRNO(1) | repeated-key, repeated-key, errno-default",
      crun: "ALLOW; mkdir=ERRNO(99) | repeated-key, repeated-key"),
    DialectRow(
      .entries(
        #"{"names":["mkdir"],"action":"SCMP_ACT_ERRNO","errnoRet":99},{"names":["mkdir"],"#
          + #""action":"SCMP_ACT_ERRNO","errnoRet":99}],"syscalls":[{"names":["rmdir"],"#
          + #""action":"SCMP_ACT_ERRNO"}],"syscalls":[{"names":["rmdir"],"#
          + #""action":"SCMP_ACT_ERRNO"},{"names":["chdir"],"action":"SCMP_ACT_ERRNO"}"#),
      runc: "ALLOW; rmdir=ERRNO(99); chdir=ERRNO(99) | repeated-key, leftover-value, "
        + "repeated-key, leftover-value, leftover-value",
      crun: "ALLOW; mkdir=ERRNO(99); mkdir=ERRNO(99) | repeated-key, repeated-key"),
    DialectRow(
      .entries(
        #"{"names":["mkdir","rmdir"],"names":[null,"chdir"],"action":"SCMP_ACT_ERRNO","#
          + #""errnoRet":99}"#),
      runc: "ALLOW; mkdir=ERRNO(99); chdir=ERRNO(99) | repeated-key, leftover-value",
      crun: "ALLOW; mkdir=ERRNO(99); rmdir=ERRNO(99) | repeated-key"),
    DialectRow(
      .entries(
        #"{"names":["mkdir"],"names":null,"names":[null],"action":"SCMP_ACT_ERRNO","#
          + #""errnoRet":99}"#),
      runc: "refused empty-name-refused $.syscalls[0].names[0]: empty string is not a valid syscall",
      crun: "ALLOW; mkdir=ERRNO(99) | repeated-key, repeated-key"),
    DialectRow(
      .entries(#"{"names":["mkdir"],"action":"SCMP_ACT_ERRNO","errnoRet":99,"errnoRet":98}"#),
      runc: "ALLOW; mkdir=ERRNO(98) | repeated-key",
      crun: "ALLOW; mkdir=ERRNO(99) | repeated-key"),
    DialectRow(
      .entries(#"{"names":["mkdir"],"action":"SCMP_ACT_ERRNO","errnoRet":99,"errnoRet":null}"#),
      runc: "ALLOW; mkdir=ERRNO(1) | repeated-key, errno-default",
      crun: "ALLOW; mkdir=ERRNO(99) | repeated-key"),
    DialectRow(
      .entries(#"{"names":"x","names":["mkdir"],"action":"SCMP_ACT_ERRNO","errnoRet":99}"#),
      runc: "refused wrong-type-refused $.syscalls[0].names: json: cannot unmarshal string",
      crun: "refused missing-field-refused $.syscalls[0]: Required field 'names' not present"),
    DialectRow(
      .conditions(#"{"index":1,"value":7,"op":"SCMP_CMP_EQ"}],"args":[{"op":"SCMP_CMP_GT"}"#),
      runc: "ALLOW; mkdir=ERRNO(99) a1 GT 7 | repeated-key, missing-field-is-zero, "
        + "missing-field-is-zero, leftover-value",
      crun: "ALLOW; mkdir=ERRNO(99) a1 EQ 7 | repeated-key"),
    DialectRow(
      .entries(#"{"names\u0000":["mkdir"],"action":"SCMP_ACT_ERRNO"}"#),
      runc: "ALLOW | unknown-field-ignored, entry-without-names, errno-default",
      crun: "ALLOW; mkdir=ERRNO(1) | nul-cuts-string, errno-default"),
    DialectRow(
      .entries(#"{"names":["mk\ud800dir","mkdir"],"action":"SCMP_ACT_ERRNO"}"#),
      runc: "ALLOW; mkdir=ERRNO(1) | unknown-name-skipped, errno-default",
      crun: "ALLOW; mkdir=ERRNO(1) | unknown-name-skipped, errno-default"),
  ]
}
