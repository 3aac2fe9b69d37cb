import Profiles

/// What has no effect although it looks as if it had.
extension PodReading {
  private static let podAnnotation = "seccomp.security.alpha.kubernetes.io/pod"
  private static let containerAnnotation = "container.seccomp.security.alpha.kubernetes.io/"

  /// The fields of a pod's and of a container's securityContext (Kubernetes API reference, PodSecurityContext and
  /// SecurityContext).
  static let podFields: Set<String> = [
    "appArmorProfile", "fsGroup", "fsGroupChangePolicy", "runAsGroup", "runAsNonRoot", "runAsUser",
    "seLinuxChangePolicy", "seLinuxOptions", "seccompProfile", "supplementalGroups",
    "supplementalGroupsPolicy", "sysctls", "windowsOptions",
  ]
  static let containerFields: Set<String> = [
    "allowPrivilegeEscalation", "appArmorProfile", "capabilities", "privileged", "procMount",
    "readOnlyRootFilesystem", "runAsGroup", "runAsNonRoot", "runAsUser", "seLinuxOptions", "seccompProfile",
    "windowsOptions",
  ]

  mutating func noteAnnotations(of metadata: YAMLFields) {
    guard let annotations = metadata["annotations"], case .mapping(let members) = annotations.node.content
    else {
      return
    }
    for member in members
    where member.key == Self.podAnnotation || member.key.hasPrefix(Self.containerAnnotation) {
      note(
        member, of: annotations,
        "this annotation has no effect since Kubernetes 1.27; securityContext.seccompProfile took its place")
    }
  }

  /// A field that this mapping does not have: kubectl refuses it, other clients drop it.
  mutating func noteUnknown(_ fields: YAMLFields, _ known: Set<String>) {
    for member in fields.members where !known.contains(member.key) {
      note(member, of: fields.owner, "Kubernetes has no such field here, so it has no effect")
    }
  }

  /// Security settings that are not in a securityContext.
  mutating func noteMisplaced(_ fields: YAMLFields, in owner: String) {
    for member in fields.members where ["seccompProfile", "privileged", "capabilities"].contains(member.key) {
      note(
        member, of: fields.owner,
        "\(owner) has no such field, so it has no effect; it belongs into a securityContext")
    }
  }

  mutating func notePod(_ spec: YAMLFields) {
    for member in spec.members {
      switch (member.key, member.value.content) {
      case ("hostUsers", .bool(false)):
        note(
          member, of: spec.owner,
          "the pod has a user namespace of its own: its capabilities hold there only, and its profiles are the same"
        )
      case ("runtimeClassName", .string(let name)):
        note(
          member, of: spec.owner,
          "the runtime class \(JSONText.quoted(JSONText.shortened(name))) may have a runtime that treats profiles in a way "
            + "of its own")
      default: break
      }
    }
  }

  private mutating func note(_ member: YAMLNode.Member, of owner: YAMLValue, _ message: String) {
    let path = owner.path.appending(.key(member.key)).description
    document.remarks.append(
      PodRemark(place: PodPlace(path: path, position: member.position), message: message))
  }
}
