import ClassicBPF
import SeccompModel
import Testing

@Suite("the disassembler")
struct DisassemblerTests {
  @Test("names architectures, calls, argument halves and actions; jumps are absolute")
  func snapshot() {
    #expect(
      SampleFilters.small.disassembly == """
           0: ld   arch
           1: jeq  #0xc000003e (x86_64), 4, 2
           2: jeq  #0x40000003 (x86), 17, 3
           3: ret  KILL_PROCESS
           4: ld   nr
           5: jge  #0x40000000 (x32 read), 6, 7
           6: jeq  #0x40000027 (x32 getpid), 20, 19
           7: jeq  #0 (read), 20, 8
           8: jeq  #135 (personality), 9, 19
           9: ld   args[0].high
          10: jeq  #0x0, 11, 19
          11: ld   args[0].low
          12: jgt  #0x8, 19, 13
          13: ld   args[1].low
          14: and  #0xff00
          15: jeq  #0x1200, 20, 19
          16: ret  TRACE(7)
          17: ld   nr
          18: jeq  #20 (getpid), 20, 19
          19: ret  ERRNO(38)
          20: ret  ALLOW

        """)
  }

  @Test("every operation has its line")
  func operations() {
    let filter = Filter(
      Opcode.allCases.map { Instruction($0, jumpTrue: 1, jumpFalse: 2, k: 4) } + [
        Instruction(code: 0xabcd, jumpTrue: 1, jumpFalse: 2, k: 3), .return(0x1000_0000),
        .return(0x7fff_0009),
        .return(.killThread), .return(.notify), .return(.log), .return(.trap(2)),
      ])
    #expect(
      Disassembler(filter).lines.map { String($0.dropFirst(6)) } == [
        "ld   arch", "ld   len", "ld   #0x4", "ld   M[4]", "ldx  len", "ldx  #0x4",
        "ldx  M[4]", "st   M[4]", "stx  M[4]", "tax", "txa", "add  #0x4", "add  x", "sub  #0x4", "sub  x",
        "mul  #0x4",
        "mul  x", "div  #0x4", "div  x", "or   #0x4", "or   x", "and  #0x4", "and  x", "lsh  #4", "lsh  x",
        "rsh  #4",
        "rsh  x", "xor  #0x4", "xor  x", "neg", "jmp  35", "jeq  #0x4, 33, 34", "jeq  x, 34, 35",
        "jgt  #0x4, 35, 36",
        "jgt  x, 36, 37", "jge  #0x4, 37, 38", "jge  x, 38, 39", "jset #0x4, 39, 40", "jset x, 40, 41",
        "ret  KILL_THREAD(4)", "ret  a",
        ".code 0xabcd, 1, 2, 0x3", "ret  0x10000000", "ret  ALLOW(9)", "ret  KILL_THREAD", "ret  USER_NOTIF",
        "ret  LOG", "ret  TRAP(2)",
      ])
  }

  @Test("a name is given only where it is certain")
  func certainty() {
    // The two ways to 4 differ in the architecture; before 2 it is not known at all.
    let filter = Filter([
      .load(.number), .jump(equal: 39, then: 0, otherwise: 0), .load(.architecture),
      .jump(equal: AuditToken.i386, then: 1, otherwise: 0), .load(.architecture), .load(.number),
      .jump(equal: 39, then: 0, otherwise: 0), .and(0xff), .jump(equal: 39, then: 0, otherwise: 0),
      .return(0),
    ])
    #expect(!filter.disassembly.contains("getpid"))
    #expect(!filter.disassembly.contains("mkdir"))
    #expect(filter.disassembly.contains("1: jeq  #39, 2, 2"))
    #expect(filter.disassembly.contains("8: jeq  #0x27, 9, 9"))
  }
}
