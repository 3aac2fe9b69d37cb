package import PodFiles
import Profiles

/// What applies to the containers of a file's pods.
package struct PodReport: Encodable {
  package struct PodEntry: Encodable {
    package var kind: String
    package var name: String?
    package var namespace: String?
    package var path: String
    package var line: Int
    package var containers: [Container]
    /// Whether the pause container has a profile: the runtime's own.
    package var sandboxConfined: Bool

    var title: String { name.map { "\(kind) \($0)" } ?? "\(kind) without a name" }
  }

  package struct Container: Encodable {
    package var name: String
    /// `initContainers`, `containers` or `ephemeralContainers`.
    package var role: String
    package var path: String
    package var line: Int
    /// `RuntimeDefault`, `Localhost` or `Unconfined`: what is in force.
    package var type: String
    package var confined: Bool
    /// Why, as a sentence.
    package var reason: String
    /// The bounding set, in the order of names.
    package var capabilities: [String]
    package var profile: Profile?
    package var remarks: [String]
  }

  package struct Profile: Encodable {
    package var file: String
    /// `oci` or `docker`.
    package var form: String
    package var defaultAction: String
    /// The entries in force for this container.
    package var entries: Int
    /// Those that its capabilities, the kernel or the machine leave out.
    package var leftOut: Int
  }

  package struct Place: Encodable {
    package var path: String
    package var line: Int
    package var message: String
  }

  package var source: String
  package var pods: [PodEntry]
  /// What else is in the file.
  package var ignored: [Place]
  package var remarks: [Place]

  /// - Parameter resolved: for each pod those of its containers that are to be told of.
  package init(_ document: PodDocument, node: PodNode, resolved: [(pod: Pod, containers: [PodFile.Resolved])])
  {
    source = document.source
    pods = resolved.map { pod, containers in
      PodEntry(
        kind: pod.kind, name: pod.name, namespace: pod.namespace, path: pod.place.path,
        line: pod.place.position.line, containers: containers.map(Container.init),
        sandboxConfined: node.isSandboxConfined(of: pod))
    }
    ignored = document.ignored.map { Place($0.place, $0.what) }
    remarks = document.remarks.sorted { $0.place.position.line < $1.place.position.line }
      .map { Place($0.place, $0.message) }
  }

  package var unconfined: Int { pods.flatMap(\.containers).count { !$0.confined } }
}

extension PodReport.Place {
  init(_ place: PodPlace, _ message: String) {
    self.init(path: place.path, line: place.position.line, message: message)
  }
}

extension PodReport.Container {
  init(_ resolved: PodFile.Resolved) {
    let (container, decision) = (resolved.container, resolved.decision)
    name = container.name
    role = container.role.rawValue
    path = container.place.path
    line = container.place.position.line
    type = Self.type(decision.choice)
    confined = decision.isConfined
    reason = Self.words(decision.reason)
    capabilities = decision.capabilities.sorted()
    profile = resolved.profile.map { document in
      PodReport.Profile(
        file: document.source, form: document.form.rawValue,
        defaultAction: "\(document.profile.defaultAction)",
        entries: document.profile.entries.count, leftOut: document.remarks.count { $0.kind == .leftOut })
    }
    remarks = []
    if case .localhost = decision.choice, resolved.profile?.form == .docker {
      remarks.append(
        "the file is in Docker's form: this is how CRI-O reads it, while containerd takes it for the OCI form, ignores archMap, "
          + "includes and excludes, and applies every entry")
    }
  }

  private static func type(_ choice: SeccompSetting.Choice) -> String {
    switch choice {
    case .runtimeDefault: "RuntimeDefault"
    case .unconfined: "Unconfined"
    case .localhost: "Localhost"
    }
  }

  private static func words(_ reason: SeccompDecision.Reason) -> String {
    switch reason {
    case .container(let place): "its own \(place.path), line \(place.position.line)"
    case .pod(let place): "the pod's \(place.path), line \(place.position.line)"
    case .kubeletDefault:
      "neither the container nor the pod says anything, and the kubelet has --seccomp-default"
    case .nothingSaid: "neither the container nor the pod says anything"
    case .privileged(overruled: nil): "it is privileged"
    case .privileged(let overruled?):
      "it is privileged, which overrules \(type(overruled.choice)) of \(overruled.place.path), line "
        + "\(overruled.place.position.line)"
    case .windows: "a node with Windows has no seccomp"
    }
  }
}
