import CLinux
import Glibc

/// What the kernel's audit log takes about seccomp, from now on.
package final class AuditLog {
  private let descriptor: Int32

  /// Throws when the log cannot be read: without CAP_AUDIT_READ, or on a kernel without CONFIG_AUDIT.
  package init() throws(ProbeError) {
    descriptor = clinux_audit_listen()
    guard descriptor >= 0 else { throw .system(doing: "listening to the audit log", errno: errno) }
  }

  deinit { close(descriptor) }

  /// What the log told.
  package enum Reading {
    /// Everything that came, up to the record that was waited for.
    case records([SeccompRecord])
    /// More came than the kernel keeps for a reader: some of it is gone, and nobody knows what.
    case lost
    /// The record that was waited for did not come.
    case late
  }

  /// Forgets what came so far, and that some of it was lost.
  package func skip() {
    let deadline = clinux_monotonic_time() + 1_000_000_000
    while clinux_monotonic_time() < deadline {
      if case .none = next() { return }
    }
  }

  /// The records that came, until one fits `last`, or until `patience` is over, in nanoseconds.
  package func records(until last: (SeccompRecord) -> Bool, patience: Int64) -> Reading {
    let deadline = clinux_monotonic_time() + patience
    var records: [SeccompRecord] = []
    while true {
      switch next() {
      case .record(let record):
        records.append(record)
        if last(record) { return .records(records) }
      case .other: continue
      case .lost: return .lost
      case .none:
        if clinux_monotonic_time() > deadline { return .late }
        var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        Glibc.poll(&poll, 1, 20)
      }
    }
  }

  private enum Message {
    case record(SeccompRecord)
    /// Of another subject.
    case other
    case lost
    case none
  }

  private func next() -> Message {
    var bytes = [CChar](repeating: 0, count: 9000)
    let count = clinux_audit_next(descriptor, &bytes, bytes.count)
    guard count >= 0 else { return errno == ENOBUFS ? .lost : .none }
    let text = String(decoding: bytes[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return SeccompRecord(text).map(Message.record) ?? .other
  }
}
