import ClassicBPF
import Glibc
import Probing
import SeccompModel
import Testing

@Suite("Live calls", .serialized, .enabled(if: geteuid() == 0, "live mode needs root for its namespaces"))
struct LiveRunTests {
  @Test("under an allowing filter every live call does what it does without one")
  func allowed() throws {
    let run = try LiveRun.run(stack: [always(allowAll)], entryPaths: [.syscall, .int80])
    #expect(run.unstable.isEmpty)
    #expect(run.observations.count > 800)
    for observation in run.observations {
      #expect(observation.observed == observation.baseline, "\(observation.call)")
    }
  }

  @Test("under a denying filter none is executed, but for the exempt uprobe call")
  func denied() throws {
    let run = try LiveRun.run(stack: [always(0x0005_0f00)], entryPaths: [.syscall, .int80])
    let different = run.observations.filter { $0.observed != .returned(-0xf00) }
    #expect(different.allSatisfy { $0.call.entryPath == .syscall && $0.call.number == 336 })
  }
}
