import Profiles

/// Finds the pods in Kubernetes objects.
struct PodReading {
  var document: PodDocument

  init(source: String) { document = PodDocument(source: source) }

  /// Where the pod template is in each kind of workload (kubernetes.io/docs/reference/kubernetes-api/workload-resources).
  private static let templates: [String: [String]] = [
    "Pod": [],
    "PodTemplate": ["template"],
    "Deployment": ["spec", "template"],
    "StatefulSet": ["spec", "template"],
    "DaemonSet": ["spec", "template"],
    "ReplicaSet": ["spec", "template"],
    "ReplicationController": ["spec", "template"],
    "Job": ["spec", "template"],
    "CronJob": ["spec", "jobTemplate", "spec", "template"],
  ]

  mutating func document(_ root: YAMLValue) throws(ProfileError) {
    if case .null = root.node.content { return ignore(root, "an empty document") }
    try object(root, impliedKind: nil)
  }

  /// - Parameter impliedKind: what an element of a typed list is, which need not say so itself.
  private mutating func object(_ value: YAMLValue, impliedKind: String?) throws(ProfileError) {
    let fields = try value.fields("a Kubernetes object")
    let kind: String
    if let impliedKind, fields["kind"] == nil {
      kind = impliedKind
    } else {
      kind = try fields.required("kind", "the object's kind").string("the object's kind, a word")
    }
    if kind.hasSuffix("List"), let items = fields["items"] {
      // The element's kind: DeploymentList has Deployments; the elements of a List say it themselves.
      let implied = kind == "List" ? nil : String(kind.dropLast(4))
      for item in try items.elements("a list of objects") { try object(item, impliedKind: implied) }
      return
    }
    let metadata = try fields["metadata"]?.fields("the object's metadata")
    let name = try metadata?["name"]?.string("the object's name, a string")
    guard let way = Self.templates[kind] else {
      return ignore(value, name.map { "\(kind) \($0)" } ?? kind)
    }
    var template = value
    for key in way {
      template = try template.fields("the part of a \(kind) with the pod template")
        .required(key, "the pod template of a \(kind)")
    }
    let namespace = try metadata?["namespace"]?.string("the object's namespace, a string")
    let generated = try metadata?["generateName"]?.string("the start of the object's name, a string")
    var pod = Pod(
      kind: kind, name: name ?? generated.map { $0 + "…" }, namespace: namespace, place: Self.place(template))
    try read(template, into: &pod)
    if !way.isEmpty, let metadata { noteAnnotations(of: metadata) }
    document.pods.append(pod)
  }

  private mutating func ignore(_ value: YAMLValue, _ what: String) {
    document.ignored.append(PodDocument.Ignored(place: Self.place(value), what: what))
  }

  // MARK: The pod

  private mutating func read(_ value: YAMLValue, into pod: inout Pod) throws(ProfileError) {
    let fields = try value.fields("a pod template")
    if let metadata = try fields["metadata"]?.fields("the pod's metadata") { noteAnnotations(of: metadata) }
    let spec = try fields.required("spec", "the pod's spec").fields("the pod's spec")
    noteMisplaced(spec, in: "the pod's spec")
    if let system = try spec["os"]?.fields("the pod's operating system") {
      pod.isWindows = try system["name"]?.string("linux or windows") == "windows"
    }
    if let security = try spec["securityContext"]?.fields("the pod's security settings") {
      pod.seccomp = try seccomp(security, of: pod)
      noteUnknown(security, Self.podFields)
    }
    for role in [PodContainer.Role.initial, .main, .ephemeral] {
      guard let list = spec[role.rawValue] else { continue }
      for container in try list.elements("a list of containers") {
        pod.containers.append(try self.container(container, role: role, of: pod))
      }
    }
    guard pod.containers.contains(where: { $0.role == .main }) else {
      throw spec.owner.fault(expected: "a pod with a container in \"containers\"", found: "none")
    }
    notePod(spec)
  }

  private mutating func container(
    _ value: YAMLValue, role: PodContainer.Role, of pod: Pod
  ) throws(ProfileError) -> PodContainer {
    let fields = try value.fields("a container")
    let nameValue = try fields.required("name", "the container's name")
    let name = try nameValue.string("the container's name, a string")
    guard !pod.containers.contains(where: { $0.name == name }) else {
      throw nameValue.fault(expected: "a name that no other container of the pod has")
    }
    var container = PodContainer(name: name, role: role, place: Self.place(value))
    noteMisplaced(fields, in: "a container")
    guard let security = try fields["securityContext"]?.fields("the container's security settings") else {
      return container
    }
    noteUnknown(security, Self.containerFields)
    container.seccomp = try seccomp(security, of: pod)
    container.isPrivileged = try security["privileged"]?.bool("true or false") ?? false
    if let capabilities = try security["capabilities"]?.fields("add and drop, two lists of capabilities") {
      container.capabilities.add = try self.capabilities(capabilities["add"])
      container.capabilities.drop = try self.capabilities(capabilities["drop"])
    }
    return container
  }

  private func capabilities(_ list: YAMLValue?) throws(ProfileError) -> [String] {
    var names: [String] = []
    for value in try list?.elements("a list of capabilities") ?? [] {
      let expected = "a capability without CAP_, such as NET_ADMIN, or ALL"
      let name = try value.string(expected).uppercased()
      guard name == CapabilitySetting.all || CapabilityNames.all.contains(name) else {
        throw value.fault(expected: expected)
      }
      names.append(name)
    }
    return names
  }

  /// The rules are the API server's (kubernetes, pkg/apis/core/validation, validateSeccompProfileField).
  private mutating func seccomp(_ security: YAMLFields, of pod: Pod) throws(ProfileError) -> SeccompSetting? {
    guard let value = security["seccompProfile"] else { return nil }
    guard !pod.isWindows else {
      throw value.fault(expected: "no seccompProfile in a pod for Windows", found: "one")
    }
    let fields = try value.fields("a seccompProfile: a mapping with a type")
    let types = "RuntimeDefault, Localhost or Unconfined"
    let type = try fields.required("type", "the profile's type: \(types)")
    let path = fields["localhostProfile"]
    let choice: SeccompSetting.Choice
    switch try type.string(types) {
    case "RuntimeDefault": choice = .runtimeDefault
    case "Unconfined": choice = .unconfined
    case "Localhost":
      let path = try fields.required(
        "localhostProfile", "the path of the profile, because the type is Localhost")
      let text = try path.string("the path of the profile, a string")
      if let objection = LocalhostPath.objection(to: text) {
        throw path.fault(expected: objection.expected, found: "\(objection.found): \(path.node.kind)")
      }
      choice = .localhost(text, Self.place(path))
    default: throw type.fault(expected: types)
    }
    if let path, type.node.kind != "\"Localhost\"" {
      throw path.fault(expected: "no localhostProfile where the type is \(type.node.kind)")
    }
    noteUnknown(fields, ["type", "localhostProfile"])
    return SeccompSetting(choice, place: Self.place(value))
  }

  static func place(_ value: YAMLValue) -> PodPlace {
    PodPlace(path: value.path.description, position: value.position)
  }
}
