import ClassicBPF
import Probing
import SeccompModel
import Testing

/// A filter that answers the same to everything.
func always(_ verdict: UInt32) -> Filter { Filter([Instruction(code: 0x06, k: verdict)]) }

let allowAll: UInt32 = 0x7fff_0000

/// Both ways to survive kills; the results must not differ.
let ways = [Probe.Options(), Probe.Options(usesFallback: true)]

@Suite("The probe on this kernel", .serialized)
struct ProbeTests {
  /// The outcomes of one call of each entry path under a stack.
  func outcomes(
    _ stack: [Filter], shield: Shield = .standard, options: Probe.Options = .init(), rax: UInt64 = 39
  ) throws -> [Outcome?] {
    let probe = try Probe(options)
    try probe.install(stack, shield: shield)
    probe.calls[0] = Call(.syscall, rax: rax)
    probe.calls[1] = Call(.int80, rax: rax)
    _ = try probe.run(count: 2)
    return [probe.outcome(0), probe.outcome(1)]
  }

  @Test("every action is seen on both entry paths, with and without SUSPEND_SECCOMP", arguments: ways)
  func actions(options: Probe.Options) throws {
    let table: [(UInt32, Outcome)] = [
      (0x0005_0000, .returned(0)), (0x0005_0001, .returned(-1)), (0x0005_ffff, .returned(-4095)),
      (0x8000_0000, .died(signal: 31)), (0x0000_0000, .died(signal: 31)), (0x0001_0000, .died(signal: 31)),
      (0x7ff0_0005, .returned(-4077)), (0x7fc0_0000, .returned(-4077)), (0x7ffc_0000, .returned(-4077)),
      (allowAll, .returned(-4077)),
    ]
    for (verdict, outcome) in table {
      #expect(
        try outcomes([always(verdict)], options: options) == [outcome, outcome],
        "verdict \(String(verdict, radix: 16))")
    }
  }

  @Test("SIGSYS tells number, architecture, address, data and rax", arguments: ways)
  func trapDetails(options: Probe.Options) throws {
    let probe = try Probe(options)
    try probe.install([always(0x0003_beef)])
    let rax: UInt64 = 0x7_0000_0027
    probe.calls[0] = Call(.syscall, rax: rax)
    probe.calls[1] = Call(.int80, rax: rax)
    _ = try probe.run(count: 2)
    let ips = probe.instructionPointers
    #expect(
      probe.outcome(0)
        == .trapped(
          TrapDetails(
            errno: 0xbeef, number: 39, architecture: AuditToken.x86_64, callAddress: ips.syscall, rax: rax)))
    #expect(
      probe.outcome(1)
        == .trapped(
          TrapDetails(
            errno: 0xbeef, number: 39, architecture: AuditToken.i386, callAddress: ips.int80, rax: 39)))
  }

  @Test("the TRACE shield tells TRACE, NOTIFY and the allowed calls apart", arguments: ways)
  func traceShield(options: Probe.Options) throws {
    let table: [(UInt32, Outcome)] = [
      (allowAll, .traced(message: 999)), (0x7ffc_0000, .traced(message: 999)),
      (0x7ff0_0005, .traced(message: 5)), (0x7fc0_0000, .returned(-38)), (0x0005_0007, .returned(-7)),
      (0x8000_0000, .died(signal: 31)),
    ]
    for (verdict, outcome) in table {
      #expect(
        try outcomes([always(verdict)], shield: .trace(marker: 999), options: options) == [outcome, outcome],
        "verdict \(String(verdict, radix: 16))")
    }
    guard
      case .trapped(let details) = try outcomes(
        [always(0x0003_0007)], shield: .trace(marker: 9), options: options)[0]
    else {
      Issue.record("a TRAP under the TRACE shield did not reach the handler")
      return
    }
    #expect(details.errno == 7)
  }

  @Test("the newest filter's data wins a tie, a stronger older filter wins outright")
  func stacks() throws {
    #expect(try outcomes([always(0x0005_0007), always(0x0005_0009)])[0] == .returned(-9))
    #expect(try outcomes([always(0x8000_0000), always(0x0005_0009)])[0] == .died(signal: 31))
    #expect(try outcomes([always(0x0005_0005), always(allowAll)])[0] == .returned(-5))
  }

  @Test("five thousand kills leave every call with its own result", arguments: ways)
  func manyKills(options: Probe.Options) throws {
    // kill odd numbers, errno 3 for even ones: LD nr; JSET #1; RET kill; RET errno
    let filter = Filter([
      Instruction(code: 0x20, k: 0), Instruction(code: 0x45, jumpTrue: 0, jumpFalse: 1, k: 1),
      Instruction(code: 0x06, k: 0x8000_0000), Instruction(code: 0x06, k: 0x0005_0003),
    ])
    let probe = try Probe(options)
    try probe.install([filter])
    let count = 10_000
    // From 1000 on: no table holds these numbers, and the kernel exempts none of them from filters.
    for index in 0..<count { probe.calls[index] = Call(.syscall, rax: UInt64(1000 + index)) }
    let report = try probe.run(count: count)
    #expect(report.kills == count / 2)
    for index in 0..<count {
      #expect(probe.outcome(index) == (index % 2 == 1 ? .died(signal: 31) : .returned(-3)))
    }
  }

  @Test("a rejected filter is an error that names the filter, and the probe goes on")
  func rejectedFilter() throws {
    let probe = try Probe()
    let bad = Filter([Instruction(code: 0x20, k: 64), Instruction(code: 0x06, k: 0)])
    #expect(throws: ProbeError.setUp(stage: .filter, filter: 1, errno: 22)) {
      try probe.install([always(allowAll), bad])
    }
    try probe.install([always(0x0005_0009)])
    probe.calls[0] = Call(.syscall, rax: 39)
    _ = try probe.run(count: 1)
    #expect(probe.outcome(0) == .returned(-9))
  }

  /// Three calls, of which the second is allowed and really executed.
  private func run(_ call: Call, patience: Int64) throws -> (report: Probe.BatchReport, outcomes: [Outcome?])
  {
    let probe = try Probe()
    let only = Filter([
      Instruction(code: 0x20, k: 0),
      Instruction(code: 0x15, jumpTrue: 0, jumpFalse: 1, k: UInt32(call.rax)),
      Instruction(code: 0x06, k: allowAll), Instruction(code: 0x06, k: 0x0005_0007),
    ])
    try probe.install([only], shield: .unshielded)
    for index in 0..<3 { probe.calls[index] = index == 1 ? call : Call(.syscall, rax: 39) }
    let report = try probe.run(count: 3, patience: patience)
    return (report, (0..<3).map(probe.outcome))
  }

  @Test("a call that never returns is marked, and the batch goes on behind it")
  func hang() throws {
    // pause(2): the one call that waits for nothing.
    let (report, outcomes) = try run(Call(.syscall, rax: 34), patience: 200_000_000)
    #expect(report.hangs == 1)
    #expect(outcomes == [.returned(-7), .hung, .returned(-7)])
  }

  @Test("a call that is late is made once more, and has its answer")
  func late() throws {
    // poll(2) of nothing, for half a second.
    let poll = Call(.syscall, rax: 7, arguments: Arguments(0, 0, 500))
    let (report, outcomes) = try run(poll, patience: 100_000_000)
    #expect((report.hangs, report.losses) == (0, 0))
    #expect(outcomes == [.returned(-7), .returned(0), .returned(-7)])
  }
}
