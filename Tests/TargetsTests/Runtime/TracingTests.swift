import ClassicBPF
import Foundation
import Testing

@testable import Targets

/// Against a program that plays the runtime and does one thing.
@Suite("The guardian's tracing", .needs(), .timeLimit(.minutes(30)))
struct TracingTests {
  private func capture(
    _ mode: String, payload: Payload = .exits, deadline: Duration = .seconds(120),
    grace: Duration = .seconds(60)
  ) throws -> Capture {
    let container = try Container(
      .test(.unconfined, payload: payload, deadline: deadline, grace: grace), on: TestPrograms.runtime(mode))
    let capture = try container.awaitEnd()
    #expect(remains(of: container.place) == [])
    return capture
  }

  /// The program that mode's `numbered` makes.
  private func numbered(_ number: UInt32) -> Filter {
    Filter([
      Instruction(code: 0x20), Instruction(code: 0x04, k: number), Instruction(code: 0x06, k: 0x7fff_0000),
    ])
  }

  @Test("sees filters by both calls, in order, and reads the stack from the oldest")
  func stack() throws {
    let capture = try capture("stack")
    #expect(capture.installations.map(\.filter) == [numbered(1), numbered(2), numbered(3)])
    #expect(capture.installations.map(\.flags) == [0, 2, 0])
    #expect(capture.installations.map(\.route) == [.seccomp, .seccomp, .prctl])
    #expect(
      capture.stack == [
        InstalledFilter(filter: numbered(1), isLogged: false),
        InstalledFilter(filter: numbered(2), isLogged: true),
        InstalledFilter(filter: numbered(3), isLogged: false),
      ])
    #expect(capture.output == "payload")
  }

  @Test("sees those that come by the 32-bit entry")
  func entry32() throws {
    let capture = try capture("entry32")
    #expect(capture.installations.map(\.filter) == [numbered(4), numbered(5)])
    #expect(capture.installations.map(\.route) == [.seccomp, .prctl])
    #expect(capture.installations.map(\.flags) == [2, 0])
    #expect(capture.stack?.map(\.filter) == [numbered(4), numbered(5)])
  }

  @Test("keeps what the kernel refused, with its answer, and leaves questions without a program out")
  func refused() throws {
    let capture = try capture("refused")
    #expect(capture.installations.map(\.result) == [EINVAL, EFAULT, EFAULT, EINVAL].map { -Int64($0) })
    #expect(capture.installations.map(\.filter.count) == [3, 0, 0, 5000])
    #expect(capture.stack == [])
    #expect(capture.output == "payload")
  }

  @Test("says of an installation that killed its task that it never returned")
  func killed() throws {
    let capture = try capture("killed")
    #expect(capture.installations.map(\.result) == [0, Installation.noResult])
    #expect(capture.stack?.count == 1)
    #expect(capture.ending == .signalled(SIGSYS))
  }

  @Test("follows sixteen threads that install at once, and the payload's start by one that is not the first")
  func threads() throws {
    let capture = try capture("threads")
    #expect(Set(capture.installations.map(\.filter)) == Set((100..<116).map { numbered($0) }))
    #expect(Set(capture.installations.map(\.process)).count == 16)
    // Each thread is bound by its own filter only, and the one that execs keeps it.
    #expect(capture.stack?.count == 1)
    #expect(capture.output == "payload")
  }

  @Test("neither loses nor doubles signals, and lets a stopped process be stopped")
  func stops() throws {
    #expect(try capture("stops").ending == .exited(20))
  }

  @Test("follows many short processes, by fork, vfork and clone")
  func storm() throws {
    let capture = try capture("storm")
    #expect(capture.installations.map(\.filter) == [numbered(8)])
    #expect(capture.output == "payload")
  }

  @Test("ends processes that no tracer may follow")
  func untraced() throws {
    #expect(try capture("untraced").ending == .exited(3))
  }

  @Test("waits for a payload that outlives its runtime")
  func detached() throws {
    let container = try Container(.test(.unconfined, payload: .sleeps), on: TestPrograms.runtime("detaches"))
    guard case .started(let process, _) = try container.awaitPayload() else {
      Issue.record("the payload did not start")
      return
    }
    sleep(2)
    #expect(isRunning(process))
    #expect(try container.finish().ending == .stopped)
    #expect(!isRunning(process))
  }

  @Test("ends a runtime that hangs, by the deadline")
  func hang() throws {
    #expect(try capture("hangs", deadline: .seconds(1)).ending == .timedOut)
  }

  @Test("ends a runtime that installs and starts nothing, by the grace")
  func dawdle() throws {
    let capture = try capture("dawdles", deadline: .seconds(100_000), grace: .milliseconds(100))
    #expect(capture.ending == .timedOut)
    #expect(capture.stack?.map(\.filter) == [numbered(9)])
  }

  @Test("keeps the first 64 KiB of a runtime that writes for ever, and ends it")
  func babble() throws {
    let capture = try capture("babbles", deadline: .seconds(1))
    #expect(capture.ending == .timedOut)
    #expect(capture.output.utf8.count == 64 << 10)
  }
}
