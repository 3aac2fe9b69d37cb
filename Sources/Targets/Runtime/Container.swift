internal import CLinux
internal import Glibc
internal import Synchronization

/// One container runtime, started and watched by a guardian (`crosscheck-guardian`), which makes a place that vanishes
/// with it, records every filter that is installed, and lets nothing outlive the run.
///
/// Its calls block, and are made by one task or thread at a time.
package final class Container {
  /// For everything that the guardian does before and behind the run itself.
  private static let guardianAllowance: Duration = .seconds(60)
  private static let number = Atomic<Int>(0)

  let place: RuntimePlace
  private let plan: GuardianPlan
  private let recipe: RuntimeRecipe
  private let scratch: ScratchDirectory
  private let report: SharedFile
  fileprivate var guardian: GuardianProcess
  private let deadline: Duration
  fileprivate var outcome: Result<Capture, RuntimeError>?

  /// Starts the runtime; what becomes of it, the other calls tell.
  package convenience init(_ request: ContainerRequest, on program: RuntimeProgram) throws(RuntimeError) {
    try self.init(request) { place throws(RuntimeError) in try program.recipe(request, at: place) }
  }

  /// The same by a recipe that knows the run's place.
  init(
    _ request: ContainerRequest, recipe: (RuntimePlace) throws(RuntimeError) -> RuntimeRecipe
  ) throws(RuntimeError) {
    guard geteuid() == 0 else { throw .needsRoot }
    let payload = try Self.contents(of: request.payload)
    let scratch = try ScratchDirectory()
    let number = Self.number.add(1, ordering: .relaxed).newValue
    place = RuntimePlace(scratch: scratch.path, id: "crosscheck-\(getpid())-\(number)")
    self.recipe = try recipe(place)
    plan = GuardianPlan(self.recipe, at: place, payload: payload, request: request)
    let planFile = try SharedFile(
      "crosscheck-plan", contents: plan.bytes(deadline: request.deadline, grace: request.grace))
    report = try SharedFile("crosscheck-report", size: Int(CLINUX_GUARDIAN_REPORT_SIZE))
    guardian = try GuardianProcess(
      plan: planFile, report: report, scratch: scratch.descriptor,
      payloadDescriptor: request.payloadDescriptor)
    self.scratch = scratch
    deadline = request.deadline
  }

  deinit {
    // Whoever does not ask for the capture leaves nothing behind either.
    if outcome == nil { _ = try? finish() }
  }

  /// The guardian's process id.
  var guardianID: Int32 { guardian.id }

  /// Blocks until the payload has been exec'd, the runtime has ended, or the time is up.
  package func awaitPayload() throws(RuntimeError) -> PayloadState {
    if outcome == nil, try readReport().payload == .notStarted {
      _ = guardian.awaitNews(deadline + Self.guardianAllowance)
    }
    return try readReport().payload
  }

  /// Blocks until the run has come to its end by itself, or the time is up.
  package func awaitEnd() throws(RuntimeError) -> Capture {
    if let outcome { return try outcome.get() }
    return try close()
  }

  /// Ends what still runs, and tells what was seen.
  package func finish() throws(RuntimeError) -> Capture {
    if let outcome { return try outcome.get() }
    guardian.stop()
    return try close()
  }

  private func readReport() throws(RuntimeError) -> GuardianReport {
    try GuardianReport(UnsafeRawBufferPointer(report.bytes))
  }

  private func close() throws(RuntimeError) -> Capture {
    let result: Result<Capture, RuntimeError>
    do {
      result = .success(try readCapture(guardian.awaitEnd(deadline + Self.guardianAllowance)))
    } catch {
      result = .failure(error)
    }
    outcome = result
    return try result.get()
  }

  private func readCapture(_ ending: Capture.Ending?) throws(RuntimeError) -> Capture {
    let report = try readReport()
    guard ending == .exited(0), report.isComplete else {
      removeCgroups()
      throw .guardianEnded(ending)
    }
    if let failure = report.failure { throw failure }
    let end = try report.ending()
    if let command = plan.commands[Int(report.head.ended_item)], command != recipe.command {
      throw .stepFailed(command: command.joined(separator: " "), ending: end, errors: report.errors)
    }
    let capture = Capture(
      installations: try report.installations(), stack: try report.stack(), payload: report.payload,
      ending: end,
      output: report.output, errors: report.errors)
    if let leftover = report.leftover { throw .leftBehind(leftover) }
    return capture
  }

  /// What a guardian that was killed leaves: its processes and mounts went with it, its control groups did not.
  private func removeCgroups() {
    let plan = GuardianPlan(removing: recipe.cgroups)
    guard let file = try? SharedFile("crosscheck-plan", contents: plan.bytes(deadline: .zero, grace: .zero)),
      let report = try? SharedFile("crosscheck-report", size: Int(CLINUX_GUARDIAN_REPORT_SIZE)),
      var second = try? GuardianProcess(
        plan: file, report: report, scratch: scratch.descriptor, payloadDescriptor: nil)
    else { return }
    _ = second.awaitEnd(Self.guardianAllowance)
  }

  private static func contents(of path: String) throws(RuntimeError) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .system(operation: "open the payload \(path)", errno: errno) }
    defer { Glibc.close(file) }
    var contents: [UInt8] = []
    let room = 1 << 20
    while true {
      var count = 0
      let chunk = [UInt8](unsafeUninitializedCapacity: room) { buffer, initialized in
        count = read(file, buffer.baseAddress, room)
        initialized = max(0, count)
      }
      guard count >= 0 else { throw .system(operation: "read the payload \(path)", errno: errno) }
      if count == 0 { return contents }
      contents += chunk
    }
  }
}

extension Container {
  /// Whether the run has not come to its end.
  package var isRunning: Bool { outcome == nil && guardian.awaitNews(.zero) != .ended }
}
