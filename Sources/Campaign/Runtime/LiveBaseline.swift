import Prediction
import Probing
import SeccompModel
import Targets

/// What the live table's calls come to in a runtime's container without any filter.
struct LiveBaseline {
  /// Those that came to the same twice.
  var calls: [Call]
  var outcomes: [Outcome]
  /// How many were left out because they did not.
  var unstable: Int

  static func learn(
    on program: RuntimeProgram, options: RuntimeOptions, workbench: Workbench
  ) throws -> Result<LiveBaseline, RuntimeCheck.Silence> {
    let entryPaths: [EntryPath] = workbench.features[.ia32Emulation] ? [.syscall, .int80] : [.syscall]
    let asked = entryPaths.flatMap(LiveTable.calls)
    let run = try ContainerRun(
      .unconfined, on: program, options: options,
      questions: ContainerRun.Questions(live: asked, isLiveTwice: true))
    guard let inside = run.inside else {
      let said = run.capture.errors.isEmpty ? "" : ": \(run.capture.errors)"
      return .failure(RuntimeCheck.Silence(reason: "without a filter, \(run.silence ?? "nothing")\(said)"))
    }
    var baseline = LiveBaseline(calls: [], outcomes: [], unstable: 0)
    for (index, call) in asked.enumerated() {
      guard let outcome = inside.live[index], outcome == inside.liveAgain[index] else {
        baseline.unstable += 1
        continue
      }
      baseline.calls.append(call)
      baseline.outcomes.append(outcome)
    }
    return .success(baseline)
  }
}
