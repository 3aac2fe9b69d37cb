/// The container runtimes that are known by name.
package enum RuntimeName: String, CaseIterable, Hashable, Sendable {
  case runc, crun, bubblewrap, podman, docker, containerd, lxc, nsjail, firejail

  /// The program that is run.
  package var program: String {
    switch self {
    case .bubblewrap: "bwrap"
    case .containerd: "ctr"
    case .lxc: "lxc-execute"
    case .runc, .crun, .podman, .docker, .nsjail, .firejail: rawValue
    }
  }

  /// How people get it.
  package var howToInstall: String {
    switch self {
    case .docker: "apt-get install docker.io"
    case .nsjail: "it is built from source: https://github.com/google/nsjail"
    case .runc, .crun, .bubblewrap, .podman, .containerd, .lxc, .firejail: "apt-get install \(rawValue)"
    }
  }
}
