/// What the audit log must say of a script, or must not (linux/audit.h, AUDIT_SECCOMP 1326;
/// kernel/auditsc.c, `audit_seccomp`).
package struct RecordExpectation: Hashable, Sendable {
  /// The number, as the log has it. Scenarios use numbers of their own, so that no other process's record fits.
  package var number: Int32
  package var architecture: UInt32
  /// The full action, without data.
  package var code: UInt32
  /// The signal of a killed caller, else 0.
  package var signal: Int32
  /// Whether there must be such a record, or none for this number at all.
  package var isPresent: Bool
}
