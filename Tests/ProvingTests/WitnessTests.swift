import ClassicBPF
import SeccompModel
import Testing

@testable import Proving

/// What the solver finds is run before it is told.
@Suite("Inputs that the solver finds", .timeLimit(.minutes(30)))
struct WitnessTests {
  private static func refusing(_ number: UInt32) -> Filter {
    Filter([
      .load(.number), .jump(equal: number, then: 0, otherwise: 1), .return(.errno(1)), .return(.allow),
    ])
  }

  @Test("in regions: answered otherwise by the sides, the search ends and says so", arguments: [5, 7])
  func regions(number: UInt32) throws {
    let (mistaken, allow) = (Self.refusing(number), Filter([.load(.number), .returnA]))
    // The terms are those of another filter than the one that is run.
    let comparison = SideComparison(.filter(Self.refusing(6)), .filter(allow))
    let sides = try [PreparedSide(.filter(mistaken)), PreparedSide(.filter(allow))]
    let context = Z3Context()
    let data = DataTerms(context)
    var search = RegionSearch(.differs, of: comparison, sides, Breakpoints(sides), data, in: context)
    _ = search.regions(PairTerm(sides, over: data, in: context))
    #expect(search.unfinished?.contains("answered otherwise than it is") == true)
  }

  @Test("in upper halves: what is no gap, or one of the other kind, is none")
  func widths() throws {
    let filter = Filter([
      .load(.high(argument: 0)), .jump(equal: 0, then: 0, otherwise: 1), .return(.errno(1)), .return(.allow),
    ])
    var input = SeccompData(number: 1, architecture: AuditToken.x86_64)
    #expect(WidthSearch.gap(.bypass, 0, input, in: filter) == nil)
    input.arguments[0] = 5 << 32
    #expect(WidthSearch.gap(.bypass, 0, input, in: filter)?.wide.arguments[0] == 1 << 32)
    #expect(WidthSearch.gap(.overBlock, 0, input, in: filter) == nil)
  }
}
