/// A thread's identity, as far as permission checks here ask for it.
struct Credentials: Hashable, Sendable {
  /// Real, effective and saved user id in the initial namespace; nil where the model does not know them.
  var users: (UInt32?, UInt32?, UInt32?) {
    get { (real, effective, saved) }
    set { (real, effective, saved) = newValue }
  }
  var real: UInt32?
  var effective: UInt32?
  var saved: UInt32?
  /// The user namespace; 0 is the initial one.
  var namespace = 0
  /// Whether the permitted and the effective set hold everything in that namespace, or nothing.
  var permitted: Bool
  var isCapable: Bool

  init(isPrivileged: Bool) {
    real = isPrivileged ? 0 : nil
    effective = real
    saved = real
    permitted = isPrivileged
    isCapable = isPrivileged
  }

  /// `overflowuid` of kernel/sys.c: what a user without a mapping is called.
  static let overflowUser: UInt32 = 65534

  /// CAP_SYS_ADMIN in the initial namespace, which capable() asks for.
  var isCapableInitially: Bool { isCapable && namespace == 0 }

  /// What getuid(2) and geteuid(2) say; nil if not known. Nobody writes a mapping for a namespace made here.
  func shown(_ user: UInt32?) -> UInt32? { namespace == 0 ? user : Self.overflowUser }

  /// One who has no mapping in the own namespace makes none below it (kernel/user_namespace.c, create_user_ns).
  var mayMakeNamespace: Bool { namespace == 0 }

  /// The rules by which capabilities follow user ids (capabilities(7); security/commoncap.c, cap_emulate_setxuid).
  mutating func change(to new: (UInt32?, UInt32?, UInt32?)) {
    let hadRoot = real == 0 || effective == 0 || saved == 0
    let wasEffectiveRoot = effective == 0
    users = new
    let hasRoot = real == 0 || effective == 0 || saved == 0
    if hadRoot, !hasRoot {
      permitted = false
      isCapable = false
    }
    if wasEffectiveRoot, effective != 0 { isCapable = false }
    if !wasEffectiveRoot, effective == 0 { isCapable = permitted }
  }

  /// A new user namespace gives its maker everything in it (user_namespaces(7)).
  mutating func enterNamespace(_ id: Int, capable: Bool) {
    namespace = id
    permitted = capable
    isCapable = capable
  }

  /// execve(2) gives capabilities to root only; in a namespace of one's own without a mapping nobody is root. nil where
  /// real and effective user differ.
  func afterExec() -> Credentials? {
    guard real == effective, effective == saved else { return nil }
    var result = self
    let isRoot = namespace == 0 && effective == 0
    result.permitted = isRoot
    result.isCapable = isRoot
    return result
  }

  /// Whether one may signal the other (kernel/signal.c, kill_ok_by_cred); nil if not known.
  func maySignal(_ other: Credentials) -> Bool? {
    if self == other { return true }
    if isCapable, namespace == 0 { return true }
    if isCapable, namespace == other.namespace { return true }
    guard let real, let effective, let otherReal = other.real, let otherSaved = other.saved else {
      return nil
    }
    return effective == otherSaved || effective == otherReal || real == otherSaved || real == otherReal
  }
}
