public import SeccompModel

/// A seccomp profile: the `linux.seccomp` object of the OCI runtime specification, with its words resolved.
public struct Profile: Hashable, Sendable {
  /// What happens to a call that no rule matches (`defaultAction` with `defaultErrnoRet`).
  public var defaultAction: Action
  /// The architectures listed, in file order; empty means the native one only.
  public var architectures: [Architecture]
  /// `flags` as written (`SECCOMP_FILTER_FLAG_*`); nil when the field is absent.
  public var flags: [String]?
  public var listenerPath: String?
  public var listenerMetadata: String?
  /// `syscalls`, in file order.
  public var entries: [Entry]

  public init(
    defaultAction: Action, architectures: [Architecture] = [], flags: [String]? = nil,
    listenerPath: String? = nil, listenerMetadata: String? = nil, entries: [Entry] = []
  ) {
    self.defaultAction = defaultAction
    self.architectures = architectures
    self.flags = flags
    self.listenerPath = listenerPath
    self.listenerMetadata = listenerMetadata
    self.entries = entries
  }

  /// One element of `syscalls`: each name becomes one rule with all the conditions.
  public struct Entry: Hashable, Sendable {
    public var names: [String]
    /// `action` with `errnoRet`.
    public var action: Action
    /// `args`: all must hold.
    public var conditions: [Condition]

    public init(names: [String], action: Action, conditions: [Condition] = []) {
      self.names = names
      self.action = action
      self.conditions = conditions
    }
  }
}
