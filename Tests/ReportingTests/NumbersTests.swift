import Reporting
import Testing

@Suite("Numbers for people")
struct NumbersTests {
  @Test(
    "are grouped by thousands",
    arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567"), (100_000, "100,000")])
  func grouped(_ value: Int, _ text: String) {
    #expect(Numbers.grouped(value) == text)
  }

  @Test(
    "never round a share up to all or down to nothing",
    arguments: [
      (0, 10, "0 %"), (10, 10, "100 %"), (99_999, 100_000, "99.9 %"), (1, 100_000, "< 0.1 %"),
      (1, 3, "33.3 %"),
      (0, 0, "none"),
    ])
  func percent(_ part: Int, _ whole: Int, _ text: String) {
    #expect(Numbers.percent(part, of: whole) == text)
  }

  @Test(
    "give times in units that fit",
    arguments: [
      (0, "0 s"), (0.416, "0.42 s"), (9.999, "10 s"), (12.34, "12.3 s"), (59.96, "1 min"), (60, "1 min"),
      (303, "5 min 3 s"), (3600, "1 h"), (7800, "2 h 10 min"), (.infinity, "? s"), (-1, "? s"),
    ])
  func seconds(_ value: Double, _ text: String) {
    #expect(Numbers.seconds(value) == text)
  }

  @Test("take the noun's number")
  func counted() {
    #expect(Numbers.counted(1, "case") == "1 case")
    #expect(Numbers.counted(2000, "process", plural: "processes") == "2,000 processes")
  }

  @Test("The progress of a campaign is one line")
  func progress() {
    #expect(
      ProgressText.fuzz(
        seconds: 12, remaining: 48, cases: 1024, kernelCalls: 3_600_000, families: 2, newFamilies: 1)
        == "12 s, 48 s left | 1,024 cases | 3,600,000 kernel calls (300,000/s) | 2 findings, 1 new")
    #expect(
      ProgressText.fuzz(seconds: 0, remaining: nil, cases: 0, kernelCalls: 0, families: 0, newFamilies: 0)
        == "0 s | 0 cases | 0 kernel calls (0/s) | no finding")
    // After a resume the rate is that of this part; after its end a run has no time left.
    #expect(
      ProgressText.fuzz(
        seconds: 10, remaining: -0.7, cases: 9, kernelCalls: 5000, earlier: 4000, families: 0, newFamilies: 0)
        == "10 s, 0 s left | 9 cases | 5,000 kernel calls (100/s) | no finding")
    #expect(
      ProgressText.histories(
        seconds: 10, remaining: -0.7, histories: 500, earlier: 400, steps: 7, families: 0)
        == "10 s, 0 s left | 500 histories (10/s) | 7 steps | no finding")
    #expect(ProgressText.check(stage: "calling", fraction: 0.999) == "calling 99 %")
    #expect(ProgressText.check(stage: "calling", fraction: .nan) == "calling 0 %")
  }
}
