import Dispatch
import Synchronization

/// Puts every case of the table to one runtime.
package struct OCISuite: Sendable {
  package var cases: [OCICase]
  /// How many containers may be started at once. They know nothing of each other: the results are the same.
  package var width = 2

  /// What is told while the suite runs.
  package struct Progress: Sendable {
    package var finished: Int
    package var total: Int
    package var result: SuiteReport.Result
  }

  /// The cases whose name, or whose group's, fits `filter`; all without one.
  package init(filter: String? = nil) throws(OCISuiteError) {
    let pattern = filter.map(NamePattern.init)
    cases = OCICase.table.filter { testCase in
      pattern.map { $0.matches(testCase.name) || $0.matches(testCase.group) } ?? true
    }
    if let filter, cases.isEmpty { throw .noCase(filter) }
  }

  init(cases: [OCICase]) { self.cases = cases }

  /// Runs the cases on `stage`. Throws what keeps the stage from starting anything at all. `progress` is called after
  /// each case, one call at a time, from any thread.
  package func run(
    on stage: some ContainerStage, properties: [SuiteReport.Property],
    progress: @Sendable (Progress) -> Void = { _ in }
  ) throws -> SuiteReport {
    let clock = ContinuousClock()
    let begin = clock.now
    // Without a container that starts, a refusal shows nothing.
    let runtimeStarts = try stage.run(seccomp: nil, noNewPrivileges: true) {}.started
    let state = Mutex(State(results: Array(repeating: nil, count: cases.count)))
    DispatchQueue.concurrentPerform(iterations: max(1, min(width, cases.count))) { _ in
      while let index = state.withLock({ $0.take() }) {
        let result = Self.result(of: cases[index], on: stage, runtimeStarts: runtimeStarts)
        state.withLock {
          $0.results[index] = result
          $0.finished += 1
          progress(Progress(finished: $0.finished, total: cases.count, result: result))
        }
      }
    }
    return SuiteReport(
      suite: "oci-seccomp", properties: properties, results: state.withLock { $0.results.compactMap(\.self) },
      seconds: (clock.now - begin) / .seconds(1))
  }

  private struct State {
    var results: [SuiteReport.Result?]
    var next = 0
    var finished = 0

    mutating func take() -> Int? {
      guard next < results.count else { return nil }
      defer { next += 1 }
      return next
    }
  }

  private static func result(
    of testCase: OCICase, on stage: some ContainerStage, runtimeStarts: Bool
  ) -> SuiteReport.Result {
    let clock = ContinuousClock()
    let begin = clock.now
    let judgement = judgement(of: testCase, on: stage, runtimeStarts: runtimeStarts)
    let seconds = (clock.now - begin) / .seconds(1)
    var diagnostics = judgement.diagnostics
    if judgement.verdict != .pass {
      diagnostics.insert("claim (\(testCase.level.rawValue)): \(testCase.claim)", at: 0)
      diagnostics += testCase.sources.map { "source: \($0)" }
      if case .json(let text) = testCase.seccomp { diagnostics.append("seccomp: \(shortened(text))") }
      if !testCase.noNewPrivileges { diagnostics.append("noNewPrivileges: false") }
    }
    return SuiteReport.Result(
      name: testCase.name, group: testCase.group, claim: testCase.claim, verdict: judgement.verdict,
      reason: judgement.reason, seconds: seconds, diagnostics: diagnostics)
  }

  private static func judgement(
    of testCase: OCICase, on stage: some ContainerStage, runtimeStarts: Bool
  ) -> CaseJudge.Judgement {
    do {
      let listener = CaseText.asksForListener(testCase.seccomp) ? try StateListener() : nil
      defer { listener?.stop() }
      let text = try CaseText.bytes(of: testCase.seccomp, listener: listener?.path)
      var connections: [AgentConnection] = []
      var observation = try stage.run(seccomp: text, noNewPrivileges: testCase.noNewPrivileges) {
        guard let listener else { return }
        listener.awaitStates(closed: testCase.requirement.wantsClosedConnection, atMost: 2)
        // Now: ending the runtime closes what it left open.
        connections = listener.received
      }
      observation.connections = connections
      return CaseJudge(testCase: testCase, observation: observation, runtimeStarts: runtimeStarts).judgement
    } catch let missing as CaseText.Missing {
      return CaseJudge.Judgement(verdict: .skip, reason: missing.reason)
    } catch {
      return CaseJudge.Judgement(verdict: .error, reason: "\(error)")
    }
  }

  /// One line, of the length that a reader still takes in.
  private static func shortened(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
      .replacing(SeccompText.list(SeccompText.startNames), with: "[… what starting takes]")
    return line.count > 600 ? line.prefix(600) + "…" : line
  }
}

/// Why a suite cannot be run.
package enum OCISuiteError: Error, Hashable, Sendable, CustomStringConvertible {
  case noCase(String)

  package var description: String {
    switch self {
    case .noCase(let pattern):
      "no case of the suite fits \"\(pattern)\"; groups are "
        + OCICase.groups.joined(separator: ", ") + ", and * stands for any characters"
    }
  }
}
