import ClassicBPF
import Prediction
import SeccompModel
import Testing

@testable import Proving

/// Filters that tell numbers and architectures apart without comparing them with a constant.
@Suite("Numbers and architectures that are told of together", .timeLimit(.minutes(30)))
struct RegionProofTests {
  private static let allow = Filter([.return(.allow)])

  /// ALLOW where these instructions leave a word that passes the test, ERRNO(1) elsewhere.
  private static func filter(_ instructions: Instruction...) -> Filter {
    Filter(instructions + [.return(.allow), .return(.errno(1))])
  }

  /// Filters with few borders: everything about them can be told.
  static let few: [(name: String, filter: Filter)] = [
    ("a bit of the number", filter(.load(.number), .jump(anyBit: 0x4000_0000, then: 1, otherwise: 0))),
    (
      "two bits of the number",
      filter(.load(.number), .and(0xa000_0000), .jump(equal: 0x2000_0000, then: 0, otherwise: 1))
    ),
    (
      "a difference",
      filter(.load(.number), .operation(.subtractK, 100), .jump(greater: 50, then: 0, otherwise: 1))
    ),
    (
      "a constant in X",
      filter(
        .load(.number), .loadX(immediate: 57),
        Instruction(.jumpEqualX, jumpTrue: 0, jumpFalse: 1, k: 0))
    ),
    (
      "a number, of calls with one argument",
      filter(
        .load(.low(argument: 0)), .jump(equal: 3, then: 0, otherwise: 3), .load(.number),
        .operation(.xorK, 0x55), .jump(equal: 0, then: 0, otherwise: 1))
    ),
    (
      "an architecture that nobody has",
      filter(.load(.architecture), .jump(equal: 0x1234, then: 0, otherwise: 1))
    ),
    (
      "an architecture by way of X",
      filter(
        .load(.architecture), .loadX(immediate: 0x4321),
        Instruction(.jumpEqualX, jumpTrue: 0, jumpFalse: 1, k: 0))
    ),
  ]

  /// What is told of an input: by each region that holds it the two verdicts.
  private static func told(_ result: SideComparisonResult, of input: SeccompData) -> [[UInt32]] {
    let token = result.architectures.contains(input.architecture) ? input.architecture : nil
    return result.differences.filter { region in
      region.architecture == token && region.numbers.contains(input.number)
        && region.calls.alternatives.contains { $0.allSatisfy { $0.atom.holds(for: input) == $0.holds } }
    }.map { [$0.one, $0.other] }
  }

  private static let inputs: [SeccompData] = {
    let numbers: [UInt32] =
      [0, 1, 56, 57, 58, 0x55, 99, 100, 150, 151].flatMap { number in
        [0, 0x2000_0000, 0x4000_0000, 0x8000_0000, 0xa000_0000, 0xc000_0000].map { number | $0 }
      } + [.max, 0x1fff_ffff, 0x3fff_ffff, 0xbfff_ffff]
    let tokens: [UInt32] = [AuditToken.x86_64, AuditToken.i386, 0, 0x1234, 0x4321, .max, 0xc000_00b7]
    return numbers.flatMap { number in
      tokens.flatMap { token in
        [UInt64(0), 3].map { value in
          var input = SeccompData(number: number, architecture: token)
          input.arguments[0] = value
          return input
        }
      }
    }
  }()

  @Test("are split where a filter answers them otherwise", arguments: few)
  func split(_ name: String, _ filter: Filter) throws {
    let result = try SideComparison(.filter(filter), .filter(Self.allow)).run()
    #expect(result.unfinished == nil)
    for input in Self.inputs {
      let verdicts = [filter, Self.allow].map { $0.evaluate(input).meaning.rawValue }
      #expect(Self.told(result, of: input) == (verdicts[0] == verdicts[1] ? [] : [verdicts]), "\(input)")
    }
  }

  @Test(
    "are not said to be alike where a filter tells more apart than can be told; what is told is true",
    arguments: [DataWord.number, .architecture])
  func unfinished(_ word: DataWord) throws {
    let even = Self.filter(.load(word), .and(2), .jump(equal: 0, then: 0, otherwise: 1))
    let odd = Self.filter(.load(word), .and(2), .jump(equal: 2, then: 0, otherwise: 1))
    let result = try SideComparison(.filter(even), .filter(odd)).run()
    #expect(result.unfinished != nil && !result.isProvedEqual)
    #expect(Set(result.differences.map(\.one)).count == 2, "both directions are told")
    for input in Self.inputs {
      let verdicts = [even, odd].map { $0.evaluate(input).meaning.rawValue }
      #expect([[], [verdicts]].contains(Self.told(result, of: input)), "\(input)")
    }
    for region in result.differences {
      #expect(region.one == even.evaluate(region.witness).meaning.rawValue)
      #expect(region.other == odd.evaluate(region.witness).meaning.rawValue)
    }
  }

  @Test("of a program that returns what it loads end with some of its answers, and say so")
  func answers() throws {
    let filter = Filter([.load(.low(argument: 0)), .returnA])
    let result = try SideComparison.everything(of: .filter(filter), limits: ProofLimits())
    #expect(result.unfinished?.contains("answers to the calls of one number") == true)
    #expect(!result.differences.isEmpty && result.differences.count <= 1000)
  }
}
