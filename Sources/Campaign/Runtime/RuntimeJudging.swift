import ClassicBPF
import Compilation
import Prediction
import Profiles
import SeccompModel
import Targets

/// One container's run, judged.
struct RuntimeJudging {
  let check: RuntimeCheck
  let subject: RuntimeSubject
  var expectation: RuntimeExpectation
  let plain: PlainFilter?
  let calls: [Call]
  let run: ContainerRun

  var tally = Tally()
  var proof: RuntimeReport.Proof?
  var explanations: [RuntimeReport.Explanation] = []
  var inside = RuntimeReport.Inside()
  var differences: [RuntimeReport.Difference] = []
  var skipped: [String] = []

  var workbench: Workbench { check.workbench }
  var stack: [Filter] { (run.capture.stack ?? []).map(\.filter) }

  init(
    check: RuntimeCheck, subject: RuntimeSubject, expectation: RuntimeExpectation, plain: PlainFilter?,
    calls: [Call], run: ContainerRun
  ) {
    self.check = check
    self.subject = subject
    self.expectation = expectation
    self.plain = plain
    self.calls = calls
    self.run = run
  }

  mutating func report(known: KnownDisagreements) throws -> RuntimeReport {
    tally.cases = 1
    explanations = expectation.clauses.map(RuntimeReport.Explanation.init)
    judgeOutcome()
    judgeRefusedPrograms()
    if outcome == .filtered, case .refused = expectation.reading {
      skipped.append(
        "the filter: it was installed before the runtime refused the profile, and binds no container")
    } else if outcome == .filtered {
      judgeInstallation()
      try judgeProgram()
      try judgePolicy(known: known)
      try judgeKernel()
    }
    try judgeInside()
    let capture = run.capture
    return RuntimeReport(
      source: subject.source, given: given,
      runtime: RuntimeReport.Runtime(
        name: check.program.name, version: check.program.version, dialect: expectation.dialect?.name,
        isExact: expectation.isExact),
      environment: RunEnvironment.detect(workbench), seconds: 0, outcome: outcome, predicted: predicted,
      startFailure: startFailure, message: outcome == .filtered || outcome == .unfiltered ? nil : said,
      installations: capture.installations.map(RuntimeReport.Installation.init), filters: stack.count,
      proof: proof,
      explanations: explanations, tally: tally, inside: inside, differences: differences, skipped: skipped)
  }

  private var given: String {
    switch subject.text.origin {
    case _ where subject.options != nil: "the runtime's own options"
    case _ where check.program.takesPrograms: "the program that libseccomp makes of it"
    case _ where check.program.hasOwnLanguage: "the profile in the runtime's own language"
    case _ where check.program.beneath != nil:
      "the file, which the engine reads for \(check.program.reads.name)"
    case .file: "the file as it is"
    case .configuration: "the linux.seccomp of the configuration"
    case .resolved: "the profile with its conditions resolved"
    }
  }

  // MARK: What became of the container

  var outcome: RuntimeReport.Outcome {
    if !stack.isEmpty { return .filtered }
    if case .started = run.capture.payload { return .unfiltered }
    return run.capture.ending == .timedOut ? .hung : .refused
  }

  private var predicted: RuntimeReport.Outcome? {
    switch expectation.reading {
    case .unknown: nil
    case .refused(let refusal): refusal.isAfterInstallation ? .filtered : .refused
    case .noFilter: .unfiltered
    case .noProgram(.hung), .noProgram(.crashed): .hung
    case .noProgram: .refused
    // Here nobody listens.
    case .filter(let expected): expected.translation.needsListener ? .refused : .filtered
    }
  }

  /// What the runtime said: what it calls an error, else its last words. (A Go program that dies prints its stacks.)
  private var said: String {
    let lines = (run.capture.errors + "\n" + run.capture.output).split(whereSeparator: \.isNewline)
    let errors = lines.filter {
      $0.contains("level=error") || $0.contains("level=fatal") || $0.hasPrefix("fatal error")
    }
    return (errors.isEmpty ? lines.suffix(1) : errors.suffix(2)).map(Self.message).joined(separator: "; ")
  }

  /// A line of a Go program's log (`time="…" level=error msg="…"`) without what differs from run to run.
  private static func message(_ line: Substring) -> String {
    guard line.hasPrefix("time="), let range = line.firstRange(of: "msg=\"") else { return String(line) }
    let message = line[range.upperBound...]
    return String(message.hasSuffix("\"") ? message.dropLast() : message)
  }

  private mutating func judgeOutcome() {
    guard let predicted else { return }
    guard predicted == outcome else {
      differences.append(
        RuntimeReport.Difference(
          parties: "prediction - runtime", expected: predicted.words, found: outcome.words + saidInBrackets,
          count: 1)
      )
      return
    }
    guard predicted == .refused, case .refused(let refusal) = expectation.reading,
      !run.capture.errors.contains(refusal.message), !run.capture.output.contains(refusal.message)
    else { return }
    differences.append(
      RuntimeReport.Difference(
        parties: "prediction - runtime", expected: "a refusal that says \"\(refusal.message)\"",
        found: "a refusal" + saidInBrackets, count: 1))
  }

  private var saidInBrackets: String { said.isEmpty ? "" : " (\(said))" }

  /// Flags and way of the installation.
  private mutating func judgeInstallation() {
    guard case .filter(let expected) = expectation.reading,
      let last = run.capture.installations.last(where: \.isInstalled)
    else { return }
    let wanted =
      "\(expected.translation.route.rawValue) with the flags \(FlagWords(expected.translation.flags))"
    let found = "\(last.route) with the flags \(FlagWords(last.flags))"
    guard wanted != found else { return }
    differences.append(
      RuntimeReport.Difference(parties: "prediction - installation", expected: wanted, found: found, count: 1)
    )
  }

  /// What the runtime said when it could not go on under its own filter.
  private var startFailure: String? {
    guard outcome == .filtered, run.capture.payload == .notStarted else { return nil }
    return said.isEmpty ? "\(run.capture.ending)" : said
  }
}

extension RuntimeReport.Outcome {
  package var words: String {
    switch self {
    case .filtered: "a filter is installed"
    case .unfiltered: "the container runs without a filter"
    case .refused: "the container is refused"
    case .hung: "the runtime does not come to an end"
    }
  }
}

extension RuntimeReport.Installation {
  init(_ installation: Installation) {
    self.init(
      route: "\(installation.route)", flags: installation.flags, instructions: installation.filter.count,
      errno: installation.isInstalled ? 0 : Int(clamping: -installation.result))
  }
}

extension RuntimeReport.Explanation {
  init(_ clause: RuntimeClause) {
    self.init(
      clause: clause.name, path: clause.path, sentence: clause.sentence, origin: clause.source, calls: 0)
  }
}

extension RuntimeExpectation {
  /// Everything that the dialect does other than the text says.
  var clauses: [RuntimeClause] {
    switch reading {
    case .unknown, .noProgram: []
    case .refused(let refusal): [refusal.clause]
    case .noFilter(let clauses): clauses
    case .filter(let expected): expected.translation.clauses
    }
  }
}

/// `SECCOMP_FILTER_FLAG_*` of linux/seccomp.h, by their names.
package struct FlagWords: CustomStringConvertible {
  private let flags: UInt32

  package init(_ flags: UInt32) { self.flags = flags }

  private static let names = [
    "TSYNC", "LOG", "SPEC_ALLOW", "NEW_LISTENER", "TSYNC_ESRCH", "WAIT_KILLABLE_RECV",
  ]

  package var description: String {
    if flags == 0 { return "none" }
    return (0..<32).filter { flags >> UInt32($0) & 1 != 0 }
      .map { $0 < Self.names.count ? Self.names[$0] : "bit \($0)" }.joined(separator: "|")
  }
}
