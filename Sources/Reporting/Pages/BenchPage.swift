package import Foundation
package import Overhead

/// A measurement as a page: cost against length, the figures as bars, how single calls are distributed.
package struct BenchPage {
  let report: BenchReport
  let comparison: BenchComparison?
  let written: Date

  package init(_ report: BenchReport, comparison: BenchComparison? = nil, written: Date = Date()) {
    self.report = report
    self.comparison = comparison
    self.written = written
  }

  package var page: HTMLPage {
    HTMLPage(
      command: "crosscheck bench", subject: report.subject?.profile ?? "what a filter costs",
      answer: BenchText(report).summary, tone: .neutral, lead: lead, facts: facts,
      sections: [
        compared, profile, lengths, stacks, bars(.entry), bars(.entries), bars(.position), bars(.arguments),
        denials,
        installations, relations, distributions, memory, certainty, HTMLPage.skips(report.skips),
      ].compactMap(\.self), written: written)
  }

  private var lead: [HTMLText] {
    [
      HTMLText(
        "Each figure was timed in \(Numbers.counted(report.rounds, "round")), each time in a fresh process; "
          + "the \(BenchText.percent(report.quietShare)) that ran while nothing else slowed the processor count. Whiskers and "
          + "brackets are \(BenchText.percent(report.confidence)) intervals, which allow for what whole runs differ in; a difference below "
          + "\(BenchText.number(report.noiseFloor)) ns is not told from noise.")
    ]
  }

  private var facts: DefinitionTable {
    let machine = report.environment
    var table = DefinitionTable([
      ("Kernel", HTMLText(machine.kernel)),
      ("Processor", HTMLText("\(machine.processorModel ?? "not told"), number \(machine.processor)")),
    ])
    let others: [(String, String?)] = [
      ("Hypervisor", machine.hypervisor), ("Governor", machine.governor), ("BPF JIT", machine.jit),
      ("JIT hardening", machine.jitHardening), ("Store bypass", machine.storeBypass),
      (
        "Clock",
        machine.clockRate.map { "\(BenchText.number($0)) GHz\(machine.isClockSteady ? ", steady" : "")" }
      ),
      ("Load", machine.loadBefore.map { "\($0) before, \(machine.loadAfter ?? 0) after" }),
      ("Took", Numbers.seconds(report.seconds)),
    ]
    for (name, value) in others { if let value { table.add(name, [HTMLText(value)]) } }
    for (name, value) in machine.mitigations.sorted(by: { $0.key < $1.key }) where value != "Not affected" {
      table.add(name, [HTMLText(value)])
    }
    return table
  }

  // MARK: Pictures

  private func figures(_ group: Figure.Group) -> [FigureResult] {
    report.figures.filter { $0.group == group }
  }

  private static func range(_ interval: Interval) -> ClosedRange<Double> {
    min(interval.low, interval.high)...max(interval.low, interval.high)
  }

  private static func points(_ figures: [FigureResult]) -> [LinePlot.Point] {
    figures.compactMap { figure in
      figure.place.map { LinePlot.Point(x: $0, y: figure.estimate, interval: range(figure.interval)) }
    }
  }

  private var lengths: HTMLSection? {
    let measured = figures(.length).filter { $0.place != nil }
    guard let slope = report.figure("instruction"), !measured.isEmpty else { return nil }
    let fitted = Self.points(measured).filter { $0.x <= Double(Plan.lengths.last ?? 0) }
    let centre = fitted.reduce(0) { $0 + $1.x } / Double(max(1, fitted.count))
    let height = fitted.reduce(0) { $0 + $1.y } / Double(max(1, fitted.count))
    let spread = measured.map(\.interval.halfWidth).min() ?? 0
    let text =
      BenchText.unresolved(slope).map { "the slope is \($0)" }
      ?? "\(BenchText.number(slope.estimate)) ns an instruction (\(BenchText.number(slope.interval.low)) to "
      + "\(BenchText.number(slope.interval.high)))"
    let fit = LinePlot.Fit(
      text, slope: slope.estimate, intercept: height - slope.estimate * centre,
      over: 2...Double(Plan.lengths.last ?? 2),
      band: { x in
        let line = height + slope.estimate * (x - centre)
        let reach = spread + slope.interval.halfWidth * abs(x - centre)
        return (line - reach)...(line + reach)
      })
    let plot = LinePlot(
      title: "Cost of a call against the filter's length", summary: "A straight line: \(text).",
      x: PlotAxis("instructions that are run", unit: ""), y: PlotAxis("beside no filter", unit: "ns"),
      series: [.init("measured", Self.points(measured), isConnected: false)], fits: [fit])
    return HTMLSection(
      "By length",
      [
        .figure(
          HTMLFigure(
            caption:
              "The line is fitted to lengths up to \(Plan.lengths.last ?? 0), whose machine code stays in the first cache."
          ) { plot.drawing(width: $0) })
      ])
  }

  private var stacks: HTMLSection? {
    let measured = figures(.stack).filter { $0.place != nil }
    guard let slope = report.figure("filter"), !measured.isEmpty else { return nil }
    let plot = LinePlot(
      title: "Cost of a call against the number of filters",
      summary: "Each further filter: \(Self.words(slope)).",
      x: PlotAxis("filters of two instructions", unit: ""), y: PlotAxis("beside no filter", unit: "ns"),
      series: [.init("measured", Self.points(measured))])
    return HTMLSection(
      "By number of filters",
      [
        .figure(
          HTMLFigure(caption: HTMLText("Each further filter: \(Self.words(slope)).")) {
            plot.drawing(width: $0)
          })
      ] + Self.prose(figures(.stack).filter { $0.place == nil && $0.id != slope.id }))
  }

  /// Figures that are in no picture.
  private static func prose(_ figures: [FigureResult], _ remark: String = "") -> [HTMLBlock] {
    figures.map { .prose(HTMLText("\($0.title.capitalised): \(words($0))\(remark).")) }
  }

  private func bars(_ groups: Figure.Group...) -> HTMLSection? {
    let shown = groups.flatMap { figures($0) }.filter { $0.unit == "ns" }
    guard !shown.isEmpty else { return nil }
    let names = groups.map(BenchText.name).joined(separator: "; ")
    let plot = BarPlot(
      title: names, summary: shown.map { "\($0.title): \(Self.words($0))" }.joined(separator: "; "),
      axis: PlotAxis("a call", unit: "ns"), bars: shown.map { .init($0.title, Self.value($0)) },
      noiseFloor: report.noiseFloor)
    let slopes = groups.flatMap { figures($0) }.filter { $0.unit != "ns" }
    return HTMLSection(
      names,
      [.figure(HTMLFigure(caption: "Hollow bars are not told from noise.") { plot.drawing(width: $0) })]
        + Self.prose(slopes))
  }

  private var denials: HTMLSection? {
    logarithmic(.denials, "The whole call or child, as nothing is carried out.")
  }

  private var installations: HTMLSection? {
    logarithmic(
      .installation, "With something to cache, the kernel tries every number when the filter is installed.")
  }

  private func logarithmic(_ group: Figure.Group, _ caption: String) -> HTMLSection? {
    func isOnAxis(_ figure: FigureResult) -> Bool { figure.estimate > 0 && figure.interval.low > 0 }
    let all = figures(group)
    guard !all.isEmpty else { return nil }
    let shown = all.filter(isOnAxis)
    let others = Self.prose(all.filter { !isOnAxis($0) }, ", which a logarithmic axis cannot show")
    guard !shown.isEmpty else { return HTMLSection(BenchText.name(of: group), others) }
    let plot = BarPlot(
      title: BenchText.name(of: group),
      summary: shown.map { "\($0.title): \(Self.words($0))" }.joined(separator: "; "),
      axis: PlotAxis("time", unit: "ns", isLogarithmic: true),
      bars: shown.map { .init($0.title, Self.value($0)) })
    return HTMLSection(
      BenchText.name(of: group),
      [.figure(HTMLFigure(caption: HTMLText(caption)) { plot.drawing(width: $0) })] + others)
  }

  private var distributions: HTMLSection? {
    guard !report.distributions.isEmpty else { return nil }
    let plot = DistributionPlot(
      title: "Single calls",
      summary: report.distributions.map { distribution in
        let median = distribution.percentiles.first { $0.percentile == 50 }?.nanoseconds ?? 0
        return "\(distribution.title): median \(BenchText.number(median)) ns"
      }.joined(separator: "; "),
      series: report.distributions.map { distribution in
        .init(
          distribution.title,
          distribution.percentiles.filter { $0.nanoseconds > 0 }.map {
            .init(percentile: $0.percentile, nanoseconds: $0.nanoseconds)
          })
      })
    return HTMLSection(
      "Single calls",
      [
        .figure(
          HTMLFigure(caption: "Each with the clock's own time, which is shown alone too.") {
            plot.drawing(width: $0)
          })
      ])
  }

  private static func value(_ figure: FigureResult) -> BarPlot.Value {
    .init(
      figure.estimate, interval: range(figure.interval),
      isResolved: figure.isResolved || !figure.isDifference,
      text: figure.isOfSameTimes ? "none" : nil)
  }

  static func words(_ figure: FigureResult) -> String {
    BenchText.unresolved(figure)
      ?? "\(BenchText.number(figure.estimate)) \(figure.unit) [\(BenchText.number(figure.interval.low)), "
      + "\(BenchText.number(figure.interval.high))]"
  }

  // MARK: Tables

  private var relations: HTMLSection? {
    guard !report.relations.isEmpty else { return nil }
    let rows = report.relations.map { relation in
      DataTable.Row(
        [
          HTMLText(relation.title), HTMLText(relation.verdict.rawValue),
          HTMLText(Self.words(relation.difference)),
          HTMLText("±" + BenchText.number(relation.margin)),
        ], isMarked: relation.verdict == .fails)
    }
    return HTMLSection(
      BenchText.name(of: .relations),
      [
        .table(
          DataTable(
            [.text("relation"), .text("verdict"), .number("difference"), .number("limit (ns)")], rows))
      ])
  }

  private var memory: HTMLSection? {
    guard !report.memory.isEmpty else { return nil }
    let rows = report.memory.map {
      DataTable.Row([
        HTMLText(Numbers.grouped($0.instructions)), HTMLText(Numbers.grouped(Int($0.bytes.median))),
        HTMLText("\(Numbers.grouped(Int($0.bytes.minimum))) to \(Numbers.grouped(Int($0.bytes.maximum)))"),
      ])
    }
    return HTMLSection(
      "Kernel memory",
      [.table(DataTable([.number("instructions"), .number("bytes a filter"), .number("of 7 tries")], rows))])
  }

  private var certainty: HTMLSection? {
    let rows = (report.controls + figures(.control)).map { figure in
      DataTable.Row([
        HTMLText(figure.title), HTMLText(Self.words(figure)),
        HTMLText(figure.isResolved ? "resolved" : "not resolved"),
      ])
    }
    return HTMLSection(
      "How sure that is",
      [.table(DataTable([.text("control"), .number("difference"), .text("told from noise")], rows))])
  }

  private var compared: HTMLSection? {
    guard let comparison else { return nil }
    let rows = comparison.rows.filter(\.isDifferent).map { row in
      DataTable.Row(
        [
          HTMLText(row.title), HTMLText(BenchText.number(row.old)), HTMLText(BenchText.number(row.new)),
          HTMLText(
            "\(BenchText.number(row.difference)) [\(BenchText.number(row.interval.low)), "
              + "\(BenchText.number(row.interval.high))]"), HTMLText(row.unit),
        ], isMarked: true)
    }
    let prose: HTMLBlock = .prose(
      HTMLText(
        "\(rows.count) of \(Numbers.counted(comparison.rows.count, "figure")) differ from the older run."))
    return HTMLSection(
      "Against the older run",
      [prose]
        + (rows.isEmpty
          ? []
          : [
            .table(
              DataTable(
                [.text("figure"), .number("old"), .number("new"), .number("difference"), .text("unit")], rows)
            )
          ])
        + (comparison.missing.isEmpty
          ? []
          : [.prose(HTMLText("In one of the two only: \(comparison.missing.joined(separator: ", "))."))])
        + comparison.environment.map { .prose(HTMLText("Not the same besides: \($0)")) })
  }

  private var profile: HTMLSection? {
    guard let subject = report.subject else { return nil }
    let priced = subject.rows.filter { $0.costs.contains { $0.figure != nil } }
    let shown = priced.prefix(40)
    let hidden: [HTMLBlock] =
      shown.count == subject.rows.count
      ? []
      : [
        .prose(
          HTMLText(
            "Not in the picture: \(priced.count - shown.count) less costly kinds of calls, and "
              + "\(subject.rows.count - priced.count) that have no cost under any of the filters (--json has all)."
          ))
      ]
    let plot = BarPlot(
      title: "Cost of each call of the workload", summary: "\(shown.count) calls, the most costly first.",
      axis: PlotAxis("a call, beside no filter", unit: "ns"), variants: subject.variants,
      bars: shown.map { row in .init(row.call, row.costs.map { $0.figure.map(Self.value) }) },
      noiseFloor: report.noiseFloor)
    let totals = report.figures.filter { $0.group == .profile && $0.place == nil }
    return HTMLSection(
      "By call: \(subject.workload)",
      [
        .figure(
          HTMLFigure(caption: "Calls that are denied are shown with the whole time of the denial.") {
            plot.drawing(width: $0)
          })
      ] + hidden + [
        .table(
          DataTable(
            [.text("mean over the workload"), .number("a call")],
            totals.map { .init([HTMLText($0.title), HTMLText(Self.words($0))]) }))
      ])
  }
}
