package import ClassicBPF

/// A filter that a process runs under, as the kernel gave it back.
package struct InstalledFilter: Hashable, Sendable {
  package var filter: Filter
  /// Whether `SECCOMP_FILTER_FLAG_LOG` was set; of the flags of seccomp(2) the kernel keeps this one. Nil when the
  /// kernel did not say (`PTRACE_SECCOMP_GET_METADATA`, since Linux 4.16).
  package var isLogged: Bool?

  package init(filter: Filter, isLogged: Bool? = nil) {
    self.filter = filter
    self.isLogged = isLogged
  }
}
