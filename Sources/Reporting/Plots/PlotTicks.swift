import Foundation

/// Round numbers on an axis, and how they are written.
package enum PlotTicks {
  package static func logarithm(_ value: Double) -> Double { log10(value) }
  package static func power(_ value: Double) -> Double { pow(10, value) }

  /// 1, 2 or 5 times a power of ten: the one that gives nearest to `count` steps, never more than twice that.
  package static func step(from low: Double, to high: Double, about count: Int) -> Double {
    let raw = (high - low) / Double(max(1, count))
    guard raw.isFinite, raw > 0 else { return 1 }
    let power = pow(10, log10(raw).rounded(.down))
    let lead = raw / power
    return (lead < 1.5 ? 1 : lead < 3.5 ? 2 : lead < 7.5 ? 5 : 10) * power
  }

  package static func linear(from low: Double, to high: Double, about count: Int) -> [Double] {
    let step = step(from: low, to: high, about: count)
    let first = (low / step - 1e-9).rounded(.up)
    let last = (high / step + 1e-9).rounded(.down)
    guard first <= last, last - first < 1000 else { return [] }
    // A product, because sums of 0.1 drift; plus zero, because −0 is written with a sign.
    return stride(from: first, through: last, by: 1).map { $0 * step + 0 }
  }

  /// Powers of ten; with 2 and 5 times them where that is not too many. An axis that holds fewer than two of those has
  /// linear ticks.
  package static func logarithmic(from low: Double, to high: Double, about count: Int) -> [Double] {
    guard low > 0, high > low else { return [] }
    let decades = Int(log10(low).rounded(.down))...Int(log10(high).rounded(.up))
    func values(_ leads: [Double], every stride: Int = 1) -> [Double] {
      var values: [Double] = []
      for decade in decades where decade.isMultiple(of: stride) {
        for lead in leads {
          let value = lead * pow(10, Double(decade))
          if value >= low * (1 - 1e-9), value <= high * (1 + 1e-9) { values.append(value) }
        }
      }
      return values
    }
    for leads in [[1, 2, 5], [1, 3], [1]] as [[Double]] {
      let ticks = values(leads)
      if ticks.count <= max(2, count) * 3 / 2 {
        return ticks.count >= 2 ? ticks : linear(from: low, to: high, about: count)
      }
    }
    return values([1], every: (decades.count + count - 1) / max(1, count))
  }

  /// The next of 1, 2, 5 times a power of ten, downwards.
  package static func logarithmicFloor(_ value: Double) -> Double {
    let power = pow(10, log10(value).rounded(.down))
    let lead = value / power * (1 + 1e-9)
    return (lead >= 5 ? 5 : lead >= 2 ? 2 : 1) * power
  }

  /// The next of 1, 2, 5 times a power of ten, upwards.
  package static func logarithmicCeiling(_ value: Double) -> Double {
    let power = pow(10, log10(value).rounded(.down))
    let lead = value / power * (1 - 1e-9)
    return (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10) * power
  }

  /// The number at a tick. `step` is the distance to the next, which says how many decimals are worth it.
  package static func label(_ value: Double, step: Double, _ labels: PlotAxis.Labels) -> String {
    guard labels == .nanoseconds, value != 0 else { return number(value, decimals: decimals(of: step)) }
    for (unit, size) in [("s", 1e9), ("ms", 1e6), ("µs", 1e3)] where abs(value) >= size * (1 - 1e-9) {
      return number(value / size, decimals: decimals(of: step / size)) + " " + unit
    }
    return number(value, decimals: decimals(of: step)) + " ns"
  }

  /// Decimals that tell multiples of `step` apart, 0 to 9.
  package static func decimals(of step: Double) -> Int {
    guard step.isFinite, step > 0 else { return 0 }
    for decimals in 0...9 {
      let scaled = step * pow(10, Double(decimals))
      if abs(scaled - scaled.rounded()) < 1e-6 * scaled { return decimals }
    }
    return 9
  }

  /// `1,234.5`, with a true minus sign.
  package static func number(_ value: Double, decimals: Int) -> String {
    guard value.isFinite, abs(value) < 1e15 else { return "?" }
    let decimals = min(max(0, decimals), 3 + max(0, 12 - Int(log10(max(1, abs(value))))))
    let scale = pow(10, Double(decimals))
    let units = (abs(value) * scale).rounded()
    let whole = (units / scale).rounded(.down)
    var text = Numbers.grouped(Int(whole))
    if decimals > 0 {
      let fraction = String(Int((units - whole * scale).rounded()))
      text += "." + String(repeating: "0", count: max(0, decimals - fraction.count)) + fraction
    }
    return value < 0 && units > 0 ? "−" + text : text
  }

  /// With three significant digits, without zeros at the end: `0.173`, `12.3`, `622`, `1,234`.
  package static func significant(_ value: Double) -> String {
    guard value != 0, value.isFinite else { return value == 0 ? "0" : "?" }
    let decimals = max(0, 2 - Int(log10(abs(value)).rounded(.down)))
    var text = number(value, decimals: min(decimals, 9))
    guard text.contains(".") else { return text }
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return text
  }
}
