/// The container runtimes that are known by name.
package enum RuntimeName: String, CaseIterable, Hashable, Sendable {
  case runc, crun, bubblewrap, podman
  /// podman with the OCI runtime of that name.
  case podmanCrun = "podman+crun"
  case podmanRunc = "podman+runc"
  case docker, containerd, lxc, nsjail, firejail

  /// The program that is run; an engine's is its daemon.
  package var program: String {
    switch self {
    case .bubblewrap: "bwrap"
    case .podmanCrun, .podmanRunc: "podman"
    case .docker: "dockerd"
    // lxc-execute would put an init of its own under the filter, in front of the payload.
    case .lxc: "lxc-start"
    case .runc, .crun, .podman, .containerd, .nsjail, .firejail: rawValue
    }
  }

  /// The program that asks the daemon; nil where there is none.
  var client: String? {
    switch self {
    case .docker: "docker"
    case .containerd: "ctr"
    default: nil
    }
  }

  /// The OCI runtimes that an engine may hand its containers to, the first that is there; none for one that
  /// installs filters itself.
  var beneath: [RuntimeName] {
    switch self {
    // Its own order of preference; containers.conf(5), `runtime`.
    case .podman: [.crun, .runc]
    case .podmanCrun: [.crun]
    case .podmanRunc, .docker, .containerd: [.runc]
    default: []
    }
  }

  /// How people get it.
  package var howToInstall: String {
    switch self {
    case .docker: "apt-get install docker.io"
    case .podmanCrun, .podmanRunc: "apt-get install podman"
    case .nsjail: "it is built from source: https://github.com/google/nsjail"
    case .runc, .crun, .bubblewrap, .podman, .containerd, .lxc, .firejail: "apt-get install \(rawValue)"
    }
  }
}
