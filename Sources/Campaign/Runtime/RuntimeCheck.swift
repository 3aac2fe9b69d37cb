import CLinux
import ClassicBPF
import Generation
import Prediction
import Probing
import Profiles
import SeccompModel
package import Targets

/// `runtime`: what one container runtime really installs for profiles, held against what it should install, against
/// the profile's text, and against what this kernel does with it, outside the container and inside.
package final class RuntimeCheck {
  package let program: RuntimeProgram
  let options: RuntimeOptions
  let workbench: Workbench
  private let known: KnownDisagreements
  /// What the live table's calls do in a container without filters; learnt when first needed.
  private var baseline: Result<LiveBaseline, Silence>?

  /// Why calls could not be made inside a container.
  struct Silence: Error {
    var reason: String
  }

  package init(
    _ program: RuntimeProgram, options: RuntimeOptions, known: KnownDisagreements = KnownDisagreements()
  ) throws {
    self.program = program
    self.options = options
    self.known = known
    var bench = options.workbench
    bench.compilerDeadline = max(bench.compilerDeadline, .seconds(1))
    workbench = try Workbench(bench, features: try FeatureProbe.detect(bench.probe))
  }

  /// Starts a container under the profile, once.
  package func run(_ subject: RuntimeSubject) throws -> RuntimeReport { try attempt(subject).report }

  /// The same, with what a comparison of runtimes needs.
  func attempt(_ subject: RuntimeSubject) throws -> RuntimeTrial {
    let begin = clinux_monotonic_time()
    let reading = try RuntimeExpectation.of(subject, for: program, on: workbench)
    let plain = try PlainFilter(of: subject, settings: options.settings, on: workbench)
    let calls = try questions(for: reading, or: plain)
    let run = try start(subject, plain, calls: calls)
    var judging = RuntimeJudging(
      check: self, subject: subject, expectation: reading, plain: plain, calls: calls, run: run)
    var report = try judging.report(known: known)
    report.seconds = Double(clinux_monotonic_time() - begin) / 1e9
    return RuntimeTrial(report: report, judging: judging)
  }

  private func start(
    _ subject: RuntimeSubject, _ plain: PlainFilter?, calls: [Call]
  ) throws -> ContainerRun {
    let source: ContainerRequest.Source
    if let options = subject.options {
      source = .options(options)
    } else if program.takesPrograms {
      guard let plain else {
        throw RuntimeCheckError.noProgram(runtime: program.name, source: subject.source)
      }
      source = .filter(plain.prepared.filter)
    } else {
      source = .seccomp(program.beneath == nil ? subject.text.bytes : subject.file)
    }
    var questions: ContainerRun.Questions?
    if options.runsInside {
      // Learnt before the container starts, so that it need not wait.
      let live = (try? liveBaseline().get())?.calls ?? []
      questions = ContainerRun.Questions(live: live, shielded: ContainerRun.harmless(calls))
    }
    return try ContainerRun.of(source, on: program, options: options, questions: questions)
  }

  /// Every number by every way into the kernel, with the arguments that matter.
  private func questions(for expectation: RuntimeExpectation, or plain: PlainFilter?) throws -> [Call] {
    let (layer, filter): (Layer, Filter)
    if case .filter(let expected) = expectation.reading {
      (layer, filter) = (expected.layer, expected.program)
    } else if let plain {
      (layer, filter) = (plain.prepared.layer, plain.prepared.filter)
    } else {
      return []
    }
    let calls = try Checking.enumeration(for: layer, filter: filter).calls.calls
    return workbench.features[.ia32Emulation] ? calls : calls.filter { $0.entryPath != .int80 }
  }

  /// What the live table's calls come to where no filter is.
  func liveBaseline() throws -> Result<LiveBaseline, Silence> {
    if let baseline { return baseline }
    let learnt = try LiveBaseline.learn(on: program, options: options, workbench: workbench)
    baseline = learnt
    return learnt
  }
}

/// One runtime with one profile: what is told of it, and what it is told from.
struct RuntimeTrial {
  var report: RuntimeReport
  var judging: RuntimeJudging
}

/// Why a runtime could not be tried with a profile.
package enum RuntimeCheckError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The runtime takes BPF programs, and there is none.
  case noProgram(runtime: String, source: String)

  package var description: String {
    switch self {
    case .noProgram(let runtime, let source):
      "\(source): \(runtime) takes a compiled program, and libseccomp makes none of this profile"
    }
  }
}

extension RuntimeProgram {
  /// Whether it is given BPF programs, not profiles.
  var takesPrograms: Bool { kind == .named(.bubblewrap) }

  /// Whether it has a language of its own for filters: what is said in it need not be what libseccomp makes of the profile.
  var hasOwnLanguage: Bool { [.named(.lxc), .named(.nsjail), .named(.firejail)].contains(kind) }
}
