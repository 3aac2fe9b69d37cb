public import SeccompModel

/// How a container runtime turns a profile into rules for libseccomp: what it leaves out, takes apart and adds.
///
/// What is common to runc 1.1.5 and crun 1.8.1 is done always; where they differ a property says how.
public struct RuntimeDialect: Hashable, Sendable {
  /// The runtime and the version that this describes, such as `runc 1.1.5`.
  public var name: String
  /// What becomes of a rule whose name is empty.
  public var emptyName: EmptyName
  /// Whether numbers above every named one give ENOSYS before the filter proper is asked.
  public var hasUnknownCallStub: Bool

  public enum EmptyName: Hashable, Sendable {
    /// The runtime does not start.
    case refused
    /// The name is skipped.
    case skipped
  }

  /// runc, libcontainer/seccomp/seccomp_linux.go (`InitSeccomp`, `matchCall`) and patchbpf/enosys_linux.go.
  public static let runc = RuntimeDialect(name: "runc 1.1.5", emptyName: .refused, hasUnknownCallStub: true)
  /// crun, src/libcrun/seccomp.c (`libcrun_generate_seccomp`).
  public static let crun = RuntimeDialect(name: "crun 1.8.1", emptyName: .skipped, hasUnknownCallStub: false)

  public static let all = [runc, crun]

  /// A way in which what is installed is not what the profile's text says.
  public enum Clause: Hashable, Sendable {
    /// The entry's action is the default action: none of its rules reaches libseccomp, so that it cancels no
    /// other entry.
    case equalToDefault(entry: Int)
    /// Two conditions of the entry name one argument: each of its conditions becomes a rule by itself, so that one
    /// of them suffices.
    case conditionsAreAlternatives(entry: Int)
    /// The library does not know the name: it is skipped.
    case unknownName(String, entry: Int)
    /// The native architecture is covered although it is not listed.
    case nativeArchitectureAdded
    /// Numbers above the stub's bounds give ENOSYS.
    case unknownCalls(UnknownCallStub)
  }

  /// The runtime does not start with this profile.
  public enum Refusal: Error, Hashable, Sendable {
    case emptyName(entry: Int)
  }

  /// What the runtime asks libseccomp for.
  public struct Translation: Hashable, Sendable {
    public var rules: [Rule]
    public var architectures: [Architecture]
    /// What stands before libseccomp's program; nil when nothing does.
    public var stub: UnknownCallStub?
    /// Everything that was done other than the text says, in the order of the profile.
    public var clauses: [Clause]
  }

  /// - Parameter isKnown: whether the libseccomp that the runtime uses resolves a name.
  public func translate(_ profile: Profile, isKnown: (String) -> Bool) throws(Refusal) -> Translation {
    var rules: [Rule] = []
    var clauses: [Clause] = []
    for (index, entry) in profile.entries.enumerated() {
      if emptyName == .refused, entry.names.contains("") { throw .emptyName(entry: index) }
      guard entry.action != profile.defaultAction else {
        clauses.append(.equalToDefault(entry: index))
        continue
      }
      let alternatives = Self.alternatives(entry.conditions)
      if alternatives.count > 1 { clauses.append(.conditionsAreAlternatives(entry: index)) }
      for (position, name) in entry.names.enumerated() {
        guard isKnown(name) else {
          clauses.append(.unknownName(name, entry: index))
          continue
        }
        rules += alternatives.map {
          Rule(name: name, action: entry.action, conditions: $0, entry: index, position: position)
        }
      }
    }
    let architectures = profile.filteredArchitectures()
    if !profile.architectures.isEmpty, architectures.count > profile.architectures.count {
      clauses.append(.nativeArchitectureAdded)
    }
    var stub: UnknownCallStub?
    if hasUnknownCallStub { stub = UnknownCallStub(profile, isKnown: isKnown) }
    if let stub { clauses.append(.unknownCalls(stub)) }
    return Translation(rules: rules, architectures: architectures, stub: stub, clauses: clauses)
  }

  /// The conditions of each rule that an entry's conditions make.
  private static func alternatives(_ conditions: [Condition]) -> [[Condition]] {
    Set(conditions.map(\.index)).count == conditions.count ? [conditions] : conditions.map { [$0] }
  }
}
