import Reporting
import Testing

@Suite("Ticks")
struct TickTests {
  @Test(
    "are 1, 2 or 5 times a power of ten apart, within the ends, and about as many as asked for",
    arguments: [
      (0.0, 1.0), (0, 3002), (86, 622), (-3.4, 55.2), (0.001, 0.0031), (1e9, 1e9 + 7), (-1e6, -10),
      (99.5, 100.5),
    ] as [(Double, Double)])
  func linear(low: Double, high: Double) throws {
    for count in [3, 5, 8] {
      let ticks = PlotTicks.linear(from: low, to: high, about: count)
      #expect((max(1, count / 2)...(2 * count + 1)).contains(ticks.count), "\(ticks)")
      let room = (high - low) * 1e-6
      #expect(ticks.allSatisfy { (low - room...high + room).contains($0) }, "\(ticks)")
      let step = PlotTicks.step(from: low, to: high, about: count)
      let lead = PlotTicks.significant(step).filter { "125".contains($0) }
      #expect(lead.count == 1, "\(step)")
      for (one, next) in zip(ticks, ticks.dropFirst()) { #expect(abs(next - one - step) < step * 1e-3) }
    }
  }

  @Test(
    "of a logarithmic axis are powers of ten, with 2 and 5 times them where there is room, and never fewer than two",
    arguments: [(2.0, 3002.0), (1, 1e9), (80, 130), (0.2, 0.3), (1e-3, 1e3)] as [(Double, Double)])
  func logarithmic(low: Double, high: Double) {
    for count in [3, 6, 10] {
      let ticks = PlotTicks.logarithmic(from: low, to: high, about: count)
      #expect((2...(2 * count + 1)).contains(ticks.count), "\(ticks)")
      #expect(ticks == ticks.sorted())
      #expect(ticks.allSatisfy { $0 >= low * 0.999 && $0 <= high * 1.001 }, "\(ticks)")
    }
    #expect(
      PlotTicks.logarithmic(from: 1, to: 100, about: 8).map { $0.rounded() } == [1, 2, 5, 10, 20, 50, 100])
  }

  @Test("of an axis without a length, or that is no axis, are none or one, and end")
  func degenerate() {
    #expect(PlotTicks.linear(from: 5, to: 5, about: 4).count <= 1)
    #expect(PlotTicks.linear(from: 0, to: .infinity, about: 4).count <= 1)
    #expect(PlotTicks.logarithmic(from: 0, to: 10, about: 4).isEmpty)
    #expect(PlotTicks.logarithmic(from: 10, to: 10, about: 4).isEmpty)
  }

  @Test("have numbers with as many decimals as tell them apart, grouped, with a minus sign")
  func numbers() {
    #expect(PlotTicks.label(0.3, step: 0.1, .plain) == "0.3")
    #expect(PlotTicks.label(20, step: 5, .plain) == "20")
    #expect(PlotTicks.label(-1_234_567.5, step: 0.5, .plain) == "−1,234,567.5")
    #expect(PlotTicks.label(-0.0, step: 1, .plain) == "0")
    #expect(PlotTicks.label(0.25, step: 0.25, .plain) == "0.25")
    #expect(PlotTicks.number(.nan, decimals: 1) == "?")
    #expect(PlotTicks.number(9.996, decimals: 2) == "10.00")
  }

  @Test("of times have their unit")
  func times() {
    let labels = [1.0, 100, 1000, 20_000, 1e6, 5e8, 1e9].map { PlotTicks.label($0, step: $0, .nanoseconds) }
    #expect(labels == ["1 ns", "100 ns", "1 µs", "20 µs", "1 ms", "500 ms", "1 s"])
  }

  @Test("Three digits are kept of a number")
  func significant() {
    #expect(
      [0.173, 12.345, 622, 1234, 0.5, 0, -3.456].map(PlotTicks.significant) == [
        "0.173", "12.3", "622", "1,234", "0.5", "0", "−3.46",
      ])
  }
}
