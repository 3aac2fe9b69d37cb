/// Which profile a container gets, and why.
package struct SeccompDecision: Hashable, Sendable {
  package var choice: SeccompSetting.Choice
  package var reason: Reason
  /// The container's bounding set, as `CAP_…` names: profiles in Docker's form depend on it.
  package var capabilities: Set<String>

  package enum Reason: Hashable, Sendable {
    /// Its own securityContext says so.
    case container(PodPlace)
    /// The pod's securityContext says so and its own says nothing.
    case pod(PodPlace)
    /// Nobody says anything, and the kubelet runs with `--seccomp-default`.
    case kubeletDefault
    /// Nobody says anything.
    case nothingSaid
    /// `privileged: true`; the setting that would have applied otherwise.
    case privileged(overruled: SeccompSetting?)
    /// A node with Windows has no seccomp.
    case windows
  }

  package var isConfined: Bool { choice != .unconfined }
}

/// What the node brings, besides the file.
package struct PodNode: Hashable, Sendable {
  /// The kubelet runs with `--seccomp-default`.
  package var hasSeccompDefault: Bool
  /// What the runtime gives a container that asks for nothing, as `CAP_…` names.
  package var capabilities: Set<String>

  package init(hasSeccompDefault: Bool, capabilities: Set<String>) {
    self.hasSeccompDefault = hasSeccompDefault
    self.capabilities = capabilities
  }

  /// What applies to a container.
  ///
  /// Sources: the kubelet asks the runtime for the container's profile, else the pod's, else the default
  /// (kubernetes, pkg/kubelet/kuberuntime, getSeccompProfile); containerd (generateSeccompSpecOpts) and CRI-O
  /// (createSandboxContainer) set none for a privileged container, whatever was asked.
  package func decision(for container: PodContainer, of pod: Pod) -> SeccompDecision {
    let said = container.seccomp ?? pod.seccomp
    let capabilities = container.capabilities.applied(to: self.capabilities)
    if pod.isWindows {
      return SeccompDecision(choice: .unconfined, reason: .windows, capabilities: [])
    }
    if container.isPrivileged {
      let all = CapabilitySetting(add: [CapabilitySetting.all]).applied(to: [])
      return SeccompDecision(
        choice: .unconfined, reason: .privileged(overruled: said), capabilities: all)
    }
    if let own = container.seccomp {
      return SeccompDecision(choice: own.choice, reason: .container(own.place), capabilities: capabilities)
    }
    if let inherited = pod.seccomp {
      return SeccompDecision(
        choice: inherited.choice, reason: .pod(inherited.place), capabilities: capabilities)
    }
    return hasSeccompDefault
      ? SeccompDecision(choice: .runtimeDefault, reason: .kubeletDefault, capabilities: capabilities)
      : SeccompDecision(choice: .unconfined, reason: .nothingSaid, capabilities: capabilities)
  }

  /// Whether the pause container, which holds the pod's namespaces, is confined. The kubelet asks for RuntimeDefault whatever
  /// the pod says (kubernetes, generatePodSandboxLinuxConfig); but with a privileged container in the pod the sandbox
  /// is privileged too, and then has no profile.
  package func isSandboxConfined(of pod: Pod) -> Bool {
    !pod.isWindows && !pod.containers.contains(where: \.isPrivileged)
  }
}
