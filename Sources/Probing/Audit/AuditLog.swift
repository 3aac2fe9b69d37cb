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

  /// The records that came until one fits `last`, or until `patience` is over; nil then.
  package func records(
    until last: (SeccompRecord) -> Bool, patience: Int64 = 2_000_000_000
  ) -> [SeccompRecord]? {
    let deadline = clinux_monotonic_time() + patience
    var records: [SeccompRecord] = []
    var bytes = [CChar](repeating: 0, count: 9000)
    while true {
      let count = clinux_audit_next(descriptor, &bytes, bytes.count)
      if count > 0 {
        let text = String(decoding: bytes[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard let record = SeccompRecord(text) else { continue }
        records.append(record)
        if last(record) { return records }
      } else if count < 0 {
        if clinux_monotonic_time() > deadline { return nil }
        var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        Glibc.poll(&poll, 1, 20)
      }
    }
  }
}
