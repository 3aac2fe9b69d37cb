import Probing
import SeccompModel
import Targets

/// One container with the probe as its payload: what was installed, and what became of the calls made inside.
struct ContainerRun {
  var capture: Capture
  /// The filters that bound the container in which the calls were made; another container's than ``capture``'s where
  /// the runtime could not start one by itself.
  var stackInside: [InstalledFilter] = []
  /// Nil when no calls were made inside; then ``silence`` says why.
  var inside: Inside?
  var silence: String?

  struct Inside {
    /// With nothing over the runtime's filters: the live table's calls.
    var live: [Outcome?]
    /// The same once more, of a container without filters only.
    var liveAgain: [Outcome?] = []
    /// Under a TRACE shield over the runtime's filters.
    var shielded: [Outcome?]
    var instructionPointers: (syscall: UInt64, int80: UInt64)
  }

  /// The calls to make in a container.
  struct Questions {
    var live: [Call] = []
    var isLiveTwice = false
    var shielded: [Call] = []
  }

  /// Starts a container, makes the calls in it if it lets us, and ends it.
  ///
  /// - Parameters:
  ///   - questions: nil when nothing is to be asked inside.
  ///   - exemptsRuntime: see `ContainerRequest.exemptsRuntime`.
  init(
    _ source: ContainerRequest.Source, on program: RuntimeProgram, options: RuntimeOptions,
    questions: Questions?, exemptsRuntime: Bool = false
  ) throws {
    let probe = try ContainedProbe()
    let container = try Container(
      ContainerRequest(
        source: source, payload: try ProbeExecutable.path(), noNewPrivileges: options.noNewPrivileges,
        payloadDescriptor: probe.descriptor, exemptsRuntime: exemptsRuntime, deadline: options.deadline),
      on: program)
    switch try container.awaitPayload() {
    case .notStarted: silence = "the container did not start"
    case .started(_, let errno) where errno != 0:
      silence = "the probe could not be exempted from the filters (PTRACE_O_SUSPEND_SECCOMP: errno \(errno))"
    case .started where questions == nil: break
    case .started:
      do {
        inside = try Self.ask(questions ?? Questions(), probe, container)
      } catch let error as ProbeError {
        silence = error.description
      }
    }
    capture = try container.finish()
    stackInside = capture.stack ?? []
  }

  /// The same; where a filter was installed under which the runtime could not go on, the calls are made in a second
  /// container, whose runtime is exempt from its own filter.
  static func of(
    _ source: ContainerRequest.Source, on program: RuntimeProgram, options: RuntimeOptions,
    questions: Questions?
  ) throws -> ContainerRun {
    var run = try ContainerRun(source, on: program, options: options, questions: questions)
    guard run.inside == nil, questions != nil, run.capture.payload == .notStarted,
      !(run.capture.stack ?? []).isEmpty
    else { return run }
    let helped = try ContainerRun(
      source, on: program, options: options, questions: questions, exemptsRuntime: true)
    run.inside = helped.inside
    run.silence = helped.silence
    run.stackInside = helped.stackInside
    return run
  }

  private static func ask(
    _ questions: Questions, _ probe: ContainedProbe, _ container: Container
  ) throws -> Inside {
    let isAlive = { container.isRunning }
    try probe.awaitReady(patience: 5_000_000_000, isAlive: isAlive)
    let live = try probe.run(questions.live, isShielded: false, isAlive: isAlive)
    let again =
      questions.isLiveTwice ? try probe.run(questions.live, isShielded: false, isAlive: isAlive) : []
    let shielded =
      questions.shielded.isEmpty ? [] : try probe.run(questions.shielded, isShielded: true, isAlive: isAlive)
    defer { probe.quit() }
    return Inside(
      live: live, liveAgain: again, shielded: shielded, instructionPointers: probe.instructionPointers)
  }
}
