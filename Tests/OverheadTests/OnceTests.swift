import CLinux
import Testing

@testable import Overhead

@Suite("What is measured once")
struct OnceTests {
  private struct Fault: Error {}

  private static var part: OncePart<Int> {
    OncePart(name: "memory", items: (1...4).map { (name: "item \($0)", item: $0) })
  }

  @Test("goes on after what fails, which is told")
  func failure() {
    let (results, skips) = Self.part.measured(until: Interruption()) { item in
      if item == 2 { throw Fault() }
      return item
    }
    #expect(results == [1, 3, 4])
    #expect(skips == ["memory, item 2: Fault()"])
  }

  @Test("ends when it is interrupted, between two items and within one, and keeps what is done")
  func interruption() {
    for isWithin in [false, true] {
      let interruption = Interruption()
      let (results, skips) = Self.part.measured(until: interruption) { item in
        if item == (isWithin ? 3 : 2) { interruption.request() }
        if isWithin { try interruption.check() }
        return item
      }
      #expect(results == [1, 2])
      #expect(skips == ["memory: interrupted before item 3"])
    }
  }

  @Test(
    "does not begin when it was interrupted before, for each of the three parts", .timeLimit(.minutes(30)))
  func before() throws {
    let interruption = Interruption()
    let bench = try Bench(Bench.Options(extent: "test", seconds: 0.1, tool: "test"), until: interruption)
    interruption.request()
    let (distributions, undistributed) = bench.distributions(without: [])
    #expect(distributions.isEmpty)
    #expect(undistributed == ["distributions: interrupted before the clock alone"])
    let (memory, unmeasured) = bench.memory()
    #expect(memory.isEmpty)
    #expect(unmeasured.count == 1)
    let (counts, uncounted) = bench.counts()
    #expect(counts.isEmpty)
    #expect(uncounted.count == 1)
  }
}

@Suite("The clock")
struct TickRateTests {
  @Test("that went back, or stood, is an error that says so; else it has a rate")
  func back() throws {
    let begin = clinux_clock_pair(ticks: 1000, nanoseconds: 50)
    #expect(
      try TickRate.measured(from: begin, to: clinux_clock_pair(ticks: 1400, nanoseconds: 250)) == 0.5)
    #expect(throws: OverheadError.clockWentBack(ticks: 300)) {
      try TickRate.measured(from: begin, to: clinux_clock_pair(ticks: 700, nanoseconds: 250))
    }
    #expect(throws: OverheadError.clockWentBack(ticks: 0)) {
      try TickRate.measured(from: begin, to: clinux_clock_pair(ticks: 1000, nanoseconds: 250))
    }
  }
}

@Suite("What is known of a counting")
struct CountingRemarkTests {
  @Test("is that the command failed, and that it was cut off")
  func remarks() throws {
    let workload = try #require(
      Workload(source: "ls /none", entries: [.init(.x86_64, 39, count: 1)]))
    var counted = CountedCommand(workload: workload, ending: .exited(0), cut: nil, tasks: 1)
    #expect(counted.remarks.isEmpty)
    counted.ending = .exited(2)
    counted.cut = .limit
    #expect(
      counted.remarks == [
        "the workload: ls /none ended with exit status 2",
        "the workload: ls /none was cut off, as its time was up",
      ])
  }
}
