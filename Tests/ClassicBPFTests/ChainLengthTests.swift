import ClassicBPF
import Testing

@Suite("the length that counts towards the chain limit")
struct ChainLengthTests {
  static let lengths: [(name: String, filter: Filter, length: Int)] = [
    ("RET K", Filter([.return(0)]), 5),
    ("RET A", Filter([.returnA]), 4),
    ("4096 RET K", Filter(Array(repeating: .return(0), count: 4096)), 8195),
    ("4095 LD IMM", Filter(Array(repeating: .load(immediate: 1), count: 4095) + [.return(0)]), 4100),
    ("DIV X", Filter([.operation(.divideX), .return(0)]), 10),
    ("DIV K", Filter([.operation(.divideK, 2), .return(0)]), 6),
    ("jf 0", Filter([.jump(equal: 1, then: 1, otherwise: 0), .return(0), .return(0)]), 8),
    ("jt 0, an inverse", Filter([.jump(greater: 1, then: 0, otherwise: 1), .return(0), .return(0)]), 8),
    ("jt 0, JSET has none", Filter([.jump(anyBit: 1, then: 0, otherwise: 1), .return(0), .return(0)]), 9),
    (
      "two targets",
      Filter([.jump(greaterOrEqual: 1, then: 1, otherwise: 2), .return(0), .return(0), .return(0)]), 11
    ),
    ("sign bit", Filter([.jump(equal: 1 << 31, then: 1, otherwise: 0), .return(0), .return(0)]), 9),
    (
      "sign bit, unused by X",
      Filter([.init(.jumpEqualX, jumpTrue: 1, k: 1 << 31), .return(0), .return(0)]), 8
    ),
  ]

  @Test("is that of the translation to extended BPF", arguments: lengths)
  func length(_ one: (name: String, filter: Filter, length: Int)) {
    #expect(one.filter.chainLength == one.length, "\(one.name)")
  }

  @Test(
    "as many filters fit as the kernel was seen to take",
    arguments: [
      (Filter([.return(0)]), 3641), (Filter(Array(repeating: .return(0), count: 4096)), 3),
      (Filter(Array(repeating: .load(immediate: 1), count: 4095) + [.return(0)]), 7),
    ])
  func chain(_ filter: Filter, _ count: Int) {
    #expect(filter.fitsChain(after: Array(repeating: filter, count: count - 1)))
    #expect(!filter.fitsChain(after: Array(repeating: filter, count: count)))
  }
}
