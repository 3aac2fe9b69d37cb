import ClassicBPF
import Generation
import Probing
import Profiles
import Proving
import SeccompModel
import Testing

@testable import Campaign

@Suite("Ways through a filter in a check", .timeLimit(.minutes(30)))
struct CheckWaysTests {
  /// One side of the second test on personality's argument is taken by two values in 2^64 only.
  private static func checking() throws -> Checking {
    let profile = Profile(
      defaultAction: .errno(1),
      entries: [
        .init(
          names: ["personality"], action: .allow,
          conditions: [Condition(index: 0, .equal, value: 0x1234_5678_9abc_def0)]),
        .init(names: ["getpid", "read"], action: .allow),
      ])
    let options = CheckOptions(document: ProfileDocument(source: "test", profile: profile, form: .docker))
    var checking = Checking(
      options: options,
      workbench: try Workbench(Workbench.Options(), features: try FeatureProbe.detect()))
    #expect(try checking.compile() == nil)
    try checking.enumerate()
    return checking
  }

  @Test("all that some call takes are taken, by one call for each way at least")
  func all() throws {
    var checking = try Self.checking()
    try checking.answerAll { _ in }
    let report = try checking.report()
    let edges = try #require(report.coverage.edges)
    #expect(report.agrees && edges.missed.isEmpty)
    #expect(edges.feasible == edges.taken && edges.open == 0 && edges.beyond == 0)
    #expect(edges.taken + edges.impossible == (checking.prepared?.filter.edges.count ?? 0))
    let taken = try #require(edges.pathsTaken)
    #expect(Double(taken) + (edges.pathsImpossible ?? -1) == edges.paths && edges.pathsOpen == 0)
  }

  @Test("a side that some call takes and no call made took is a failure, with its instruction")
  func missed() throws {
    var checking = try Self.checking()
    checking.calls.removeAll { $0.arguments.a0 == 0x1234_5678_9abc_def0 }
    try checking.answerAll { _ in }
    let report = try checking.report()
    let edges = try #require(report.coverage.edges)
    #expect(report.differences.isEmpty && !report.agrees)
    #expect(!edges.missed.isEmpty && edges.feasible == edges.taken + edges.missed.count)
    #expect(edges.missed.contains { $0.contains("0x9abcdef0") }, "\(edges.missed)")
  }

  @Test("what no call does by the proof and one did is a failure, with its instructions")
  func contradiction() throws {
    var checking = try Self.checking()
    try checking.answerAll { _ in }
    #expect(checking.contradictions.isEmpty)
    let filter = try #require(checking.prepared?.filter)
    let coverage = try #require(checking.coverage)
    let edge = try #require(filter.edges.first { coverage.contains($0) })
    checking.ways.impossible.insert(edge)
    let report = try checking.report()
    #expect(!report.agrees && report.differences.map(\.count) == [1])
    checking.ways.impossible.remove(edge)
    // A filter of the same length of which the first and the last instruction run only.
    var jumping = filter.instructions
    jumping[0] = .jump(UInt32(filter.count - 2))
    checking.paths = try FilterPaths(of: Filter(jumping), architectures: [AuditToken.x86_64])
    #expect(checking.contradictions.first.map { $0.count > 5 } == true)
  }

  @Test("as many ways as no integer counts are told all the same")
  func manyWays() throws {
    var checking = try Self.checking()
    checking.ways.paths?.undecided = 2e30
    #expect(checking.edgesLeftOut.contains { $0.hasPrefix("10^30 paths") })
    #expect([0, 5000, 1e6, .infinity].map(WayCount.words) == ["0", "5000", "10^6", "10^400"])
  }
}
