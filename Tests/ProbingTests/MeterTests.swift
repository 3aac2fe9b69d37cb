import ClassicBPF
import Glibc
import Probing
import SeccompModel
import Testing

@Suite("The meter", .timeLimit(.minutes(30)))
struct MeterTests {
  private static let some = MeterTask.Subject.calls(perBlock: 20, blocks: 5)

  private static func meter() throws -> Meter {
    try Meter(processor: try #require((0..<64).first { Self.canRun(on: $0) }))
  }

  /// A meter of no task says whether a processor is to be had.
  private static func canRun(on processor: Int) -> Bool {
    (try? Meter(processor: processor).run(MeterTask(.hold, rax: 0))) != nil
  }

  private static func filter(_ action: Action) -> Filter {
    Filter([
      .load(.number), .jump(equal: UInt32(MeterTask.getppid), then: 0, otherwise: 1), .return(action),
      .return(.allow),
    ])
  }

  @Test("makes the call for real, by either entry, and times each block")
  func calls() throws {
    let meter = try Self.meter()
    let native = try meter.run(MeterTask(Self.some, rax: MeterTask.getppid))
    // The meter is a child of this process.
    #expect(native.firstResult == Int64(getpid()))
    #expect(native.lastResult == Int64(getpid()))
    #expect(native.perCall.count == 5)
    #expect(native.perCall.allSatisfy { $0 > 0 })
    #expect(native.paces.count == 5)
    #expect(native.paces.allSatisfy { $0 > 0 })
    #expect(native.installationPaces.isEmpty)
    let compat = try meter.run(MeterTask(Self.some, rax: MeterTask.getppid32, entry: .int80))
    #expect(compat.firstResult == Int64(getpid()))
  }

  @Test("hands all six arguments over")
  func arguments() throws {
    let meter = try Self.meter()
    let instructions = (0..<6).flatMap { index -> [Instruction] in
      [
        .load(absolute: 16 + 8 * UInt32(index)),
        .jump(equal: UInt32(index + 1), then: 1, otherwise: 0), .return(.errno(UInt16(100 + index))),
      ]
    }
    let filter = Filter(
      [.load(.number), .jump(equal: UInt32(MeterTask.getppid), then: 1, otherwise: 0), .return(.allow)]
        + instructions + [.return(.errno(777))])
    for entry in [MeterTask.Entry.syscall, .int80] {
      // By int $0x80 the number 110 is another call, which the filter denies as well.
      var task = MeterTask(Self.some, rax: MeterTask.getppid, under: [filter], entry: entry)
      task.arguments = [1, 2, 3, 4, 5, 6]
      #expect(try meter.run(task).lastResult == -777)
    }
  }

  @Test("sees every denial as what it is")
  func denials() throws {
    let meter = try Self.meter()
    let errno = try meter.run(
      MeterTask(Self.some, rax: MeterTask.getppid, under: [Self.filter(.errno(999))]))
    #expect(errno.lastResult == -999)
    let trap = try meter.run(
      MeterTask(Self.some, rax: MeterTask.getppid, under: [Self.filter(.trap(1))]))
    #expect(trap.traps >= 100)
    var notify = MeterTask(Self.some, rax: MeterTask.getppid, under: [Self.filter(.notify)])
    notify.listener = MeterTask.Listener()
    let answered = try meter.run(notify)
    #expect(answered.answers >= 100)
    #expect(answered.lastResult == 0)
  }

  @Test(
    "ends children as it is told",
    arguments: [(MeterTask.Death.call, SIGSYS), (.undefinedInstruction, SIGILL), (.exit, 0)])
  func deaths(death: MeterTask.Death, signal: Int32) throws {
    let reading = try Self.meter().run(
      MeterTask(
        .deaths(death, perBlock: 3, blocks: 2), rax: MeterTask.getppid, under: [Self.filter(.killProcess)]))
    #expect(reading.firstResult & 0x7f == Int64(signal))
    #expect(reading.perCall.count == 2)
  }

  @Test("says which filter the kernel refused")
  func refused() throws {
    let bad = Filter([.load(absolute: 2), .return(.allow)])
    #expect(throws: ProbeError.meterFailed(.filter(1), errno: EINVAL)) {
      try Self.meter().run(
        MeterTask(Self.some, rax: MeterTask.getppid, under: [Filter([.return(.allow)]), bad]))
    }
  }

  @Test("that is killed by its filter is no measurement")
  func killed() throws {
    #expect(throws: ProbeError.meterEnded(status: SIGSYS)) {
      try Self.meter().run(
        MeterTask(Self.some, rax: MeterTask.getppid, under: [Self.filter(.killProcess)]))
    }
  }

  @Test("times installations and single calls")
  func others() throws {
    let meter = try Self.meter()
    let filter = Filter([.return(.allow)])
    let held = try meter.run(MeterTask(.hold, rax: 0, under: Array(repeating: filter, count: 300)))
    #expect(held.installations.count == 300)
    #expect(held.installations.allSatisfy { $0 > 0 })
    let latencies = try meter.run(MeterTask(.latencies(500), rax: MeterTask.getppid)).latencies
    #expect(latencies.count == 500)
    #expect(latencies.allSatisfy { $0 > 0 })
  }

  @Test("counts what the kernel counts of the process")
  func counter() throws {
    guard Meter.obstacle(to: .contextSwitches) == 0 else {
      try Test.cancel("perf_event_open(2) is not allowed here")
    }
    let reading = try Self.meter().run(
      MeterTask(Self.some, rax: MeterTask.getppid), counting: .contextSwitches)
    #expect(reading.count != nil)
  }
}
