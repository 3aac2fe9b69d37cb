/// A difference that was found: the case as it turned up, and the smallest one with the same cause.
package struct Finding: Hashable, Sendable {
  package var original: SavedCase
  package var minimized: SavedCase

  package init(original: SavedCase, minimized: SavedCase) {
    self.original = original
    self.minimized = minimized
  }

  package var kind: FindingKind { minimized.kind }

  /// The family, told from the minimised case.
  package var fingerprint: Fingerprint { minimized.fingerprint }
}
