/// The configuration of the smallest container that runs the payload.
/// OCI runtime specification, config.md and config-linux.md
enum OCIBundle {
  /// `seccomp` becomes `linux.seccomp` byte for byte: double keys and odd numbers reach the runtime as they are.
  static func config(seccomp: [UInt8]?, noNewPrivileges: Bool, cgroup: String) -> [UInt8] {
    // The user is nobody without any capability. No rlimits, devices or resources: what a runtime adds is its own.
    // Mounted at /proc, because runc looks for its descriptors there. Nothing here needs escaping.
    let head = """
      {
        "ociVersion": "1.0.2",
        "process": {
          "terminal": false,
          "user": {"uid": 65534, "gid": 65534},
          "args": ["\(RuntimePlace.payloadInside)"],
          "env": [],
          "cwd": "/",
          "capabilities": {
            "bounding": [], "effective": [], "inheritable": [], "permitted": [], "ambient": []
          },
          "noNewPrivileges": \(noNewPrivileges)
        },
        "root": {"path": "rootfs"},
        "mounts": [{"destination": "/proc", "type": "proc", "source": "proc"}],
        "linux": {
          "namespaces": [
            {"type": "pid"}, {"type": "mount"}, {"type": "ipc"}, {"type": "uts"}, {"type": "network"}
          ],
          "cgroupsPath": "\(cgroup)"
      """
    var text = Array(head.utf8)
    if let seccomp {
      text += Array(",\n    \"seccomp\": ".utf8)
      text += seccomp
    }
    return text + Array("\n  }\n}\n".utf8)
  }

  /// The bundle's one file besides what stands in every place.
  static func file(
    _ request: ContainerRequest, for runtime: String, at place: RuntimePlace
  ) throws(RuntimeError) -> RuntimeRecipe.File {
    let seccomp: [UInt8]?
    switch request.source {
    case .seccomp(let text): seccomp = text
    case .unconfined: seccomp = nil
    case .filter, .options: throw .sourceNotSupported(runtime: runtime, source: request.source.name)
    }
    return .init(
      path: "\(place.bundle)/config.json",
      contents: config(
        seccomp: seccomp, noNewPrivileges: request.noNewPrivileges, cgroup: place.cgroup))
  }
}
