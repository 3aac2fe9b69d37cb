package import Overhead

/// A measurement as text.
package struct BenchText {
  private let report: BenchReport

  package init(_ report: BenchReport) { self.report = report }

  package var text: String {
    var page = TextPage()
    page.line(summary)
    page.blank()
    for line in environment { page.paragraph(line, hanging: 2) }
    for group in Figure.Group.allCases {
      let figures = report.figures.filter { $0.group == group }
      guard !figures.isEmpty, group != .profile else { continue }
      page.heading(Self.name(of: group))
      page.table(figures.map(row), rightAligned: [1])
    }
    if !report.relations.isEmpty {
      page.heading("What the kernel's own benchmark expects")
      page.table(
        report.relations.map {
          [$0.title, $0.verdict.rawValue, "\(value($0.difference)), limit ±\(Self.number($0.margin)) ns"]
        }, rightAligned: [])
    }
    addDistributions(to: &page)
    addMemory(to: &page)
    if let subject = report.subject { addSubject(subject, to: &page) }
    page.heading("How sure that is")
    page.table(report.controls.map(row), rightAligned: [1])
    page.paragraph(
      "The same thing against itself differs by up to \(Self.number(report.noiseFloor)) ns here: differences of two "
        + "times that are not above that are not resolved. Intervals are for \(Self.percent(report.confidence)) of "
        + "cases, from \(report.rounds) rounds with a fresh process for each figure, and allow for what whole runs "
        + "differ in. \(Self.percent(report.quietShare)) of these processes ran while nothing else slowed the "
        + "processor; figures are worked out of them.")
    if !report.skips.isEmpty {
      page.heading("Not measured")
      for skip in report.skips { page.paragraph(skip, hanging: 2) }
    }
    return page.text
  }

  /// The answer, in one sentence.
  var summary: String {
    if let subject = report.subject {
      guard let mean = report.figure("mean.profile") else {
        return
          "No call of \(subject.workload) is let through by all of \(subject.variants.joined(separator: ", "))."
      }
      return
        "A call of \(subject.workload) costs \(amount(mean)) more under \(subject.profile) than without a filter."
    }
    guard let entry = report.figure("entry"), let run = report.figure("miss"),
      let instruction = report.figure("instruction")
    else { return "Measured \(report.figures.count) figures in \(Numbers.seconds(report.seconds))." }
    return "A filter costs \(amount(entry)) a call where the cache answers, \(amount(run)) where it is run, "
      + "and \(amount(instruction)) for each further instruction."
  }

  /// Nanoseconds, within a sentence.
  private func amount(_ figure: FigureResult) -> String {
    if let unresolved = Self.unresolved(figure) { return "an amount that is \(unresolved)" }
    return "\(Self.number(figure.estimate)) ± \(Self.number(figure.interval.halfWidth)) ns"
  }

  private var environment: [String] {
    let machine = report.environment
    var lines = [
      "Linux \(machine.kernel), \(machine.processorModel ?? "processor unknown")"
        + (machine.hypervisor.map { ", under a hypervisor (\($0))" } ?? "")
        + ", on processor \(machine.processor) of \(machine.processors)"
    ]
    lines.append(
      "JIT \(machine.jit ?? "not told"), hardening \(machine.jitHardening ?? "not told"), governor "
        + "\(machine.governor ?? "not told"), store bypass \(machine.storeBypass ?? "not told"), load "
        + "\(machine.loadBefore.map { Self.number($0) } ?? "?") to \(machine.loadAfter.map { Self.number($0) } ?? "?")"
    )
    lines.append(
      "\(report.extent): \(report.rounds) rounds of \(report.conditions.count) things in "
        + "\(Numbers.seconds(report.seconds))")
    return lines
  }

  private func addDistributions(to page: inout TextPage) {
    guard !report.distributions.isEmpty else { return }
    page.heading("Single calls, with the clock's own time (ns)")
    let shown = [50.0, 90, 99, 99.9, 100]
    page.table(
      [["", "calls", "median", "90 %", "99 %", "99.9 %", "longest"]]
        + report.distributions.map { distribution in
          [distribution.title, Numbers.grouped(distribution.calls)]
            + shown.map { share in
              distribution.percentiles.first { $0.percentile == share }.map { Self.number($0.nanoseconds) }
                ?? "?"
            }
        }, rightAligned: [1, 2, 3, 4, 5, 6])
  }

  private func addMemory(to page: inout TextPage) {
    guard !report.memory.isEmpty else { return }
    page.heading("Kernel memory")
    page.table(
      report.memory.map {
        [
          "a filter of \($0.instructions) instructions",
          "\(Numbers.grouped(Int($0.bytes.median))) bytes",
          "[\(Numbers.grouped(Int($0.bytes.minimum))), \(Numbers.grouped(Int($0.bytes.maximum)))] of 7, by \($0.filters) at once",
        ]
      }, rightAligned: [1])
  }

  private func addSubject(_ subject: BenchReport.Subject, to page: inout TextPage) {
    page.heading(
      "\(subject.profile), for a call of \(subject.workload) (\(Numbers.counted(subject.calls, "call")))")
    page.table(report.figures.filter { $0.group == .profile && $0.place == nil }.map(row), rightAligned: [1])
    page.blank()
    let cached = subject.rows.filter { row in row.costs.allSatisfy { $0.answer == "cached" } }
    let others = subject.rows.filter { row in !row.costs.allSatisfy { $0.answer == "cached" } }
    if !cached.isEmpty {
      let count = cached.reduce(UInt64(0)) { sum, row in
        let (more, isTooLarge) = sum.addingReportingOverflow(row.count)
        return isTooLarge ? .max : more
      }
      page.paragraph(
        "\(Numbers.counted(count, "call")) of \(Numbers.counted(cached.count, "kind")) are answered by the cache under each: "
          + cached.prefix(12).map { "\($0.call) \(Numbers.grouped($0.count))" }.joined(separator: ", ")
          + (cached.count > 12 ? ", …" : ""), hanging: 2)
    }
    guard !others.isEmpty else { return }
    page.blank()
    let shown = others.prefix(30)
    page.table(
      [["call", "count"] + subject.variants]
        + shown.map { row in
          [row.call, Numbers.grouped(row.count)]
            + row.costs.map { cost in
              (cost.figure.map { "\(Self.number($0.estimate)) ns" } ?? "-") + " \(cost.answer)"
            }
        }, rightAligned: [1])
    if others.count > shown.count {
      page.paragraph("and \(others.count - shown.count) more (--json has all)")
    }
  }

  private func row(_ figure: FigureResult) -> [String] {
    if let told = Self.toldOfUnresolved(figure) { return [figure.title] + told }
    let interval = figure.interval
    return [
      figure.title, "\(Self.number(figure.estimate)) \(figure.unit)",
      "[\(Self.number(interval.low)), \(Self.number(interval.high))]",
    ]
  }

  private func value(_ figure: FigureResult) -> String {
    Self.unresolved(figure)
      ?? "\(Self.number(figure.estimate)) ± \(Self.number(figure.interval.halfWidth)) \(figure.unit)"
  }

  /// What is said of a difference that is not told from noise; nil of any other figure.
  static func unresolved(_ figure: FigureResult) -> String? {
    toldOfUnresolved(figure)?.joined(separator: " ")
  }

  /// The word and the remark on it.
  private static func toldOfUnresolved(_ figure: FigureResult) -> [String]? {
    if figure.isResolved || !figure.isDifference { return nil }
    if figure.isOfSameTimes { return ["none", "(the same times on both sides)"] }
    return ["not resolved", "(±\(number(max(figure.interval.reach, figure.floor))) \(figure.unit))"]
  }

  /// Four digits, of a time from a thousandth to a million nanoseconds.
  package static func number(_ value: Double) -> String {
    guard value.isFinite else { return "?" }
    let decimals = abs(value) >= 1000 ? 0 : abs(value) >= 100 ? 1 : abs(value) >= 1 ? 2 : 3
    if decimals == 0 { return Numbers.grouped(Int(value.rounded())) }
    var scale = 1
    for _ in 0..<decimals { scale *= 10 }
    let scaled = Int((abs(value) * Double(scale)).rounded())
    let fraction = String(scaled % scale).filledLeft(to: decimals).replacing(" ", with: "0")
    return (value < 0 && scaled > 0 ? "-" : "") + "\(scaled / scale).\(fraction)"
  }

  /// `99 %`, `99.5 %`
  static func percent(_ share: Double) -> String {
    let tenths = Int((share * 1000).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10) %" : "\(tenths / 10).\(tenths % 10) %"
  }

  package static func name(of group: Figure.Group) -> String {
    switch group {
    case .entry: "One call"
    case .stack: "Filters in a stack"
    case .length: "Instructions that are run"
    case .position: "Place in a list, and a tree"
    case .arguments: "Rules on arguments"
    case .entries: "The other way in: int $0x80"
    case .denials: "Denials (the whole call)"
    case .installation: "Installing a filter"
    case .relations: "What the kernel's own benchmark expects"
    case .control: "Controls"
    case .profile: "The profile"
    }
  }
}
