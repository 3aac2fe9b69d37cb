package import SeccompModel

/// A call that shows what a remark says.
package struct LintWitness: Hashable, Sendable {
  package var call: Call
  /// The call's name on its entry path.
  package var name: String
  /// What the author probably meant to happen.
  package var meant: String
  /// What the remark says happens instead.
  package var claim: Claim
  /// Under which reading of the text.
  package var reading: Reading

  package init(_ call: Call, name: String, meant: String, claim: Claim, reading: Reading = .meant) {
    self.call = call
    self.name = name
    self.meant = meant
    self.claim = claim
    self.reading = reading
  }

  /// What becomes of the call.
  package enum Claim: Hashable, Sendable {
    /// The filter lets it run: ALLOW or LOG.
    case letThrough
    /// Anything but running.
    case refused
    /// Exactly this action.
    case action(Action)

    package init(_ action: Action) { self = action.letsCallsRun ? .letThrough : .action(action) }
  }

  /// How the text becomes a filter.
  package enum Reading: String, Hashable, Sendable, Codable {
    /// The profile in the form it is written in, as Docker, Podman or an OCI runtime reads it.
    case meant
    /// The text handed to an OCI runtime as it stands, which knows none of the front ends' fields.
    case raw
    /// The text is not found: no filter.
    case none
  }
}

extension Action {
  /// Whether the call is executed (`SECCOMP_RET_ALLOW`, `SECCOMP_RET_LOG`).
  package var letsCallsRun: Bool { self == .allow || self == .log }

  /// Whether the call's thread ends.
  var kills: Bool { self == .killThread || self == .killProcess }
}
