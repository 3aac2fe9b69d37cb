import ClassicBPF
import Targets

/// A container runtime of this machine.
struct RuntimeStage: ContainerStage {
  let program: RuntimeProgram
  /// The static executable that is the container's process.
  let payload: String
  /// For one start.
  let deadline: Duration
  /// From the last installation to the process's start: the runtime's own work, on a busy machine.
  private static let grace: Duration = .seconds(3)

  func run(
    seccomp: [UInt8]?, noNewPrivileges: Bool, whileRunning: () -> Void
  ) throws -> CaseObservation {
    let request = ContainerRequest(
      source: seccomp.map { .seccomp($0) } ?? .unconfined, payload: payload, noNewPrivileges: noNewPrivileges,
      deadline: deadline, grace: Self.grace)
    let container = try Container(request, on: program)
    if case .started = try container.awaitPayload() { whileRunning() }
    return CaseObservation(try container.finish())
  }
}

extension CaseObservation {
  init(_ capture: Capture) {
    let stack = capture.stack ?? []
    // What was refused binds nobody.
    let installed = capture.installations.filter(\.isInstalled)
    let newest = installed.last { $0.filter == stack.last?.filter }
    let ending: Ending =
      switch capture.ending {
      case .exited(let status): .exited(status)
      case .signalled(let signal): .signalled(signal)
      case .stopped: .stopped
      case .timedOut: .timedOut
      }
    self.init(
      started: capture.payload != .notStarted, stack: stack.map(\.filter), installed: !installed.isEmpty,
      flags: newest?.flags, ending: ending, errors: capture.errors)
  }
}
