import Generation
import Testing

@Suite("Random numbers")
struct RandomSourceTests {
  @Test("one seed and case number give one stream, others give others")
  func streams() {
    func first(_ seed: UInt64, _ number: UInt64, _ stream: UInt64 = 0) -> [UInt64] {
      var random = RandomSource(seed: seed, caseNumber: number, stream: stream)
      return (0..<8).map { _ in random.next() }
    }
    #expect(first(1, 2) == first(1, 2))
    let all = [first(1, 2), first(2, 1), first(1, 3), first(2, 2), first(1, 2, 1), first(0, 0)]
    #expect(Set(all).count == all.count)
  }

  @Test("the stream of seed 1, case 0 is pinned")
  func pinned() {
    var random = RandomSource(seed: 1)
    let values = (0..<4).map { _ in random.next() }
    #expect(
      values == [
        6_954_377_618_861_975_509, 16_838_045_124_790_788_659, 432_047_684_551_321_273,
        1_691_062_694_624_446_561,
      ])
  }

  @Test("below reaches every number under its bound and no other", arguments: [1, 2, 3, 7, 10, 1000])
  func below(bound: Int) {
    var random = RandomSource(seed: 7)
    var seen: Set<Int> = []
    for _ in 0..<bound * 30 { seen.insert(random.below(bound)) }
    #expect(seen == Set(0..<bound))
  }

  @Test("below answers 0 when nothing is below the bound")
  func belowNothing() {
    var random = RandomSource(seed: 7)
    #expect(random.below(0) == 0)
    #expect(random.below(-5) == 0)
    #expect(random.pick([Int](), else: 9) == 9)
    #expect(random.index(weighted: [0, 0]) == 0)
  }

  @Test("weights are kept")
  func weights() {
    var random = RandomSource(seed: 3)
    var counts = [0, 0, 0]
    for _ in 0..<8000 { counts[random.index(weighted: [1, 0, 3])] += 1 }
    #expect(counts[1] == 0)
    #expect((1800...2200).contains(counts[0]))
  }

  @Test("a shuffle keeps the elements and reaches every order")
  func shuffle() {
    var random = RandomSource(seed: 5)
    var orders: Set<[Int]> = []
    for _ in 0..<500 {
      var elements = [1, 2, 3, 4]
      random.shuffle(&elements)
      #expect(elements.sorted() == [1, 2, 3, 4])
      orders.insert(elements)
    }
    #expect(orders.count == 24)
  }
}
