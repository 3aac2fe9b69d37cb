import Profiles
import SeccompModel

/// `report.md`: a finding told to a person.
package struct ReportText: Sendable {
  let finding: Finding

  package init(_ finding: Finding) { self.finding = finding }

  /// The whole Markdown text.
  package var text: String {
    let small = finding.minimized
    var parts = ["# \(Self.sentence(small))"]
    parts.append("Family `\(finding.fingerprint.signature)` (`\(finding.fingerprint.id)`)")
    if !small.isSteady {
      parts.append(
        "Asked again, alone, it did not show: a matter of timing, or of what was asked before it. This is the case as it "
          + "was seen.")
    }
    if let call = small.witness { parts.append("**The call:** `\(Self.symbolic(call))`") }
    if !answers.isEmpty {
      parts.append(
        "| who | answer |\n|---|---|\n" + answers.map { "| \($0) | \($1) |" }.joined(separator: "\n"))
    }
    parts.append(
      small.isAboutPrograms
        ? "## The program\n\n"
          + small.filters.map(Self.program).joined(separator: "\n\nunder it, newer:\n\n")
        : "## The profile\n\n" + small.profiles.map(Self.rules).joined(separator: "\n\nunder it, newer:\n\n"))
    parts.append("## Who is wrong\n\n" + judgement)
    parts.append("## Try it\n\n" + instructions)
    parts.append("## Found with\n\n" + versions)
    return parts.joined(separator: "\n\n") + "\n"
  }

  /// What differs, in one sentence.
  package static func sentence(_ savedCase: SavedCase) -> String {
    let answers = savedCase.answers
    let policy = answers.policy.map(\.description).joined(separator: " or ")
    let filter = answers.filter.map(\.description) ?? "nothing"
    switch savedCase.kind {
    case .policyFilter: return "The profile says \(policy), the filter made from it says \(filter)."
    case .filterKernel:
      return
        "The filter says \(filter), so the kernel should answer \(seen(answers.predicted)), but it answers \(seen(answers.kernel))."
    case .policyKernel: return "The profile says \(policy), the kernel answers \(seen(answers.kernel))."
    case .libraryLibrary:
      let one = savedCase.versions.libseccomp
      let other = savedCase.versions.otherLibseccomp ?? "another build"
      return
        "The filter of libseccomp \(one) says \(filter), that of \(other) says \(answers.otherFilter.map(\.description) ?? "nothing")."
    case .compilerHang: return "libseccomp does not come back from \(stage(savedCase))."
    case .compilerCrash:
      let signal = savedCase.stage?.signal.map { " by signal \($0)" } ?? ""
      return "libseccomp dies\(signal) in \(stage(savedCase))."
    case .compilerError:
      let code = savedCase.stage?.returned.map { " with \($0)" } ?? ""
      return "libseccomp refuses sound input\(code) in \(stage(savedCase))."
    case .kernelInstall:
      return
        "The kernel should answer \(seen(answers.predicted)) to the installation of the filter, but it answers \(seen(answers.kernel))."
    }
  }

  private static func stage(_ savedCase: SavedCase) -> String {
    guard let stage = savedCase.stage else { return "a call" }
    return stage.function + (stage.rule.map { " (rule \($0 + 1))" } ?? "")
  }

  /// Who says what about the call.
  package var answers: [(String, String)] {
    let saved = finding.minimized
    var rows: [(String, String)] = []
    if !saved.answers.policy.isEmpty {
      let contested = saved.answers.policy.count > 1 ? " (contested: matching rules disagree)" : ""
      rows.append(
        ("the profile", saved.answers.policy.map(\.description).joined(separator: " or ") + contested))
    }
    if let filter = saved.answers.filter {
      rows.append(("the filter", "\(filter) (`0x\(padded(filter.rawValue))`)"))
    }
    if let other = saved.answers.otherFilter {
      rows.append(("the other library's filter", "\(other) (`0x\(padded(other.rawValue))`)"))
    }
    if saved.answers.predicted != nil {
      rows.append(("the kernel, predicted", Self.seen(saved.answers.predicted)))
    }
    if saved.answers.kernel != nil { rows.append(("the kernel", Self.seen(saved.answers.kernel))) }
    return rows
  }

  private var instructions: String {
    var lines = [
      "    cc repro.c\(finding.minimized.isAboutPrograms ? "" : " -lseccomp") -o repro && ./repro",
      "    crosscheck replay \(finding.fingerprint.id)",
    ]
    if let origin = finding.original.origin {
      lines.append(
        "\nIt was case \(origin.caseNumber) of seed \(origin.seed); `case.json` is the case as found, `minimized.json` this one."
      )
    }
    return lines.joined(separator: "\n")
  }

  private var versions: String {
    let saved = finding.minimized
    var lines = ["- Linux \(saved.versions.kernel)"]
    if !saved.isAboutPrograms {
      lines.append(
        "- libseccomp \(saved.versions.libseccomp)"
          + (saved.attributes.libraryPath.map { " (`\($0)`)" } ?? ""))
    }
    if let other = saved.versions.otherLibseccomp {
      lines.append("- libseccomp \(other)" + (saved.attributes.otherLibraryPath.map { " (`\($0)`)" } ?? ""))
    }
    if let level = saved.attributes.optimizeLevel { lines.append("- optimise level \(level)") }
    lines.append("- seccomp-crosscheck \(saved.versions.tool)")
    return lines.joined(separator: "\n")
  }
}
