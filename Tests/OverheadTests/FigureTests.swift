import ClassicBPF
import Probing
import SeccompModel
import Testing

@testable import Overhead

@Suite("Figures")
struct FigureTests {
  /// A session of quiet processes with one block each.
  private static func data(_ values: [String: [Double]]) -> SessionData {
    var data = SessionData()
    for (id, values) in values {
      for value in values { data.append(Sample(times: [value], paces: [1]), to: id) }
    }
    data.rounds = values.first?.value.count ?? 0
    return data
  }

  @Test("a slope is that of the line through the points")
  func slope() throws {
    let weights = Figure.slope([(1, "a"), (2, "b"), (4, "c")])
    let data = Self.data(["a": [12, 12], "b": [14, 14], "c": [18, 18]])
    let figure = Figure("s", "s", .entry, weights)
    let result = try #require(Judge(data, controls: [], bootstrap: Bootstrap()).result(figure))
    #expect(abs(result.estimate - 2) < 1e-9)
  }

  @Test(
    "processes that ran while something slowed the processor do not count, and of the others only the quiet blocks"
  )
  func quiet() {
    var data = SessionData()
    for round in 0..<100 {
      let isSlow = round % 5 < 2
      // In a quiet process, one block of four is disturbed; its pace tells.
      data.append(
        Sample(
          times: isSlow ? [150, 150, 150, 150] : [100, 100, 180, 100],
          paces: isSlow ? [1.6, 1.7, 1.5, 1.6] : [1, 1.01, 1.6, 1]), to: "a")
    }
    data.rounds = 100
    let times = QuietTimes(data)
    #expect(times.counted["a"] == (0..<100).filter { $0 % 5 >= 2 })
    #expect(abs(times.share - 0.6) < 1e-9)
    #expect(times.counted["a"]?.allSatisfy { times.times["a"]?[$0] == 100 } == true)
    #expect(QuietTimes(data, all: true).counted["a"]?.count == 100)
  }

  @Test("where hardly anything is quiet, the least disturbed quarter counts")
  func restless() {
    var data = SessionData()
    for round in 0..<100 {
      // Another condition is quiet, so that what quiet is, is known.
      data.append(Sample(times: [1], paces: [1]), to: "quiet")
      data.append(Sample(times: [Double(round)], paces: [2 + Double(round * 37 % 100)]), to: "a")
    }
    data.rounds = 100
    let counted = QuietTimes(data).counted["a"] ?? []
    #expect(counted == (0..<100).filter { $0 * 37 % 100 < 25 })
  }

  @Test("a difference is taken round by round: what both share is no noise")
  func paired() throws {
    let shared = (0..<40).map { Double($0 * $0 % 17) }
    let data = Self.data(["a": shared.map { 100 + $0 }, "b": shared.map { 103 + $0 }])
    let judge = Judge(data, controls: [], bootstrap: Bootstrap())
    let result = try #require(judge.result(Figure("d", "d", .entry, ["b": 1, "a": -1])))
    #expect(abs(result.estimate - 3) < 1e-9)
    #expect(result.within.halfWidth < 1e-9)
    // Another run may differ in its speed.
    #expect(abs(result.interval.halfWidth - 3 * Figure.ofCalls) < 1e-9)
    #expect(result.isResolved)
  }

  @Test("a difference within the noise floor is not resolved, however narrow its interval")
  func floor() throws {
    let steady = [Double](repeating: 10, count: 40)
    let noisy = (0..<40).map { 10 + Double($0 % 5) - 2 }
    let data = Self.data([
      "a": steady, "a'": noisy, "b": steady.map { $0 + 0.01 }, "c": steady.map { $0 + 5 },
    ])
    let control = Figure("A/A", "A/A", .control, ["a'": 1, "a": -1])
    let judge = Judge(data, controls: [control], bootstrap: Bootstrap())
    #expect(judge.noiseFloor > 0.01)
    #expect(try #require(judge.result(Figure("b", "b", .entry, ["b": 1, "a": -1]))).isResolved == false)
    #expect(try #require(judge.result(Figure("c", "c", .entry, ["c": 1, "a": -1]))).isResolved)
    #expect(judge.result(Figure("x", "x", .entry, ["none": 1])) == nil)
  }

  @Test("relations hold, fail, or are undecided by their whole interval")
  func relations() throws {
    func verdict(_ kind: Figure.Relation.Kind, _ difference: [Double]) throws -> RelationResult.Verdict {
      let steady = [Double](repeating: 50, count: difference.count)
      let data = Self.data(["a": difference.map { 50 + $0 }, "b": steady, "c": steady, "d": steady])
      var figure = Figure("r", "r", .relations, ["a": 1, "b": -1])
      figure.relation = .init(kind: kind, sides: [["a": 1], ["b": 1]])
      return try #require(Judge(data, controls: [], bootstrap: Bootstrap()).relation(figure)).verdict
    }
    let quiet = (0..<40).map { Double($0 % 3) * 0.01 }
    #expect(try verdict(.about, quiet) == .holds)
    #expect(try verdict(.about, quiet.map { $0 + 4 }) == .holds)
    #expect(try verdict(.about, quiet.map { $0 + 6 }) == .fails)
    #expect(try verdict(.about, (0..<40).map { $0 % 2 == 0 ? 0 : 10 }) == .undecided)
    #expect(try verdict(.atMost, quiet.map { $0 - 5 }) == .holds)
    #expect(try verdict(.atMost, quiet.map { $0 + 5 }) == .fails)
  }

  @Test("an assertion is judged by the whole interval")
  func assertions() throws {
    let assertion = try #require(BenchAssertion("entry < 40ns"))
    #expect(assertion.figure == "entry")
    #expect(assertion.verdict(Interval(low: 30, high: 39)) == .holds)
    #expect(assertion.verdict(Interval(low: 40, high: 45)) == .fails)
    #expect(assertion.verdict(Interval(low: 39, high: 41)) == .undecided)
    #expect(try #require(BenchAssertion("kill<=1.5us")).limit == 1500)
    #expect(try #require(BenchAssertion("list-tree>0")).relation == .greater)
    for wrong in ["entry", "<40", "entry<", "entry<4x", "entry=4", "entry<<4", "entry<4 weeks"] {
      #expect(BenchAssertion(wrong) == nil, "\(wrong)")
    }
  }
}
