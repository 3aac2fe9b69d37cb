import ClassicBPF
import SeccompModel
import Testing

@Suite("return-site tagging")
struct TaggingTests {
  @Test("the tag names the return that the filter reaches, for every call")
  func sites() throws {
    let filter = SampleFilters.small
    let tagged = try filter.tagged()
    #expect(tagged.sites == [3, 16, 19, 20])
    try tagged.filter.check()
    for data in try FilterPaths(of: filter).witnesses {
      let verdict = tagged.filter.evaluate(data)
      #expect(verdict.kind == .errno)
      #expect(tagged.site(of: verdict) == filter.evaluateWithSite(data).site)
      #expect(tagged.site(ofReturned: -Int64(verdict.data)) == filter.evaluateWithSite(data).site)
    }
  }

  @Test("what is no tag names no site")
  func noTag() throws {
    let tagged = try SampleFilters.small.tagged()
    for verdict in [Action.errno(0), .errno(5), .trap(1), .allow, .killThread].map(\.verdict) {
      #expect(tagged.site(of: verdict) == nil)
    }
    for value in [0, 1, -5, 3, .min, .max] as [Int64] { #expect(tagged.site(ofReturned: value) == nil) }
  }

  @Test("4094 returns can be told apart, 4095 cannot")
  func limit() throws {
    let full = try Filter(Array(repeating: .return(0), count: 4094)).tagged()
    #expect(full.filter.instructions[4093].k == 0x0005_0ffe)
    #expect(throws: TaggingError(reason: .tooManyReturns(4095))) {
      try Filter(Array(repeating: .return(0), count: 4095)).tagged()
    }
  }

  @Test("a computed verdict cannot be tagged, and the reason says where")
  func refused() {
    #expect(throws: TaggingError(reason: .computedReturn, programCounter: 1)) {
      try Filter([.load(.number), .returnA]).tagged()
    }
    #expect(throws: TaggingError(reason: .divisionByX, programCounter: 0)) {
      try Filter([.operation(.divideX), .return(0)]).tagged()
    }
  }
}
