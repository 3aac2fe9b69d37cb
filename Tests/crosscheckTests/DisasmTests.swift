import ClassicBPF
import Foundation
import Testing

@Suite("disasm")
struct DisasmTests {
  /// ld arch; jeq x86_64; ld nr; jeq getpid; ret ERRNO(38); ret ALLOW; ret KILL_PROCESS
  static let filter = Filter([
    Instruction(code: 0x20, k: 4),
    Instruction(code: 0x15, jumpTrue: 0, jumpFalse: 4, k: 0xc000_003e),
    Instruction(code: 0x20, k: 0),
    Instruction(code: 0x15, jumpTrue: 0, jumpFalse: 1, k: 39),
    Instruction(code: 0x06, k: 0x0005_0026),
    Instruction(code: 0x06, k: 0x7fff_0000),
    Instruction(code: 0x06, k: 0x8000_0000),
  ])

  @Test("prints the bytes of a filter with names")
  func text() async throws {
    let scratch = try Scratch()
    let run = try await Tool.run(["disasm", try scratch.file("f.bpf", Self.filter.bytes)])
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
    try Snapshot.expect(run.output, "disasm.txt")
  }

  @Test("prints the same as JSON")
  func json() async throws {
    let scratch = try Scratch()
    let run = try await Tool.run(["disasm", "--json", try scratch.file("f.bpf", Self.filter.bytes)])
    #expect(run.status == 0)
    try Snapshot.expect(run.output, "disasm.json")
  }

  @Test("prints a filter that the kernel would refuse, and says so")
  func refused() async throws {
    let scratch = try Scratch()
    let endless = try scratch.file("f.bpf", Filter([Instruction(code: 0x20, k: 4)]).bytes)
    let run = try await Tool.run(["disasm", endless])
    #expect(run.status == 0)
    #expect(run.output.contains("ld   arch"))
    #expect(run.errors.contains("would not take this filter"))
    #expect(run.errors.contains("the last instruction is no RET"))
    let json = try await Tool.run(["disasm", "--json", endless])
    #expect(json.output.contains(#""rejection" : "#))
  }

  @Test("compiles a profile first when told so, with the settings given")
  func profile() async throws {
    let scratch = try Scratch()
    let profile = try scratch.file(
      "p.json",
      """
      {"defaultAction": "SCMP_ACT_ALLOW", "architectures": ["SCMP_ARCH_X86_64"],
       "syscalls": [{"names": ["getcwd"], "action": "SCMP_ACT_ERRNO", "errnoRet": 77}]}
      """)
    let run = try await Tool.run(["disasm", "--profile", "--bad-architecture", "errno=99", profile])
    #expect(run.status == 0)
    for words in ["getcwd", "ERRNO(77)", "ERRNO(99)", "ALLOW"] { #expect(run.output.contains(words)) }
  }
}
