import Foundation

/// Two runs, figure by figure: which differences are more than both runs' noise.
///
/// The estimates are independent, each with the spread that its interval tells, so their difference over its standard error
/// is judged by the normal distribution (Welch's test for many rounds). Dozens of figures are judged at once: the limits are
/// Holm's (1979), so that the chance of calling any one different by mistake is that of the runs' confidence.
package struct BenchComparison: Codable, Hashable, Sendable {
  package struct Row: Codable, Hashable, Sendable {
    package var id: String
    package var title: String
    package var unit: String
    package var old: Double
    package var new: Double
    /// Of the new less the old, at the runs' confidence.
    package var interval: Interval
    /// The chance of such a difference, or a greater one, by noise alone.
    package var probability: Double
    package var isDifferent: Bool

    package var difference: Double { new - old }
  }

  package var rows: [Row]
  /// Figures that one of the two runs has not.
  package var missing: [String]
  /// What is not the same of the runs besides their figures: what was measured, by which version of the tool, on which
  /// machine. Name, old, new.
  package var environment: [String]

  package init(old: BenchReport, new: BenchReport) {
    let olds = Dictionary(old.figures.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var rows: [Row] = []
    var missing: [String] = []
    let confidence = min(old.confidence, new.confidence)
    for figure in new.figures {
      guard let before = olds[figure.id] else {
        missing.append(figure.id)
        continue
      }
      rows.append(Self.row(before, old.confidence, figure, new.confidence, at: confidence))
    }
    let news = Set(new.figures.map(\.id))
    missing += old.figures.map(\.id).filter { !news.contains($0) }
    self.rows = Self.judged(rows, level: 1 - confidence, old: olds, new: new)
    self.missing = missing
    environment = Self.differences(old, new) + Self.differences(old.environment, new.environment)
  }

  package var isDifferent: Bool { rows.contains(where: \.isDifferent) }

  private static func row(
    _ old: FigureResult, _ oldConfidence: Double, _ new: FigureResult, _ newConfidence: Double,
    at confidence: Double
  ) -> Row {
    let errors = [
      old.interval.halfWidth / Normal.twoSided(oldConfidence),
      new.interval.halfWidth / Normal.twoSided(newConfidence),
    ]
    let error = (errors[0] * errors[0] + errors[1] * errors[1]).squareRoot()
    let difference = new.estimate - old.estimate
    let reach = error * Normal.twoSided(confidence)
    let probability = error > 0 ? erfc(abs(difference) / error / 2.0.squareRoot()) : difference == 0 ? 1 : 0
    return Row(
      id: new.id, title: new.title, unit: new.unit, old: old.estimate, new: new.estimate,
      interval: Interval(low: difference - reach, high: difference + reach), probability: probability,
      isDifferent: false)
  }

  private static func judged(
    _ rows: [Row], level: Double, old: [String: FigureResult], new: BenchReport
  ) -> [Row] {
    var rows = rows
    let order = rows.indices.sorted { rows[$0].probability < rows[$1].probability }
    for (rank, index) in order.enumerated() {
      guard rows[index].probability <= level / Double(rows.count - rank) else { break }
      // Beyond what the same thing differed from itself by, in either run.
      let floors = [old[rows[index].id]?.floor ?? 0, new.figure(rows[index].id)?.floor ?? 0]
      rows[index].isDifferent =
        abs(rows[index].difference) > (floors[0] * floors[0] + floors[1] * floors[1]).squareRoot()
    }
    return rows
  }

  private static func differences(_ old: BenchReport, _ new: BenchReport) -> [String] {
    let (before, now) = (old.subject, new.subject)
    return texts([
      ("tool", old.tool, new.tool), ("profile", before?.profile, now?.profile),
      ("workload", before?.workload, now?.workload),
      (
        "variants", before.map { $0.variants.joined(separator: ", ") },
        now.map { $0.variants.joined(separator: ", ") }
      ),
    ])
  }

  /// Of what differs.
  private static func texts(_ pairs: [(name: String, old: String?, new: String?)]) -> [String] {
    pairs.filter { $0.old != $0.new }.map { "\($0.name): \($0.old ?? "not told") → \($0.new ?? "not told")" }
  }

  private static func differences(_ old: BenchEnvironment, _ new: BenchEnvironment) -> [String] {
    let pairs: [(String, String?, String?)] = [
      ("kernel", old.kernel, new.kernel), ("processor", old.processorModel, new.processorModel),
      ("processor's number", "\(old.processor)", "\(new.processor)"),
      ("hypervisor", old.hypervisor, new.hypervisor), ("governor", old.governor, new.governor),
      ("bpf_jit_enable", old.jit, new.jit), ("bpf_jit_harden", old.jitHardening, new.jitHardening),
      ("store bypass", old.storeBypass, new.storeBypass),
    ]
    var texts = texts(pairs)
    for name in Set(old.mitigations.keys).union(new.mitigations.keys).sorted()
    where old.mitigations[name] != new.mitigations[name] {
      texts.append(
        "mitigation \(name): \(old.mitigations[name] ?? "not told") → \(new.mitigations[name] ?? "not told")")
    }
    return texts
  }
}

/// The standard normal distribution.
enum Normal {
  /// How many standard deviations to either side hold this share of it.
  static func twoSided(_ share: Double) -> Double {
    var (low, high) = (0.0, 40.0)
    for _ in 0..<80 {
      let middle = (low + high) / 2
      if erf(middle / 2.0.squareRoot()) < share { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}
