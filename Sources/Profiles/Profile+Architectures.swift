public import SeccompModel

extension Profile {
  /// The architectures the profile speaks about: those listed, or x86_64, the native one, when none is.
  ///
  /// A filter made by libseccomp covers more when the list leaves out the native architecture, because
  /// seccomp_init(3) adds that one by itself: see ``filteredArchitectures(native:)``.
  public var effectiveArchitectures: [Architecture] { architectures.isEmpty ? [.x86_64] : architectures }

  /// The architectures that a filter compiled by libseccomp covers: the native one, which seccomp_init(3)
  /// always adds, then those listed, each once.
  public func filteredArchitectures(native: Architecture = .x86_64) -> [Architecture] {
    var result = [native]
    for architecture in architectures where !result.contains(architecture) { result.append(architecture) }
    return result
  }
}
