public import SeccompModel

/// What a container runtime makes of the text of `linux.seccomp`.
public enum RuntimeReading: Hashable, Sendable {
  /// The container does not start.
  case refused(Refusal)
  /// The container starts without any filter.
  case noFilter([RuntimeClause])
  /// The runtime asks libseccomp for this. Whether it starts then depends on what the library says of the rules
  /// (see ``RuntimeDialect/refusal(of:errno:)``), on the program's length
  /// (``RuntimeDialect/refusal(ofProgram:)``) and on the listener, if one is needed.
  case filter(Translation)

  /// Why the runtime does not start the container.
  public struct Refusal: Error, Hashable, Sendable {
    public var clause: RuntimeClause
    /// A part of what the runtime prints, without anything that differs from run to run.
    public var message: String
    /// Whether the runtime gives up only after it has installed a filter, as a capture then shows. The filter can
    /// stop the runtime before it has said why.
    public var isAfterInstallation: Bool

    public init(clause: RuntimeClause, message: String, isAfterInstallation: Bool = false) {
      self.clause = clause
      self.message = message
      self.isAfterInstallation = isAfterInstallation
    }
  }

  /// What the runtime asks libseccomp and the kernel for.
  public struct Translation: Hashable, Sendable {
    public var defaultAction: Action
    /// In the order in which the runtime adds them. `entry` and `position` count the text's `syscalls` and `names`.
    public var rules: [Rule]
    /// Those that the filter covers: the native one, then those listed, each once.
    public var architectures: [Architecture]
    /// What stands before libseccomp's program; nil when nothing does or when it answers no call.
    public var stub: UnknownCallStub?
    /// The flags of seccomp(2) that the filter is installed with in the end; 0 by ``Route/prctl``.
    public var flags: UInt32
    public var route: Route
    /// `SCMP_FLTATR_CTL_OPTIMIZE`, where the runtime sets it.
    public var optimizeLevel: UInt32?
    /// The socket that must accept a connection, or the container does not start; nil when none is needed.
    public var listenerPath: String?
    /// The least libseccomp API level at which the library and the kernel know everything that is asked for
    /// (seccomp_api_get(3)).
    public var apiLevel: UInt32
    /// Everything that is other than the text says, in the order of the text.
    public var clauses: [RuntimeClause]

    public init(
      defaultAction: Action, rules: [Rule] = [], architectures: [Architecture] = [.x86_64],
      stub: UnknownCallStub? = nil, flags: UInt32 = 0, route: Route = .seccomp, optimizeLevel: UInt32? = nil,
      listenerPath: String? = nil, apiLevel: UInt32 = 1, clauses: [RuntimeClause] = []
    ) {
      self.defaultAction = defaultAction
      self.rules = rules
      self.architectures = architectures
      self.stub = stub
      self.flags = flags
      self.route = route
      self.optimizeLevel = optimizeLevel
      self.listenerPath = listenerPath
      self.apiLevel = apiLevel
      self.clauses = clauses
    }

    /// Whether the container starts only if somebody listens.
    public var needsListener: Bool { listenerPath != nil }
  }

  /// How the filter is installed.
  public enum Route: String, Hashable, Sendable {
    /// `prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, …)`
    case prctl
    /// `seccomp(SECCOMP_SET_MODE_FILTER, …)`
    case seccomp
  }

  /// The clauses, whatever the reading is.
  public var clauses: [RuntimeClause] {
    switch self {
    case .refused(let refusal): [refusal.clause]
    case .noFilter(let clauses): clauses
    case .filter(let translation): translation.clauses
    }
  }
}
