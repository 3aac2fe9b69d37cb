import ClassicBPF
import Probing
import SeccompModel
import Testing

@testable import Overhead

@Suite("The plan")
struct PlanTests {
  private static let getppid = SeccompData(
    number: UInt32(MeterTask.getppid), architecture: AuditToken.x86_64, instructionPointer: 0,
    arguments: Arguments())

  @Test("has filters that the kernel takes and that allow getppid")
  func filters() throws {
    let plan = Plan.standard(otherProcessor: 0)
    #expect(plan.conditions.count > 50)
    for condition in plan.conditions where condition.outcome == .succeeds {
      for filter in condition.task.filters where condition.task.entry == .syscall {
        _ = try FilterEvaluator(filter)
        #expect(filter.evaluate(Self.getppid) == Action.allow.verdict, "\(condition.id)")
      }
    }
  }

  @Test("has filters of the length that it says, which the cache does not answer for")
  func lengths() {
    for length in Plan.lengths + Plan.longLengths {
      let filter = SyntheticFilters.length(length)
      #expect(filter.count == length)
      #expect(!filter.isCached(number: 110, architecture: AuditToken.x86_64))
    }
    #expect(SyntheticFilters.allowAll.isCached(number: 110, architecture: AuditToken.x86_64))
    #expect(SyntheticFilters.installed(1003, cached: true).count == 1002)
    #expect(SyntheticFilters.installed(1003, cached: false).count == 1003)
    #expect(
      SyntheticFilters.installed(1003, cached: true).isCached(number: 110, architecture: AuditToken.x86_64))
    #expect(
      !SyntheticFilters.installed(1003, cached: false).isCached(number: 110, architecture: AuditToken.x86_64))
  }

  @Test("has lists and trees that know their number, and no other")
  func lists() {
    for filter in [
      SyntheticFilters.list(of: 400, number: 110, at: 199),
      SyntheticFilters.tree(of: 400, number: 110, at: 199),
    ] {
      #expect(filter.evaluate(Self.getppid) == Action.allow.verdict)
      var other = Self.getppid
      other.number = 109
      #expect(filter.evaluate(other) == Action.errno(SyntheticFilters.denial).verdict)
    }
  }

  @Test("has rules on arguments that look at each of them", arguments: 0...6)
  func arguments(count: Int) {
    let filter = SyntheticFilters.arguments(count)
    for index in 0..<6 {
      for value in [UInt64(1), 1 << 32] {
        var data = Self.getppid
        data.arguments[index] = value
        let expected: Action = index < count ? .errno(SyntheticFilters.denial) : .allow
        #expect(filter.evaluate(data) == expected.verdict, "argument \(index) of \(count)")
      }
    }
  }

  @Test("leaves out with a condition what is made of it, and nothing else")
  func without() {
    let whole = Plan.standard(otherProcessor: 1)
    let plan = whole.without(["int80, no filter"])
    #expect(plan.conditions.count == whole.conditions.count - 1)
    #expect(
      Set(whole.figures.map(\.id)).subtracting(plan.figures.map(\.id)) == [
        "int80.native", "int80.entry", "int80.miss", "int80-syscall",
      ])
  }

  @Test("works every figure out of what is timed")
  func figures() {
    let plan = Plan.standard(otherProcessor: 1)
    let timed = Set(plan.conditions.map(\.id))
    #expect(timed.count == plan.conditions.count)
    for figure in plan.figures + plan.controls {
      #expect(!figure.weights.isEmpty)
      #expect(Set(figure.weights.keys).isSubset(of: timed), "\(figure.id)")
    }
    #expect(Set(plan.figures.map(\.id)).count == plan.figures.count)
  }
}
