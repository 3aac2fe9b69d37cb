import Prediction
import Profiles
import SeccompModel
import Testing

@testable import Proving

@Suite("Two texts of which one leaves answers open", .timeLimit(.minutes(30)))
struct ContestedTests {
  /// getpid is ALLOW, and ERRNO(2) as well when its argument is 1.
  private static let open = policy(
    Rule(name: "getpid", action: .allow),
    Rule(name: "getpid", action: .errno(2), conditions: [Condition(index: 0, .equal, value: 1)]))

  private static func policy(_ rules: Rule...) -> Side {
    .policy(PolicyOracle(rules: rules, defaultAction: .errno(1)))
  }

  private static func verdicts(_ regions: [RegionDifference]) -> [RegionDifference.Permitted] {
    regions.filter { $0.numbers == 39...39 && $0.architecture == AuditToken.x86_64 }.map(\.permitted)
  }

  @Test("differ where no answer is right by both")
  func apart() throws {
    let result = try SideComparison(Self.open, Self.policy(Rule(name: "getpid", action: .killProcess))).run()
    #expect(result.unfinished == nil && !result.isProvedEqual)
    let kill = Action.killProcess.verdict.rawValue
    let (allow, errno) = (Action.allow.verdict.rawValue, Action.errno(2).verdict.rawValue)
    #expect(
      Set(Self.verdicts(result.differences)) == [
        .init(one: [allow], other: [kill]), .init(one: [errno, allow], other: [kill]),
      ])
    #expect(Self.verdicts(result.contested).isEmpty)
  }

  @Test("are contested where one answer is right by both and another is not")
  func shared() throws {
    let result = try SideComparison(Self.open, Self.policy(Rule(name: "getpid", action: .allow))).run()
    #expect(result.isProvedEqual)
    let (allow, errno) = (Action.allow.verdict.rawValue, Action.errno(2).verdict.rawValue)
    #expect(Self.verdicts(result.contested) == [.init(one: [errno, allow], other: [allow])])
  }

  @Test("are equal where both leave the same open")
  func same() throws {
    let result = try SideComparison(Self.open, Self.open).run()
    #expect(result.isProvedEqual && result.contested.isEmpty)
  }
}
