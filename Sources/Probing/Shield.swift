/// What stands under the tested filters, so that a call they let through is not executed.
package enum Shield: Hashable, Sendable {
  /// An older filter answers `ERRNO | marker`: fast, but NOTIFY, TRACE, LOG and ALLOW look the same.
  case errno(marker: UInt16)
  /// An older filter answers `TRACE | marker` and the probe's monitor skips the call: about 3 µs a call, and
  /// tells TRACE and NOTIFY from ALLOW and LOG.
  case trace(marker: UInt16)
  /// None: what the filters allow is executed. For filters that allow nothing dangerous, and for live mode.
  case unshielded

  /// An errno that no kernel returns, below the 4095 cap.
  package static let standard = Shield.errno(marker: 4077)
}
