package import SeccompModel

/// One entry of the suite's table: a `linux.seccomp` and what the runtime specification requires of it.
package struct OCICase: Hashable, Sendable {
  /// Kebab-case, and kept for ever: people list names of cases in their continuous integration.
  package var name: String
  package var group: String
  /// What is claimed, in words.
  package var claim: String
  package var level: Level
  /// Where the claim comes from, the sentence that obliges first.
  package var sources: [OCICitation]
  package var seccomp: Text
  /// `process.noNewPrivileges`
  package var noNewPrivileges: Bool
  package var requirement: Requirement

  /// How strong a claim is.
  package enum Level: String, Hashable, Sendable {
    /// The specification's MUST, REQUIRED or SHALL: a runtime that does otherwise fails.
    case must
    /// The specification leaves it open, but libseccomp, which it refers to, defines it, or runc and crun agree:
    /// a difference is reported and fails nothing.
    case common
  }

  /// The text of `linux.seccomp`.
  package enum Text: Hashable, Sendable {
    /// Verbatim, whether it is JSON or not. ``listenerPlaceholder`` in it becomes the path of a listening socket.
    case json(String)
    /// No member `seccomp` at all.
    case absent
    /// The entries of a profile file in the containers-common form that apply to a container without
    /// capabilities; skipped where there is no such file.
    case containersProfile(path: String)
  }

  /// Stands in a text for the path of a socket that listens.
  package static let listenerPlaceholder = "{listener}"

  package enum Requirement: Hashable, Sendable {
    /// The container's process is started, and bound by what the text says.
    case accept(Acceptance)
    /// The runtime generates an error, and the process does not run.
    case refuse
    /// The process is started, and no filter binds it.
    case unfiltered
  }

  package struct Acceptance: Hashable, Sendable {
    package var verdicts: [ExpectedVerdict]
    /// Whether a runtime may refuse the text instead, because it uses a value that a runtime need not support
    /// (config.md, Valid values: "MAY choose which subset of the valid values it will support"). A refusal is
    /// then counted as skipped.
    package var mayBeRefused = false
    /// Whether the process must come to run. False where the profile itself forbids what starting takes.
    package var mustStart = true
    package var flags: FlagRequirement?
    /// What the seccomp agent must be sent; nil where no listener is to be called.
    package var agent: AgentRequirement?

    package init(_ verdicts: [ExpectedVerdict]) { self.verdicts = verdicts }
  }

  /// What the filters that bind the process must answer to one call.
  package struct ExpectedVerdict: Hashable, Sendable {
    package var call: Call
    package var action: Action

    package init(_ call: Call, _ action: Action) {
      self.call = call
      self.action = action
    }
  }

  /// The bits of seccomp(2)'s `flags` with which the filter is installed.
  package struct FlagRequirement: Hashable, Sendable {
    package var set: UInt32
    package var clear: UInt32 = 0

    package init(set: UInt32, clear: UInt32 = 0) {
      self.set = set
      self.clear = clear
    }
  }

  /// What must come over the socket of `listenerPath`.
  package struct AgentRequirement: Hashable, Sendable {
    /// `listenerMetadata`, which is to arrive as `metadata`.
    package var metadata: String?
    /// Whether the runtime must have closed the connection while the container goes on.
    package var isClosed = false

    package init(metadata: String? = nil, isClosed: Bool = false) {
      self.metadata = metadata
      self.isClosed = isClosed
    }
  }

  package init(
    _ name: String, _ claim: String, level: Level = .must, _ sources: [OCICitation], _ seccomp: Text,
    noNewPrivileges: Bool = true, _ requirement: Requirement, group: String = ""
  ) {
    self.name = name
    self.group = group
    self.claim = claim
    self.level = level
    self.sources = sources
    self.seccomp = seccomp
    self.noNewPrivileges = noNewPrivileges
    self.requirement = requirement
  }
}

extension OCICase.Requirement {
  /// Started, with these answers.
  static func verdicts(_ verdicts: OCICase.ExpectedVerdict...) -> Self { .accept(.init(verdicts)) }

  /// Either refused or started with these answers: the text uses a value that a runtime need not support.
  static func verdictsOrRefusal(_ verdicts: OCICase.ExpectedVerdict...) -> Self {
    var acceptance = OCICase.Acceptance(verdicts)
    acceptance.mayBeRefused = true
    return .accept(acceptance)
  }

  /// Whether the agent's connection is to be waited for until it is closed.
  var wantsClosedConnection: Bool {
    guard case .accept(let acceptance) = self else { return false }
    return acceptance.agent?.isClosed ?? false
  }

  /// The same with other conditions.
  func with(_ change: (inout OCICase.Acceptance) -> Void) -> Self {
    guard case .accept(var acceptance) = self else { return self }
    change(&acceptance)
    return .accept(acceptance)
  }
}
