import Campaign
import SeccompModel

/// The lists of a check's report.
extension CheckText {
  func writeDifferences(to page: inout TextPage) {
    guard !report.differences.isEmpty else { return }
    page.heading("Differences")
    for group in report.differences {
      page.paragraph(
        "\(group.known == nil ? "NEW:" : "known:") \(group.call), \(Self.parties(group.kind)), "
          + Numbers.counted(group.count, "call"), hanging: 7)
      for (party, answer) in [
        ("the policy says", group.policy), ("the filter returns", group.filter),
        ("the other library's", group.otherFilter), ("predicted", group.predicted),
        ("the kernel does", group.observed),
      ] {
        if let answer { page.line("       " + party.filled(to: 20) + answer) }
      }
      page.paragraph("for example " + group.witness, indent: 7, hanging: 2)
      if let known = group.known { page.paragraph("known as \(known)", indent: 7) }
      if let path = group.path { page.paragraph(path, indent: 7) }
    }
  }

  /// Which two answers differ.
  static func parties(_ kind: String) -> String {
    switch FindingKind(rawValue: kind) {
    case .policyFilter: "policy and filter differ"
    case .filterKernel: "filter and kernel differ"
    case .policyKernel: "policy and kernel differ"
    case .libraryLibrary: "two builds of libseccomp differ"
    case .kernelInstall: "the kernel's answer to the installation differs"
    case .compilerHang: "libseccomp does not come back"
    case .compilerCrash: "libseccomp crashes"
    case .compilerError: "libseccomp refuses sound input"
    case nil: kind
    }
  }

  func writeRefusals(to page: inout TextPage) {
    let lost = report.refusals.filter { !$0.isHarmless }
    if !lost.isEmpty {
      page.heading("Rules that are not in the filter")
      for refusal in lost { page.paragraph(Self.words(refusal), hanging: 2) }
    }
    let harmless = report.refusals.filter(\.isHarmless)
    guard !harmless.isEmpty else { return }
    page.heading("Rules not taken, with nothing lost")
    // One profile names dozens of calls that an old library does not know: one line for a reason.
    let reasons = harmless.map(\.reason).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    for reason in reasons {
      let names = harmless.filter { $0.reason == reason }.map(\.name)
      page.paragraph("\(reason): \(names.joined(separator: ", "))", hanging: 2)
    }
  }

  static func words(_ refusal: CheckReport.Refusal) -> String {
    let code = refusal.errno == 0 ? "" : " (\(errnoName(Int(refusal.errno)) ?? "errno \(refusal.errno)"))"
    return "\(refusal.place): \(refusal.name) \(refusal.action): \(refusal.reason)\(code)"
  }

  /// Groups with the same candidates and the same choice are told together: a policy that is open about one call is
  /// often open about many.
  func writeContested(to page: inout TextPage) {
    guard !report.contested.isEmpty else { return }
    page.heading("Contested: the profile leaves the answer open, and this is what libseccomp chose")
    var told = Set<Choice>()
    for choice in report.contested.map(Choice.init) where told.insert(choice).inserted {
      let groups = report.contested.filter { Choice($0) == choice }
      let chosen = choice.chosen.map { action in
        "\(action) for \(Numbers.counted(groups.reduce(0) { $0 + ($1.chosen[action] ?? 0) }, "call"))"
      }
      page.paragraph(
        "\(Self.few(groups.map(\.call))): \(choice.candidates.joined(separator: " or ")); "
          + "chosen \(chosen.joined(separator: ", "))", hanging: 2)
      if let witness = groups.first?.witness {
        page.paragraph("for example " + witness, indent: 4, hanging: 2)
      }
    }
  }

  /// What rules ask for, and what became of it.
  struct Choice: Hashable {
    var candidates: [String]
    var chosen: [String]

    init(_ group: CheckReport.ContestedGroup) {
      candidates = group.candidates
      chosen = group.chosen.keys.sorted()
    }
  }

  /// The first of many, and how many more.
  static func few(_ words: [String], limit: Int = 6) -> String {
    words.prefix(limit).joined(separator: ", ")
      + (words.count > limit ? " and \(Numbers.grouped(words.count - limit)) more" : "")
  }
}
