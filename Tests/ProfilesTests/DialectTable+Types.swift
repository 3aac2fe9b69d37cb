/// Values of the wrong type, and null.
extension DialectRow {
  static let types: [DialectRow] = [
    DialectRow(
      .field(#""architectures":{}"#),
      runc: "refused wrong-type-refused $.architectures: json: cannot unmarshal object",
      crun: "ALLOW; mkdir=ERRNO(99) | wrong-type-ignored"),
    DialectRow(
      .field(#""flags":null"#),
      runc: "ALLOW; mkdir=ERRNO(99)",
      crun: "ALLOW; mkdir=ERRNO(99)"),
    DialectRow(
      .field(#""flags":"X""#),
      runc: "refused wrong-type-refused $.flags: json: cannot unmarshal string",
      crun: "ALLOW; mkdir=ERRNO(99) | wrong-type-ignored"),
    DialectRow(
      .field(#""flags":{}"#),
      runc: "refused wrong-type-refused $.flags: json: cannot unmarshal object",
      crun: "ALLOW; mkdir=ERRNO(99) | wrong-type-ignored"),
    DialectRow(
      .field(#""listenerPath":null"#),
      runc: "ALLOW; mkdir=ERRNO(99)",
      crun: "ALLOW; mkdir=ERRNO(99)"),
    DialectRow(
      .field(#""listenerPath":5"#),
      runc: "refused wrong-type-refused $.listenerPath: json: cannot unmarshal number",
      crun: "ALLOW; mkdir=ERRNO(99) | wrong-type-ignored"),
    DialectRow(
      .field(#""defaultErrnoRet":null"#),
      runc: "ALLOW; mkdir=ERRNO(99)",
      crun: "ALLOW; mkdir=ERRNO(99)"),
    DialectRow(
      .field(#""defaultErrnoRet":"5""#),
      runc: "refused wrong-type-refused $.defaultErrnoRet: json: cannot unmarshal string",
      crun: "ALLOW; mkdir=ERRNO(99) | wrong-type-ignored"),
    DialectRow(
      .text(
        #"{"defaultAction":"SCMP_ACT_ERRNO","defaultErrnoRet":"38","#
          + #""syscalls":[{"names":["mkdir"],"action":"SCMP_ACT_ALLOW"}]}"#),
      runc: "refused wrong-type-refused $.defaultErrnoRet: json: cannot unmarshal string",
      crun: "ERRNO(1); mkdir=ALLOW | wrong-type-ignored, errno-default"),
    DialectRow(
      .text(#"{"defaultAction":"SCMP_ACT_ALLOW","syscalls":null}"#),
      runc: "ALLOW",
      crun: "ALLOW"),
    DialectRow(
      .text(#"{"defaultAction":"SCMP_ACT_ALLOW","syscalls":{}}"#),
      runc: "refused wrong-type-refused $.syscalls: json: cannot unmarshal object",
      crun: "ALLOW | wrong-type-ignored"),
    DialectRow(
      .text(#"{"defaultAction":"SCMP_ACT_ALLOW","syscalls":"x"}"#),
      runc: "refused wrong-type-refused $.syscalls: json: cannot unmarshal string",
      crun: "ALLOW | wrong-type-ignored"),
    DialectRow(
      .text(#"{"defaultAction":"SCMP_ACT_ALLOW","syscalls":5}"#),
      runc: "refused wrong-type-refused $.syscalls: json: cannot unmarshal number",
      crun: "ALLOW | wrong-type-ignored"),
    DialectRow(
      .entries("null"),
      runc: "refused unknown-action-refused $.syscalls[0].action: is not a valid action for seccomp",
      crun: "refused missing-field-refused $.syscalls[0]: Required field 'names' not present"),
    DialectRow(
      .entries("5"),
      runc: "refused wrong-type-refused $.syscalls[0]: json: cannot unmarshal number",
      crun: "refused missing-field-refused $.syscalls[0]: Required field 'names' not present"),
    DialectRow(
      .entries(#""x""#),
      runc: "refused wrong-type-refused $.syscalls[0]: json: cannot unmarshal string",
      crun: "refused missing-field-refused $.syscalls[0]: Required field 'names' not present"),
    DialectRow(
      .entries("[]"),
      runc: "refused wrong-type-refused $.syscalls[0]: json: cannot unmarshal array",
      crun: "refused missing-field-refused $.syscalls[0]: Required field 'names' not present"),
    DialectRow(
      .entries("{}"),
      runc: "refused unknown-action-refused $.syscalls[0].action: is not a valid action for seccomp",
      crun: "refused missing-field-refused $.syscalls[0]: Required field 'names' not present"),
    DialectRow(
      .entries(#"{"names":["mkdir"],"action":"SCMP_ACT_ERRNO","errnoRet":99,"args":null}"#),
      runc: "ALLOW; mkdir=ERRNO(99)",
      crun: "ALLOW; mkdir=ERRNO(99)"),
    DialectRow(
      .entries(#"{"names":["mkdir"],"action":"SCMP_ACT_ERRNO","errnoRet":99,"args":{}}"#),
      runc: "refused wrong-type-refused $.syscalls[0].args: json: cannot unmarshal object",
      crun: "ALLOW; mkdir=ERRNO(99) | wrong-type-ignored"),
    DialectRow(
      .entries(#"{"names":["mkdir"],"action":"SCMP_ACT_ERRNO","errnoRet":99,"args":5}"#),
      runc: "refused wrong-type-refused $.syscalls[0].args: json: cannot unmarshal number",
      crun: "ALLOW; mkdir=ERRNO(99) | wrong-type-ignored"),
    DialectRow(
      .conditions(""),
      runc: "ALLOW; mkdir=ERRNO(99)",
      crun: "ALLOW; mkdir=ERRNO(99)"),
    DialectRow(
      .conditions("null"),
      runc: "refused unknown-operator-refused $.syscalls[0].args[0].op: is not a valid operator "
        + "for seccomp",
      crun: "refused missing-field-refused $.syscalls[0].args[0]: Required field 'op' not present"),
    DialectRow(
      .conditions("{}"),
      runc: "refused unknown-operator-refused $.syscalls[0].args[0].op: is not a valid operator "
        + "for seccomp",
      crun: "refused missing-field-refused $.syscalls[0].args[0]: Required field 'op' not present"),
    DialectRow(
      .entries(#"{"names":["mkdir"],"action":null,"errnoRet":99}"#),
      runc: "refused unknown-action-refused $.syscalls[0].action: is not a valid action for seccomp",
      crun: "refused missing-field-refused $.syscalls[0]: Required field 'action' not present"),
    DialectRow(
      .entries(#"{"names":["mkdir"],"action":5,"errnoRet":99}"#),
      runc: "refused wrong-type-refused $.syscalls[0].action: json: cannot unmarshal number",
      crun: "refused missing-field-refused $.syscalls[0]: Required field 'action' not present"),
    DialectRow(
      .entries(#"{"names":["mkdir"],"errnoRet":99}"#),
      runc: "refused unknown-action-refused $.syscalls[0].action: is not a valid action for seccomp",
      crun: "refused missing-field-refused $.syscalls[0]: Required field 'action' not present"),
    DialectRow(
      .entries(#"{"names":["mkdir"],"action":""}"#),
      runc: "refused unknown-action-refused $.syscalls[0].action: is not a valid action for seccomp",
      crun: "refused unknown-action-refused $.syscalls[0].action: invalid seccomp action ``"),
    DialectRow(
      .conditions(#"{"index":null,"value":7,"op":"SCMP_CMP_MASKED_EQ","valueTwo":3}"#),
      runc: "ALLOW; mkdir=ERRNO(99) a0 MASKED_EQ 7,3 | missing-field-is-zero",
      crun: "ALLOW; mkdir=ERRNO(99) a0 MASKED_EQ 7,3 | missing-field-is-zero"),
    DialectRow(
      .conditions(#"{"index":"1","value":7,"op":"SCMP_CMP_MASKED_EQ","valueTwo":3}"#),
      runc: "refused wrong-type-refused $.syscalls[0].args[0].index: json: cannot unmarshal string",
      crun: "ALLOW; mkdir=ERRNO(99) a0 MASKED_EQ 7,3 | wrong-type-ignored, missing-field-is-zero"),
    DialectRow(
      .conditions(#"{"index":true,"value":7,"op":"SCMP_CMP_MASKED_EQ","valueTwo":3}"#),
      runc: "refused wrong-type-refused $.syscalls[0].args[0].index: json: cannot unmarshal bool",
      crun: "ALLOW; mkdir=ERRNO(99) a0 MASKED_EQ 7,3 | wrong-type-ignored, missing-field-is-zero"),
    DialectRow(
      .conditions(#"{"index":0,"value":null,"op":"SCMP_CMP_MASKED_EQ","valueTwo":3}"#),
      runc: "ALLOW; mkdir=ERRNO(99) a0 MASKED_EQ 0,3 | missing-field-is-zero",
      crun: "ALLOW; mkdir=ERRNO(99) a0 MASKED_EQ 0,3 | missing-field-is-zero"),
    DialectRow(
      .conditions(#"{"index":0,"value":"1","op":"SCMP_CMP_MASKED_EQ","valueTwo":3}"#),
      runc: "refused wrong-type-refused $.syscalls[0].args[0].value: json: cannot unmarshal string",
      crun: "ALLOW; mkdir=ERRNO(99) a0 MASKED_EQ 0,3 | wrong-type-ignored, missing-field-is-zero"),
    DialectRow(
      .conditions(#"{"value":7,"op":"SCMP_CMP_EQ"}"#),
      runc: "ALLOW; mkdir=ERRNO(99) a0 EQ 7 | missing-field-is-zero",
      crun: "ALLOW; mkdir=ERRNO(99) a0 EQ 7 | missing-field-is-zero"),
    DialectRow(
      .conditions(#"{"index":1,"op":"SCMP_CMP_EQ"}"#),
      runc: "ALLOW; mkdir=ERRNO(99) a1 EQ 0 | missing-field-is-zero",
      crun: "ALLOW; mkdir=ERRNO(99) a1 EQ 0 | missing-field-is-zero"),
    DialectRow(
      .conditions(#"{"index":1,"value":7}"#),
      runc: "refused unknown-operator-refused $.syscalls[0].args[0].op: is not a valid operator "
        + "for seccomp",
      crun: "refused missing-field-refused $.syscalls[0].args[0]: Required field 'op' not present"),
    DialectRow(
      .conditions(#"{"index":1,"value":7,"op":null}"#),
      runc: "refused unknown-operator-refused $.syscalls[0].args[0].op: is not a valid operator "
        + "for seccomp",
      crun: "refused missing-field-refused $.syscalls[0].args[0]: Required field 'op' not present"),
  ]
}
