import Testing

@testable import Campaign

@Suite("What the workers of a campaign share")
struct CampaignStateTests {
  private func state(next: UInt64 = 0, gaps: [Range<UInt64>] = []) -> CampaignState<
    FuzzCounts, FuzzSummary.Family
  > {
    CampaignState(next: next, gaps: gaps, counts: FuzzCounts(), limit: nil)
  }

  @Test("a family has as many cases as there are numbers, and the least of them is its first")
  func families() {
    let state = state()
    let family = FuzzSummary.Family(fingerprint: "a-1", signature: "a/b", path: "p")
    // As a journal has them; then 7 again, which was under way when the run was killed; then an earlier gap.
    state.add(family, cases: [7, 90])
    state.add(family, cases: [7])
    state.add(family, cases: [3])
    state.add(family, cases: [3])
    state.add(FuzzSummary.Family(fingerprint: "b-1", signature: "b/b", path: "p"), cases: [5])
    let families = state.families.sorted { $0.fingerprint < $1.fingerprint }
    #expect(families.map(\.cases) == [3, 1])
    #expect(families.map(\.firstCase) == [3, 5])
  }
}
