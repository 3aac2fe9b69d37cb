/// A containerd of the run's own, for docker too.
enum ContainerdDaemon {
  /// In a /run of its own, so that the paths are short: a socket's has at most 107 bytes.
  static let socket = "/run/crosscheck-containerd.sock"

  private static func settingsPath(_ place: RuntimePlace) -> String { "\(place.scratch)/containerd.toml" }

  /// The one configuration that it reads. Plugins that look at the machine, or write to it (opt), are left out.
  static func settings(at place: RuntimePlace) -> RuntimeRecipe.File {
    let text = """
      version = 2
      root = \(quoted("\(place.state)/containerd"))
      state = "/run/crosscheck-containerd"
      disabled_plugins = ["io.containerd.grpc.v1.cri", "io.containerd.internal.v1.opt", \
      "io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs", \
      "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs"]
      [grpc]
      address = "\(socket)"

      """
    return .init(path: settingsPath(place), contents: Array(text.utf8))
  }

  static func step(_ path: String, at place: RuntimePlace) throws(RuntimeError) -> RuntimeRecipe.Step {
    let daemon = [path, "--config", settingsPath(place), "--log-level", "error"]
    return .background(try OwnNetwork.words + daemon, until: socket)
  }

  /// A basic string of TOML.
  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
