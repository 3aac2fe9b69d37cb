package import ClassicBPF

/// One container to start.
package struct ContainerRequest: Sendable {
  /// What it shall be filtered by.
  package enum Source: Hashable, Sendable {
    /// The text of `linux.seccomp`, handed on byte for byte; it may be any JSON value, even a wrong one.
    case seccomp([UInt8])
    /// No `linux.seccomp` at all, and no option that stands for it.
    case unconfined
    /// Raw BPF, for runtimes that take it.
    case filter(Filter)
    /// The runtime's own options.
    case options([String])

    /// In words, for messages.
    package var name: String {
      switch self {
      case .seccomp: "a profile (linux.seccomp)"
      case .unconfined: "no filter at all"
      case .filter: "a BPF program"
      case .options: "options of its own"
      }
    }
  }

  package var source: Source
  /// `process.noNewPrivileges`. Without it runtimes load the filter early, and do more under it.
  package var noNewPrivileges: Bool
  /// The path of a static executable. A copy of it is /probe in the container, and the container's process.
  package var payload: String
  /// Becomes descriptor 3 of the payload where the runtime can hand one on.
  package var payloadDescriptor: Int32?
  /// Whether what the runtime does after its installation goes on unfiltered, up to the payload's start: a container
  /// then starts under filters that deny what the runtime itself needs.
  package var exemptsRuntime: Bool
  /// For the whole run, cleaning up excepted.
  package var deadline: Duration
  /// From the last installation to the payload's start.
  package var grace: Duration

  package init(
    source: Source, payload: String, noNewPrivileges: Bool = true, payloadDescriptor: Int32? = nil,
    exemptsRuntime: Bool = false, deadline: Duration = .seconds(20), grace: Duration = .seconds(2)
  ) {
    self.source = source
    self.noNewPrivileges = noNewPrivileges
    self.payload = payload
    self.payloadDescriptor = payloadDescriptor
    self.exemptsRuntime = exemptsRuntime
    self.deadline = deadline
    self.grace = grace
  }
}
