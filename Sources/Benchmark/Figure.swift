import Foundation

/// One line of the table.
struct Figure {
  var name: String
  var unit: String
  /// The measured quantity.
  var samples: Samples
  /// The quantity over its baseline, where it has one.
  var ratios: Samples?
  var target: Target?
  /// Why it could not be measured.
  var missing: String?

  enum Target {
    case atMost(Double)
    case atLeast(Double)
    case ratioAtMost(Double)
    case ratioAtLeast(Double)
  }

  init(
    _ name: String, _ unit: String, _ samples: Samples, over baseline: Samples? = nil, target: Target? = nil
  ) {
    self.name = name
    self.unit = unit
    self.samples = samples
    ratios = baseline.map { samples / $0 }
    self.target = target
  }

  /// A figure that should have been here.
  init(_ name: String, missing: String) {
    self.init(name, "", Samples())
    self.missing = missing
  }

  /// Nil without a target.
  var isMet: Bool? {
    guard let target else { return nil }
    switch target {
    case .atMost(let limit): return samples.median <= limit
    case .atLeast(let limit): return samples.median >= limit
    case .ratioAtMost(let limit): return (ratios?.median).map { $0 <= limit }
    case .ratioAtLeast(let limit): return (ratios?.median).map { $0 >= limit }
    }
  }

  static let header = row("figure", "unit", "median", "min", "max", "ratio", "min", "max", "target", "")

  var text: String {
    if let missing { return "\(name): not measured: \(missing)" }
    return Self.row(
      name, unit, Self.number(samples.median), Self.number(samples.minimum), Self.number(samples.maximum),
      ratios.map { Self.number($0.median) } ?? "", ratios.map { Self.number($0.minimum) } ?? "",
      ratios.map { Self.number($0.maximum) } ?? "", target?.text ?? "",
      isMet.map { $0 ? "met" : "not reached" } ?? "")
  }

  /// Three digits at least, whole thousands in groups.
  static func number(_ value: Double) -> String {
    guard value.isFinite else { return "-" }
    if abs(value) >= 1000 { return value.rounded().formatted(.number.locale(Locale(identifier: "en_US"))) }
    return String(format: abs(value) >= 100 ? "%.0f" : abs(value) >= 10 ? "%.1f" : "%.2f", value)
  }

  private static func row(_ name: String, _ unit: String, _ columns: String...) -> String {
    let widths = [10, 10, 10, 7, 7, 7, 12, 12]
    var line = padded(name, 66) + padded(unit, 9)
    for (column, width) in zip(columns, widths) {
      line += String(repeating: " ", count: max(1, width - column.count)) + column
    }
    return line
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
}

extension Figure.Target {
  var text: String {
    switch self {
    case .atMost(let limit): "<= \(Figure.number(limit))"
    case .atLeast(let limit): ">= \(Figure.number(limit))"
    case .ratioAtMost(let limit): "<= \(Figure.number(limit)) x"
    case .ratioAtLeast(let limit): ">= \(Figure.number(limit)) x"
    }
  }
}
