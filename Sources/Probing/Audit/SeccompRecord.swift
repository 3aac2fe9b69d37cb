/// A record AUDIT_SECCOMP (1326) of the audit log (kernel/auditsc.c, `audit_seccomp`).
package struct SeccompRecord: Hashable, Sendable {
  package var pid: Int32
  /// The signal that ends the caller; 0 without one.
  package var signal: Int32
  package var architecture: UInt32
  package var number: Int32
  /// Whether the call is one of a 32-bit table.
  package var isCompat: Bool
  package var instructionPointer: UInt64
  /// The full action, without data.
  package var code: UInt32

  /// Reads a record's text; nil when a field is missing.
  package init?(_ text: String) {
    var fields: [Substring: Substring] = [:]
    for word in text.split(whereSeparator: { $0 == " " || $0 == "\0" || $0 == "\n" }) {
      guard let equals = word.firstIndex(of: "=") else { continue }
      fields[word[..<equals]] = word[word.index(after: equals)...]
    }
    func hex(_ name: Substring) -> UInt64? {
      fields[name].flatMap { UInt64($0.hasPrefix("0x") ? $0.dropFirst(2) : $0, radix: 16) }
    }
    guard let pid = fields["pid"].flatMap({ Int32($0) }), let signal = fields["sig"].flatMap({ Int32($0) }),
      let architecture = hex("arch"), let number = fields["syscall"].flatMap({ Int32($0) }),
      let compat = fields["compat"], let pointer = hex("ip"), let code = hex("code")
    else { return nil }
    self.pid = pid
    self.signal = signal
    self.architecture = UInt32(truncatingIfNeeded: architecture)
    self.number = number
    isCompat = compat == "1"
    instructionPointer = pointer
    self.code = UInt32(truncatingIfNeeded: code)
  }
}
