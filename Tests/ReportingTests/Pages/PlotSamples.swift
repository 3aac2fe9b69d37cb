import Foundation
import Reporting

/// Pictures as a measurement would give them.
enum PlotSamples {
  static let hostile = "<script>alert(1)</script>&\"'\u{0}\u{301}"

  static let line = LinePlot(
    title: "Cost of a call against the filter's length",
    summary: "The cost of getpid grows by 0.173 ns for each instruction, from 99 ns at 2 to 622 ns at 3,002.",
    x: PlotAxis("filter length", unit: "instructions", isLogarithmic: true),
    y: PlotAxis("getpid", unit: "ns a call", includesZero: true),
    series: [
      .init(
        "filter run for every call", points([(2, 99), (102, 111), (302, 142), (1002, 270), (3002, 622)]),
        isConnected: false),
      .init(
        "answer from the kernel's cache",
        points([(2, 98), (102, 98), (302, 98.4), (1002, 97.8), (3002, 98.1)])),
      .init("no filter", points([(2, 86), (3002, 86)])),
    ],
    fits: [
      .init(
        "0.173 ns an instruction (0.168 to 0.178)", slope: 0.173, intercept: 95, over: 2...3002,
        band: { (95 + 0.168 * $0 - 4)...(95 + 0.178 * $0 + 4) })
    ])

  static let linear = LinePlot(
    title: "Cost of a call against the filters of a stack", summary: "A filter more costs 13 ns.",
    x: PlotAxis("filters in the stack", includesZero: true), y: PlotAxis("getpid", unit: "ns a call"),
    series: [.init("getpid", points((1...8).map { (Double($0), 86 + 13 * Double($0)) }))])

  private static func points(_ pairs: [(Double, Double)]) -> [LinePlot.Point] {
    pairs.map { LinePlot.Point(x: $0.0, y: $0.1, interval: ($0.1 - 1)...($0.1 + 1)) }
  }

  static let bars = BarPlot(
    title: "Cost of a profile by system call",
    summary: "clone costs most, 55.2 ns; getpid is not told from no filter.",
    axis: PlotAxis("more than without a filter", unit: "ns a call"),
    bars: [
      .init("clone (flags)", .init(55.2, interval: 53.9...56.4)),
      .init("futex", .init(24.1, interval: 23.2...25)),
      .init(
        "a name that is rather long: clock_nanosleep_time64 with all of its arguments",
        .init(19.6, interval: 18.2...21)),
      .init("read", .init(12.1, interval: 11.6...12.6)),
      .init("write", .init(-3.4, interval: -4...(-2.8))),
      .init("getpid", .init(0.4, interval: -0.6...1.4, isResolved: false)),
      .init("never called", [nil]),
    ], noiseFloor: 1.1)

  static let groupedBars = BarPlot(
    title: "Cost of a profile under three filters", summary: "The binary tree is cheaper throughout.",
    axis: PlotAxis("more than without a filter", unit: "ns a call"),
    variants: ["allow-all", "linear", "binary tree (optimise 2)"],
    bars: [
      .init("read", [value(12, 0.6), value(30, 2.5), value(18, 1)]),
      .init("write", [value(12.1, 0.6), value(43, 2.5), value(19, 1)]),
      .init("openat", [value(12.2, 0.6), value(56, 2.5), value(20, 1)]),
      .init("clock_nanosleep_time64", [value(12.3, 0.6), value(69, 2.5), value(21, 1)]),
      .init("getpid", [value(12.4, 0.6), value(82, 2.5), value(0.8, 1.7, isResolved: false)]),
    ], noiseFloor: 2)

  private static func value(_ value: Double, _ error: Double, isResolved: Bool = true) -> BarPlot.Value {
    .init(value, interval: (value - error)...(value + error), isResolved: isResolved)
  }

  static let manyBars = BarPlot(
    title: "Cost of a profile, 150 calls", summary: "From 1 to 150 ns.",
    axis: PlotAxis("more than without a filter", unit: "ns a call", isLogarithmic: true),
    bars: (1...150).map { index in
      let middle = 151 - Double(index)
      return .init("system_call_number_\(index)", value(middle, middle * 0.03, isResolved: index < 140))
    }, noiseFloor: 12)

  static let distribution = DistributionPlot(
    title: "Latency of getpid",
    summary: "Nine of ten calls take less than 130 ns; one in a million takes 60 µs.",
    series: [
      latencies("no filter", 86), latencies("runc's profile", 130), latencies("NOTIFY round trip", 5200),
    ])

  private static func latencies(_ name: String, _ base: Double) -> DistributionPlot.Series {
    var points: [DistributionPlot.Point] = []
    for tenth in 0...60 {
      let nines = Double(tenth) / 10
      let latency = base * pow(10, nines * nines / 13)
      points.append(.init(percentile: 100 - 100 / pow(10, nines), nanoseconds: latency))
    }
    return .init(name, points + [.init(percentile: 100, nanoseconds: base * 900)])
  }

  static let matrix = MatrixPlot(
    title: "System calls by entry path", summary: "Most calls are allowed on all paths.",
    rows: ["syscall", "x32", "int $0x80"],
    categories: [
      .init("ALLOW", paint: .allow, sign: .none), .init("LOG", paint: .log, sign: .dot),
      .init("ERRNO", paint: .deny, sign: .bar), .init("KILL", paint: .kill, sign: .cross),
      .init("TRAP", paint: .kill, sign: .triangle), .init("NOTIFY or TRACE", paint: .ask, sign: .ring),
      .init("by its arguments", paint: .allow, secondPaint: .deny, sign: .slash),
      .init("no such call", paint: .none, sign: .none),
    ],
    columns: (0..<470).map(column))

  private static func column(_ number: Int) -> MatrixPlot.Column {
    let answers = [0, 0, 0, 2, 0, 0, 6, 0, 1, 4, 5, 0, 7]
    let mark: MatrixPlot.Mark? = number == 135 ? .finding : number % 97 == 5 ? .open : nil
    let cells = (0..<3).map { row -> MatrixPlot.Cell? in
      if number % 53 == 3, row == 2 { return nil }
      let category = row == 1 ? 3 : answers[(number * (row + 1)) % 13]
      return MatrixPlot.Cell(category, mark: mark, text: "answer \(category)")
    }
    return .init(number % 41 == 7 ? "clock_nanosleep_time64_\(number)" : "call_\(number)", cells)
  }

  static let tiles = TilePlot(
    title: "Checks by theme", summary: "All passed but one.", categories: matrix.categories,
    groups: [
      .init("actions", (0..<40).map { .init($0 == 7 ? 3 : 0, text: "check \($0)") }),
      .init(
        "a theme with a rather long name", (0..<140).map { .init($0 % 50 == 3 ? 7 : 0, text: "check \($0)") }),
      .init("empty", []),
    ])

  static func figure(_ caption: HTMLText, _ drawing: @escaping (Double) -> Drawing) -> HTMLBlock {
    .figure(HTMLFigure(caption: caption, drawing))
  }

  /// Everything that a page can hold.
  static let page = HTMLPage(
    command: "crosscheck sample", subject: "every kind of picture",
    answer: "A filter of 300 instructions costs 56 ns a call.",
    tone: .neutral,
    lead: [
      "Measured in 12 rounds with " + .code("getpid")
        + " on a quiet machine; differences below 1.1 ns are not resolved."
    ],
    facts: DefinitionTable([
      ("Kernel", "6.1.0-37-amd64"), ("Processor", "a processor at 3.1 GHz, 2 cores"),
      ("Library", "libseccomp 2.5.4 (libseccomp.so.2, API level 6)"),
    ]),
    sections: [
      .init(
        "Against length",
        [
          figure("Points are medians, with 95 % intervals.") { line.drawing(width: $0) },
          figure("A filter more.") { linear.drawing(width: $0) },
        ]),
      .init(
        "By call",
        [
          figure("One filter.") { bars.drawing(width: $0) },
          figure("Three filters.") { groupedBars.drawing(width: $0) },
        ]),
      .init(
        "Distribution",
        [figure("The axis gives each nine the same room.") { distribution.drawing(width: $0) }]),
      .init("Matrix", [figure("Every call by every way in.") { matrix.drawing(width: $0) }]),
      .init("Many", [figure("150 calls, on a logarithmic axis.") { manyBars.drawing(width: $0) }]),
      .init(
        "Words and tables",
        [
          .prose(
            "Words, "
              + .code(
                "code that is rather long /a/path/without/any/blank/in/it/that/must/be/broken/somewhere")
              + " and " + .strong("strong words") + "."),
          .list(["one", "two " + .code("--option")]),
          .table(
            DataTable(
              caption: "A wide table",
              [
                .text("Call"), .number("Median, ns"), .number("Low"), .number("High"), .number("Calls"),
                .number("Share"), .number("Instructions"), .text("Remark"),
              ],
              [
                .init(["getpid", "86.1", "85.9", "86.4", "1,200,000", "12.1 %", "302", "none"]),
                .init(
                  ["clone", "155.2", "153.9", "156.4", "1,200", "0.1 %", "302", "a difference"],
                  isMarked: true),
              ])),
          .code(
            "crosscheck replay crosscheck-run-1/findings/policy-filter-0123456789ab\ncc repro.c -lseccomp -o repro && ./repro"
          ),
          .finding(
            HTMLFinding(
              label: "new", isNew: true, headline: "policy and filter differ on personality (x86_64)",
              blocks: [
                .definitions(
                  DefinitionTable([
                    ("the policy says", .code("ALLOW")), ("the filter returns", .code("ERRNO(1)")),
                  ])), .code("crosscheck replay x"),
              ])),
          .details("More of it", [.prose("Hidden until opened.")]),
        ]),
    ] + [HTMLPage.skips(["live calls: namespaces of their own need root (errno 1)"])].compactMap(\.self),
    written: Date(timeIntervalSince1970: 1_790_000_000))
}
