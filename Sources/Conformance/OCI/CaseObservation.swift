package import ClassicBPF

/// What one start of a container showed, as far as the suite judges it.
package struct CaseObservation: Hashable, Sendable {
  /// Whether the container's process came to run.
  package var started: Bool
  /// What binds the process, oldest first; what binds the task that installed last when the process never ran.
  package var stack: [Filter]
  /// Whether a filter was installed at all.
  package var installed: Bool
  /// `flags` of the installation of the stack's newest filter; 0 by prctl(2). Nil when nothing was installed.
  package var flags: UInt32?
  package var ending: Ending
  /// The runtime's standard error.
  package var errors: String
  /// What came over the listening socket, a connection each; empty when there was none.
  package var connections: [AgentConnection]

  /// How the runtime came to its end.
  package enum Ending: Hashable, Sendable {
    case exited(Int32)
    case signalled(Int32)
    /// It went on, and was ended by the suite.
    case stopped
    case timedOut
  }

  package init(
    started: Bool, stack: [Filter] = [], installed: Bool = false, flags: UInt32? = nil,
    ending: Ending = .exited(0), errors: String = "", connections: [AgentConnection] = []
  ) {
    self.started = started
    self.stack = stack
    self.installed = installed
    self.flags = flags
    self.ending = ending
    self.errors = errors
    self.connections = connections
  }
}

/// One connection to the socket that `listenerPath` names.
package struct AgentConnection: Hashable, Sendable {
  package var text: [UInt8]
  /// How many descriptors came with it.
  package var descriptors: Int
  /// Whether descriptors came with the first message only.
  package var descriptorsCameFirst: Bool
  /// Whether the runtime closed it.
  package var isClosed: Bool

  package init(text: [UInt8], descriptors: Int, descriptorsCameFirst: Bool = true, isClosed: Bool = true) {
    self.text = text
    self.descriptors = descriptors
    self.descriptorsCameFirst = descriptorsCameFirst
    self.isClosed = isClosed
  }
}
