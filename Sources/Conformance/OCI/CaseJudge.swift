import ClassicBPF
import SeccompModel

/// Holds what one start showed against what its case requires.
struct CaseJudge {
  let testCase: OCICase
  let observation: CaseObservation
  /// Whether a container without a profile starts here; where none does, a refusal says nothing.
  let runtimeStarts: Bool

  struct Judgement: Hashable {
    var verdict: SuiteReport.Verdict
    var reason = ""
    var diagnostics: [String] = []
  }

  /// What the specification says, softened to a warning where it says nothing.
  var judgement: Judgement {
    var judgement = strictJudgement
    if testCase.level == .common, judgement.verdict == .fail { judgement.verdict = .warn }
    return judgement
  }

  private var strictJudgement: Judgement {
    switch testCase.requirement {
    case .refuse: refusal
    case .unfiltered: unfiltered
    case .accept(let acceptance): accepted(acceptance)
    }
  }

  // MARK: Refused

  private var refusal: Judgement {
    if observation.started {
      var judgement = failure("the runtime starts the process \(underWhat)")
      judgement.diagnostics.append(
        "\(CallText.describe(Self.named)) gets \(observation.stack.verdict(for: Self.named.seccompData()).action)"
      )
      return judgement
    }
    switch observation.ending {
    case .signalled(let signal):
      return failure("the runtime is ended by signal \(signal) instead of refusing")
    case .stopped, .timedOut: return tooLong
    case .exited:
      return runtimeStarts ? Judgement(verdict: .pass) : unproven
    }
  }

  /// The call that most of the texts to be refused name.
  private static let named = SuiteCall.native("mkdir")

  private var unproven: Judgement {
    Judgement(
      verdict: .skip, reason: "the runtime starts no container at all here, so that a refusal shows nothing")
  }

  private var underWhat: String {
    switch observation.stack.count {
    case 0: "without a filter"
    case 1: "under a filter"
    case let count: "under \(count) filters"
    }
  }

  private var tooLong: Judgement {
    Judgement(
      verdict: .timeout, reason: "the runtime neither starts the process nor refuses in time",
      diagnostics: lastWords)
  }

  // MARK: Started

  private var unfiltered: Judgement {
    if !observation.started, let judgement = notStarted(mayBeRefused: false, mustStart: true) {
      return judgement
    }
    return observation.stack.isEmpty ? Judgement(verdict: .pass) : failure("the process runs \(underWhat)")
  }

  private func accepted(_ acceptance: OCICase.Acceptance) -> Judgement {
    if !observation.started,
      let judgement = notStarted(mayBeRefused: acceptance.mayBeRefused, mustStart: acceptance.mustStart)
    {
      return judgement
    }
    var faults = wrongVerdicts(acceptance.verdicts)
    if let flags = acceptance.flags { faults += wrongFlags(flags) }
    if let agent = acceptance.agent {
      faults += AgentJudge(requirement: agent, connections: observation.connections).faults
    }
    guard let first = faults.first else { return Judgement(verdict: .pass) }
    return Judgement(
      verdict: .fail, reason: first, diagnostics: Array(faults.dropFirst()) + stackLine)
  }

  /// The judgement when the process did not run; nil when that may be, and what was installed is to be judged.
  private func notStarted(mayBeRefused: Bool, mustStart: Bool) -> Judgement? {
    guard !observation.installed else {
      guard mustStart else { return nil }
      return Judgement(
        verdict: .fail, reason: "the runtime installs a filter, but does not start the process",
        diagnostics: lastWords + stackLine)
    }
    switch observation.ending {
    case .timedOut, .stopped: return tooLong
    case .signalled(let signal): return failure("the runtime is ended by signal \(signal)")
    case .exited: break
    }
    guard mayBeRefused else { return failure("the runtime refuses: \(observation.lastWords)") }
    guard runtimeStarts else { return unproven }
    return Judgement(
      verdict: .skip,
      reason: "refused, as a value may be that a runtime does not support: \(observation.lastWords)")
  }

  // MARK: What was installed

  private func wrongVerdicts(_ expected: [OCICase.ExpectedVerdict]) -> [String] {
    for filter in observation.stack {
      do { try filter.check() } catch { return ["the filter is none that the kernel loads: \(error)"] }
    }
    return expected.compactMap { expected in
      let found = observation.stack.verdict(for: expected.call.seccompData())
      guard found.action != expected.action else { return nil }
      let without = observation.stack.isEmpty ? ": no filter binds the process" : ""
      return
        "\(CallText.describe(expected.call)): expected \(expected.action), found \(found.action)\(without)"
    }
  }

  private func wrongFlags(_ expected: OCICase.FlagRequirement) -> [String] {
    guard let flags = observation.flags else { return ["no filter was installed, with whatever flags"] }
    var faults: [String] = []
    let missing = expected.set & ~flags
    if missing != 0 {
      faults.append("installed with flags \(Self.hex(flags)): \(Self.hex(missing)) is missing")
    }
    let unasked = expected.clear & flags
    if unasked != 0 {
      faults.append("installed with flags \(Self.hex(flags)): \(Self.hex(unasked)) was not asked for")
    }
    return faults
  }

  private static func hex(_ bits: UInt32) -> String { "0x" + String(bits, radix: 16) }

  // MARK: Words

  private func failure(_ reason: String) -> Judgement {
    Judgement(verdict: .fail, reason: reason, diagnostics: stackLine)
  }

  private var lastWords: [String] {
    observation.errors.isEmpty ? [] : ["the runtime said: \(observation.lastWords)"]
  }

  private var stackLine: [String] {
    observation.stack.isEmpty
      ? []
      : [
        "installed: "
          + observation.stack.map { "a filter of \($0.count) instructions" }.joined(separator: ", ")
      ]
  }
}
