import CLinux
import CProbeProtocol
import Glibc

/// Handing the shared memory over and getting it back.
extension Probe {
  /// How long starting and installing may take; compiling a 4096-instruction filter takes the kernel 15 ms.
  static let setUpPatience: Int64 = 20_000_000_000

  /// Starts a probe process over the memory, in place of any earlier one.
  func start() throws(ProbeError) {
    process = nil
    let header = memory.header
    header.pointee.version = UInt32(PROBE_PROTOCOL_VERSION)
    header.pointee.options =
      (options.isLive ? UInt32(PROBE_OPTION_LIVE) : 0)
      | (options.usesFallback ? UInt32(PROBE_OPTION_NO_SUSPEND) : 0)
    header.pointee.stage = 0
    header.pointee.error = 0
    header.pointee.zygote_pid = 0
    let seen = header.pointee.done
    let root = try options.isLive ? Self.removedDirectory() : nil
    defer { if let root { close(root) } }
    process = try ProbeProcess(executable: executable, memory: memory.descriptor, root: root)
    switch awaitDone(after: seen, patience: Self.setUpPatience) {
    case .done: break
    case .ended(let status): throw .diedAtStart(status: status)
    case .stuck: throw .system(doing: "waiting for the probe to start", errno: ETIMEDOUT)
    }
    try memory.throwRecordedFailure()
  }

  /// Puts the stack that the memory describes on a new zygote.
  func installAgain() throws(ProbeError) {
    // A live zygote is init of its pid namespace, which dies with it: the next one needs a new probe.
    if options.isLive, memory.header.pointee.zygote_pid != 0 { try start() }
    memory.header.pointee.call_count = 0
    memory.header.pointee.cursor = 0
    switch runInstallation(patience: Self.setUpPatience) {
    case .done: try memory.throwRecordedFailure()
    case .ended(let status): throw .diedAtStart(status: status)
    case .stuck: throw .system(doing: "waiting for the filters to be installed", errno: ETIMEDOUT)
    }
  }

  /// One run from `first` on. Nil when all calls have results, else the state of the call at the cursor.
  func runOnce(first: Int, count: Int, patience: Int64) throws(ProbeError) -> UInt32? {
    let header = memory.header
    header.pointee.call_count = UInt32(count)
    header.pointee.cursor = UInt32(first)
    header.pointee.kills = 0
    header.pointee.kid_started = 0
    let ending: ProbeMemory.Ending
    if case .trace = shield {
      // The monitor serves the tracer's stops only while it installs and runs in one go.
      ending = runInstallation(patience: patience)
    } else {
      let seen = header.pointee.done
      memory.raise(memory.word(\.zygote_command))
      ending = awaitDone(after: seen, patience: patience)
    }
    switch ending {
    case .done:
      try memory.throwRecordedFailure()
      return nil
    case .ended: return UInt32(PROBE_STATE_LOST)
    case .stuck: return UInt32(PROBE_STATE_HUNG)
    }
  }

  private func runInstallation(patience: Int64) -> ProbeMemory.Ending {
    let header = memory.header
    header.pointee.operation = UInt32(PROBE_COMMAND_INSTALL)
    memory.describe(shield)
    let seen = header.pointee.done
    memory.raise(memory.word(\.monitor_command))
    return awaitDone(after: seen, patience: patience)
  }

  private func awaitDone(after seen: UInt32, patience: Int64) -> ProbeMemory.Ending {
    memory.awaitDone(after: seen, patience: patience, patienceToStart: Self.setUpPatience) {
      process?.endedStatus()
    }
  }

  /// An empty directory that has no name any more: a root to be locked into, with nothing to clean up.
  private static func removedDirectory() throws(ProbeError) -> Int32 {
    var template = Array("/tmp/crosscheck-root-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw .system(doing: "making an empty directory", errno: errno) }
    let descriptor = open(template, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    let error = errno
    rmdir(template)
    guard descriptor >= 0 else { throw .system(doing: "opening an empty directory", errno: error) }
    return descriptor
  }
}
