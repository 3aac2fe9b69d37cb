import Campaign

/// A check's verdicts by call and way into the kernel, as a picture and as a table.
struct AnswerMatrix {
  private let answers: [CheckReport.CallAnswers]
  /// `personality (x86_64)`, as differences and contested calls name them.
  private let differing: Set<String>
  private let contested: Set<String>
  private let source: String

  /// ABIs, and how their calls come into the kernel.
  private static let ways = [("x86_64", "syscall"), ("x32", "x32"), ("i386", "int $0x80")]

  init(_ answers: [CheckReport.CallAnswers], _ report: CheckReport) {
    self.answers = answers
    source = report.source
    differing = Set(report.differences.map { Self.named($0.call) })
    contested = Set(report.contested.map { Self.named($0.call) })
  }

  /// Numbers without a name share a column.
  private static func named(_ call: String) -> String {
    guard call.hasPrefix("number "), let abi = call.split(separator: " ").last else { return call }
    return "\(CheckReport.CallAnswers.nameless) \(abi)"
  }

  // MARK: Kinds

  private static let kinds: [(name: String, verdicts: Set<String>, category: MatrixPlot.Category)] = [
    ("ALLOW", ["ALLOW"], .init("ALLOW", paint: .allow, sign: .none)),
    ("LOG", ["LOG"], .init("LOG", paint: .log, sign: .dot)),
    ("ERRNO", ["ERRNO"], .init("ERRNO", paint: .deny, sign: .bar)),
    ("TRAP", ["TRAP"], .init("TRAP", paint: .kill, sign: .triangle)),
    ("KILL", ["KILL_THREAD", "KILL_PROCESS"], .init("KILL", paint: .kill, sign: .cross)),
    ("TRACE, USER_NOTIF", ["TRACE", "USER_NOTIF"], .init("TRACE or USER_NOTIF", paint: .ask, sign: .ring)),
  ]

  private static let categories: [MatrixPlot.Category] =
    kinds.map(\.category) + [
      .init("by arguments, partly ALLOW", paint: .allow, secondPaint: .deny, sign: .slash),
      .init("by arguments, never ALLOW", paint: .deny, secondPaint: .kill, sign: .slash),
      .init("an action the kernel does not know", paint: .none, sign: .cross),
    ]

  private static func category(of verdicts: [String]) -> Int {
    let kinds = Set(
      verdicts.map { verdict in
        let word = String(verdict.prefix { $0 != "(" && $0 != "+" })
        return Self.kinds.firstIndex { $0.verdicts.contains(word) } ?? Self.kinds.count + 2
      })
    if kinds.count == 1, let kind = kinds.first { return kind }
    return kinds.contains(0) || kinds.contains(1) ? Self.kinds.count : Self.kinds.count + 1
  }

  // MARK: Forms

  var plot: MatrixPlot {
    let columns = answers.map { answer in
      MatrixPlot.Column(answer.name, Self.ways.map { cell(answer, abi: $0.0) })
    }
    let findings = columns.count { $0.cells.contains { $0?.mark == .finding } }
    return MatrixPlot(
      title: "System calls by way into the kernel, \(source)",
      summary: "\(Numbers.counted(answers.count, "call")), a column each; rows are the ways into the kernel. "
        + (findings == 0
          ? "No answers differ." : "Answers differ in \(Numbers.counted(findings, "column"))."),
      rows: Self.ways.map(\.1), categories: Self.categories, columns: columns)
  }

  private func cell(_ answer: CheckReport.CallAnswers, abi: String) -> MatrixPlot.Cell? {
    guard let verdicts = answer.verdicts[abi], !verdicts.isEmpty else { return nil }
    let call = "\(answer.name) (\(abi))"
    let mark: MatrixPlot.Mark? = differing.contains(call) ? .finding : contested.contains(call) ? .open : nil
    let remark = mark == .finding ? " – answers differ" : mark == .open ? " – contested" : ""
    return MatrixPlot.Cell(
      Self.category(of: verdicts), mark: mark, text: verdicts.joined(separator: ", ") + remark)
  }

  var table: DataTable {
    DataTable(
      [.text("Call")] + Self.ways.map { .text($0.1) },
      answers.map { answer in
        let cells = Self.ways.map { cell(answer, abi: $0.0) }
        return DataTable.Row(
          [.code(answer.name)] + cells.map { HTMLText($0?.text ?? "–") },
          isMarked: cells.contains { $0?.mark == .finding })
      })
  }
}
