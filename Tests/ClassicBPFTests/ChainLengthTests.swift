import ClassicBPF
import Testing

@Suite("the length that counts towards the chain limit")
struct ChainLengthTests {
  /// A filter and a number that is claimed of it; printed by its name, for some filters are long.
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var filter: Filter
    var number: Int
    var testDescription: String { name }

    init(_ name: String, _ filter: Filter, _ number: Int) {
      self.name = name
      self.filter = filter
      self.number = number
    }
  }

  static let lengths: [Case] = [
    Case("RET K", Filter([.return(0)]), 5),
    Case("RET A", Filter([.returnA]), 4),
    Case("4096 RET K", Filter(Array(repeating: .return(0), count: 4096)), 8195),
    Case("4095 LD IMM", Filter(Array(repeating: .load(immediate: 1), count: 4095) + [.return(0)]), 4100),
    Case("DIV X", Filter([.operation(.divideX), .return(0)]), 10),
    Case("DIV K", Filter([.operation(.divideK, 2), .return(0)]), 6),
    Case("jf 0", Filter([.jump(equal: 1, then: 1, otherwise: 0), .return(0), .return(0)]), 8),
    Case("jt 0, an inverse", Filter([.jump(greater: 1, then: 0, otherwise: 1), .return(0), .return(0)]), 8),
    Case(
      "jt 0, JSET has none", Filter([.jump(anyBit: 1, then: 0, otherwise: 1), .return(0), .return(0)]), 9),
    Case(
      "two targets",
      Filter([.jump(greaterOrEqual: 1, then: 1, otherwise: 2), .return(0), .return(0), .return(0)]), 11
    ),
    Case("sign bit", Filter([.jump(equal: 1 << 31, then: 1, otherwise: 0), .return(0), .return(0)]), 9),
    Case(
      "sign bit, unused by X",
      Filter([.init(.jumpEqualX, jumpTrue: 1, k: 1 << 31), .return(0), .return(0)]), 8
    ),
  ]

  @Test("is that of the translation to extended BPF", arguments: lengths)
  func length(_ one: Case) {
    #expect(one.filter.chainLength == one.number)
  }

  @Test(
    "as many filters fit as the kernel was seen to take",
    arguments: [
      Case("RET K", Filter([.return(0)]), 3641),
      Case("4096 RET K", Filter(Array(repeating: .return(0), count: 4096)), 3),
      Case("4095 LD IMM", Filter(Array(repeating: .load(immediate: 1), count: 4095) + [.return(0)]), 7),
    ])
  func chain(_ one: Case) {
    #expect(one.filter.fitsChain(after: Array(repeating: one.filter, count: one.number - 1)))
    #expect(!one.filter.fitsChain(after: Array(repeating: one.filter, count: one.number)))
  }
}
