internal import CLinux
import ClassicBPF
internal import Glibc

/// A guardian's report, read with the suspicion that a file deserves: every count is checked against its room.
struct GuardianReport {
  let bytes: UnsafeRawBufferPointer
  let head: clinux_guardian_report

  /// `bytes` outlives this value.
  init(_ bytes: UnsafeRawBufferPointer) throws(RuntimeError) {
    guard bytes.count >= Int(CLINUX_GUARDIAN_REPORT_SIZE) else { throw .badReport("\(bytes.count) bytes") }
    self.bytes = bytes
    head = bytes.loadUnaligned(as: clinux_guardian_report.self)
  }

  var isComplete: Bool { head.magic == UInt32(CLINUX_GUARDIAN_MAGIC) }

  var payload: PayloadState {
    head.payload > 0
      ? .started(process: head.payload, suspendErrno: head.suspend_error) : .notStarted
  }

  /// What the guardian failed in.
  var failure: RuntimeError? {
    guard head.has_failed != 0 else { return nil }
    return .system(
      operation: text(of: clinux_guardian_message), errno: head.failure)
  }

  /// What it could not remove.
  var leftover: String? { head.has_left != 0 ? text(of: clinux_guardian_leftover) : nil }

  private func text(of field: (UnsafePointer<clinux_guardian_report>) -> UnsafePointer<CChar>) -> String {
    withUnsafePointer(to: head) { head in
      let start = field(head)
      let size = strnlen(start, Int(CLINUX_GUARDIAN_MESSAGE_SIZE))
      return String(decoding: UnsafeRawBufferPointer(start: start, count: size), as: UTF8.self)
    }
  }

  func ending() throws(RuntimeError) -> Capture.Ending {
    switch head.ending {
    case CLINUX_GUARDIAN_EXITED.rawValue: .exited(head.ending_value)
    case CLINUX_GUARDIAN_SIGNALLED.rawValue: .signalled(head.ending_value)
    case CLINUX_GUARDIAN_STOPPED.rawValue: .stopped
    case CLINUX_GUARDIAN_DEADLINE.rawValue, CLINUX_GUARDIAN_GRACE.rawValue: .timedOut
    case let value: throw .badReport("an ending of the kind \(value)")
    }
  }

  var output: String { text(at: CLINUX_GUARDIAN_OUTPUT, count: head.output_bytes) }
  var errors: String { text(at: CLINUX_GUARDIAN_ERRORS, count: head.errors_bytes) }

  private func text(at offset: Int32, count: UInt32) -> String {
    let count = min(Int(count), Int(CLINUX_GUARDIAN_TEXT_SIZE))
    return String(decoding: bytes[Int(offset)..<Int(offset) + count], as: UTF8.self)
  }

  func installations() throws(RuntimeError) -> [Installation] {
    guard head.installations_lost == 0 else {
      throw .badReport("\(head.installations_lost) installations had no room in it")
    }
    let start = Int(CLINUX_GUARDIAN_INSTALLATIONS)
    guard Int(head.installation_bytes) <= bytes.count - start else {
      throw .badReport("\(head.installation_bytes) bytes of installations")
    }
    var area = Records(bytes: bytes, next: start, end: start + Int(head.installation_bytes))
    var installations: [Installation] = []
    for _ in 0..<head.installation_count {
      let record = try area.head(clinux_guardian_installation.self)
      let route: Installation.Route
      switch record.route {
      case CLINUX_GUARDIAN_SECCOMP.rawValue: route = .seccomp
      case CLINUX_GUARDIAN_PRCTL.rawValue: route = .prctl
      case let value: throw .badReport("an installation by way \(value)")
      }
      let filter = try area.filter(record.instruction_count)
      installations.append(
        Installation(
          process: record.process, filter: record.read_error == 0 ? filter : Filter([]), flags: record.flags,
          route: route, result: record.result))
    }
    return installations
  }

  /// The payload's filters; when it did not start, those of the task that installed one last.
  func stack() throws(RuntimeError) -> [InstalledFilter]? {
    let isStarted = payload != .notStarted
    let chain = isStarted ? head.payload_chain : head.last_chain
    guard chain.process != 0 else { return nil }
    guard chain.error == 0 else {
      throw .system(
        operation: "read the filters of process \(chain.process) (PTRACE_SECCOMP_GET_FILTER)",
        errno: chain.error)
    }
    let start = Int(isStarted ? CLINUX_GUARDIAN_PAYLOAD_CHAIN : CLINUX_GUARDIAN_LAST_CHAIN)
    guard chain.bytes <= CLINUX_GUARDIAN_CHAIN_SIZE else {
      throw .badReport("\(chain.bytes) bytes of filters")
    }
    var area = Records(bytes: bytes, next: start, end: start + Int(chain.bytes))
    var filters: [InstalledFilter] = []
    for _ in 0..<chain.filter_count {
      let record = try area.head(clinux_guardian_filter.self)
      filters.append(
        InstalledFilter(
          filter: try area.filter(record.instruction_count),
          isLogged: record.has_flags != 0 ? record.flags & StoppedProcess.logFlag != 0 : nil))
    }
    return filters
  }
}

/// Records one behind the other, each with instructions.
private struct Records {
  let bytes: UnsafeRawBufferPointer
  var next: Int
  let end: Int

  mutating func head<Record: BitwiseCopyable>(_ type: Record.Type) throws(RuntimeError) -> Record {
    let size = MemoryLayout<Record>.size
    guard size <= end - next else { throw .badReport("a record behind the last byte") }
    defer { next += size }
    return bytes.loadUnaligned(fromByteOffset: next, as: type)
  }

  mutating func filter(_ count: UInt32) throws(RuntimeError) -> Filter {
    let size = Int(count) * Instruction.byteCount
    guard size <= end - next else { throw .badReport("\(count) instructions behind the last byte") }
    defer { next += size }
    do {
      return try Filter(bytes: bytes[next..<next + size])
    } catch {
      throw .badReport(error.description)
    }
  }
}
