package import Profiles

/// What a pod, or the template of one, says about system calls.
package struct Pod: Hashable, Sendable {
  /// The object's kind, such as `Deployment`.
  package var kind: String
  /// The object's name; nil when it has none.
  package var name: String?
  package var namespace: String?
  /// Of the pod or the template.
  package var place: PodPlace
  package var seccomp: SeccompSetting?
  /// `spec.os.name` is `windows`.
  package var isWindows = false
  package var containers: [PodContainer] = []

  package init(kind: String, name: String?, namespace: String? = nil, place: PodPlace) {
    self.kind = kind
    self.name = name
    self.namespace = namespace
    self.place = place
  }

  /// `Deployment web`
  package var title: String { name.map { "\(kind) \($0)" } ?? "\(kind) without a name" }
}

/// One container of a pod.
package struct PodContainer: Hashable, Sendable {
  package var name: String
  package var role: Role
  package var place: PodPlace
  package var seccomp: SeccompSetting?
  package var isPrivileged = false
  package var capabilities = CapabilitySetting()

  package init(name: String, role: Role, place: PodPlace) {
    self.name = name
    self.role = role
    self.place = place
  }

  /// The three lists of containers; the raw value is the field's name.
  package enum Role: String, Hashable, Sendable, CaseIterable {
    case initial = "initContainers"
    case main = "containers"
    case ephemeral = "ephemeralContainers"

    package var words: String {
      switch self {
      case .initial: "init container"
      case .main: "container"
      case .ephemeral: "ephemeral container"
      }
    }
  }
}

/// A `securityContext.seccompProfile`.
package struct SeccompSetting: Hashable, Sendable {
  package var choice: Choice
  package var place: PodPlace

  package init(_ choice: Choice, place: PodPlace) {
    self.choice = choice
    self.place = place
  }

  package enum Choice: Hashable, Sendable {
    case runtimeDefault
    case unconfined
    /// A path below the node's directory of profiles, and where it stands.
    case localhost(String, PodPlace)
  }
}

/// Where something stands in the file.
package struct PodPlace: Hashable, Sendable {
  /// Such as `$.spec.containers[0].securityContext`.
  package var path: String
  package var position: SourcePosition

  package init(path: String, position: SourcePosition) {
    self.path = path
    self.position = position
  }
}

/// Something that is no error but should not pass in silence.
package struct PodRemark: Hashable, Sendable {
  package var place: PodPlace
  package var message: String
}
