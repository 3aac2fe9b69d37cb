import Profiles
import Testing

@testable import Proving

@Suite("Conditions in words")
struct WordingTests {
  private static func not(_ subject: Atom.Subject, _ value: UInt64) -> Literal {
    Literal(Atom(subject, .equal, value), false)
  }

  private static func atom(
    _ subject: Atom.Subject, _ comparison: Condition.Comparison, _ value: UInt64
  ) -> Literal {
    Literal(Atom(subject, comparison, value), true)
  }

  private static let table: [(alternatives: [[Literal]], words: String)] = [
    ([[atom(.argument(3), .lessOrEqual, 0xb), not(.argument(3), 0xb)]], "a3 < 0xb"),
    ([[atom(.argument(3), .greaterOrEqual, 2), not(.argument(3), 2)]], "a3 > 2"),
    ([[not(.argument(1), 0)]], "a1 != 0"),
    (
      [0, 8].map { [not(.argument(0), $0), atom(.low(0), .equal, $0)] },
      "low(a0) is 0 or 8 and high(a0) != 0"
    ),
    (
      [[atom(.argument(0), .lessThan, 5), atom(.argument(2), .equal, 7)]], "a0 < 5 and a2 == 7"
    ),
    (
      [[atom(.argument(0), .equal, 1)], [atom(.argument(2), .equal, 7)], [atom(.argument(0), .equal, 3)]],
      "a0 is 1 or 3, or a2 == 7"
    ),
  ]

  @Test("are as short as they can be said, in the order of the arguments")
  func words() {
    for (alternatives, words) in Self.table {
      #expect(Cover(alternatives: alternatives, isExact: true).description == words)
    }
    let part = Cover(alternatives: [[Self.not(.argument(1), 0)]], isExact: false)
    #expect(part.description == "a1 != 0, or more that is not told")
  }
}
