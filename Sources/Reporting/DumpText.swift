import ClassicBPF
import Campaign
import Generation
package import SeccompModel
package import Targets

/// The filters of a process for people.
package struct DumpText {
  let report: DumpReport
  let files: [String]?

  /// - Parameter files: where the filters were written, one for each; nil when they are to be printed.
  package init(_ report: DumpReport, files: [String]? = nil) {
    self.report = report
    self.files = files
  }

  package var text: String {
    var page = TextPage()
    page.paragraph("process \(report.dump.process): \(headline)", indent: 0, hanging: 2)
    for thread in report.dump.otherThreads {
      page.paragraph(
        "thread \(thread.id): \(Numbers.counted(thread.filterCount, "filter"))"
          + (thread.notRead.map { ", not read: \($0)" }
            ?? (thread.filterCount == report.dump.filters.count ? ", other ones" : "")),
        hanging: 2)
    }
    for (index, installed) in report.dump.filters.enumerated() {
      page.heading("filter \(index)\(installed.isLogged == true ? " (SECCOMP_FILTER_FLAG_LOG)" : "")")
      if let comparison = report.comparison {
        page.paragraph(Self.words(of: comparison.answers[index], source: comparison.source), hanging: 2)
      }
      if let files {
        page.paragraph("written to \(files[index])")
      } else if report.comparison == nil {
        for line in Disassembler(installed.filter).lines { page.line(line) }
      }
    }
    return page.text
  }

  private var headline: String {
    let filters = report.dump.filters
    if filters.isEmpty {
      return report.dump.mode == .strict
        ? "no filters, but the strict mode of seccomp(2): read, write, exit and rt_sigreturn."
        : "no filter binds it."
    }
    let sizes = filters.map { Numbers.grouped($0.filter.count) }.joined(separator: ", ")
    let count =
      "\(Numbers.counted(filters.count, "filter")), oldest first, of \(sizes) instructions"
    guard let comparison = report.comparison else { return count + "." }
    return "\(count); \(Self.words(of: comparison.answers, source: comparison.source))"
  }

  /// What all comparisons come to: one that was not decided does not say that a filter means something else.
  static func words(of answers: [DumpReport.Answer], source: String) -> String {
    if answers.contains(.same) { return "one means what \(source) says." }
    let open = answers.count { if case .undecided = $0 { true } else { false } }
    if open == 0 { return "none means what \(source) says." }
    return "none is known to mean what \(source) says: \(Numbers.grouped(open)) could not be compared."
  }

  private static func words(of answer: DumpReport.Answer, source: String) -> String {
    switch answer {
    case .same: "means the same as \(source), for every call."
    case .different(let witness, let expected, let installed):
      "differs from \(source), for one at \(CallText(witness)): expected \(expected), installed \(installed)"
    case .undecided(let reason): "could not be compared with \(source): \(reason)"
    }
  }
}

/// A call that a filter sees, as text: its name, the ABI, its arguments.
package struct CallText: CustomStringConvertible {
  let data: SeccompData

  package init(_ data: SeccompData) { self.data = data }

  package var description: String {
    guard let call = CallGenerator.call(from: withoutPointer) else {
      return "number \(data.number) of the architecture 0x\(String(data.architecture, radix: 16))"
    }
    let arguments = (0..<Arguments.count).map { "0x" + String(data.arguments[$0], radix: 16) }
    return "\(call.displayName) with (\(arguments.joined(separator: ", ")))"
  }

  private var withoutPointer: SeccompData {
    var data = data
    data.instructionPointer = 0
    return data
  }
}
