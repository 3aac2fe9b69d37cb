import ProfileFiles
package import Profiles

/// Reads pods and the profiles that apply to them from files.
package struct PodFile: Sendable {
  package var options: Options
  package var document: PodDocument

  package struct Options: Sendable {
    /// The node's directory of profiles.
    package var profileRoot: String
    /// The file that stands for the runtime's own profile.
    package var runtimeDefault: String
    package var node: PodNode
    /// The kernel and the architecture for profiles in Docker's form; the capabilities are each container's.
    package var context: ResolutionContext

    package init(profileRoot: String, runtimeDefault: String, node: PodNode, context: ResolutionContext) {
      self.profileRoot = profileRoot
      self.runtimeDefault = runtimeDefault
      self.node = node
      self.context = context
    }
  }

  /// The kubelet's `--root-dir` with `seccomp` behind it.
  package static let standardRoot = "/var/lib/kubelet/seccomp"
  /// Where containers-common puts the profile that Podman and CRI-O use.
  package static let standardRuntimeDefault = "/usr/share/containers/seccomp.json"

  /// Reads the pods at `path`, or those on standard input when it is `-`.
  package init(_ path: String, options: Options) throws(ProfileError) {
    self.options = options
    document = try PodDocument.read(
      try ProfileFile.bytes(of: path, what: "a pod"), source: ProfileFile.name(of: path))
  }

  package init(_ document: PodDocument, options: Options) {
    self.options = options
    self.document = document
  }

  /// A container with what applies to it.
  package struct Resolved: Sendable {
    package var container: PodContainer
    package var decision: SeccompDecision
    /// The profile as read for this container; nil where it is unconfined.
    package var profile: ProfileDocument?
  }

  /// What applies to the containers of `pod`, each profile read. Throws what is wrong with the first that cannot be.
  package func resolve(
    _ pod: Pod, where isWanted: (PodContainer) -> Bool = { _ in true }
  ) throws(ProfileError) -> [Resolved] {
    var resolved: [Resolved] = []
    for container in pod.containers where isWanted(container) {
      let decision = options.node.decision(for: container, of: pod)
      resolved.append(
        Resolved(container: container, decision: decision, profile: try profile(of: decision)))
    }
    return resolved
  }

  private func profile(of decision: SeccompDecision) throws(ProfileError) -> ProfileDocument? {
    var context = options.context
    context.capabilities = decision.capabilities
    switch decision.choice {
    case .unconfined: return nil
    case .runtimeDefault:
      guard FilePath.exists(options.runtimeDefault) else {
        throw ProfileError(
          source: options.runtimeDefault, path: "$", position: nil,
          expected:
            "the runtime's own profile, for RuntimeDefault (--runtime-default names another file; Debian's package "
            + "golang-github-containers-common has one)", found: "no such file")
      }
      return try ProfileFile.read(options.runtimeDefault, context: context)
    case .localhost(let path, let place):
      let document = try ProfileFile.read(try localFile(path, place), context: context)
      // A runtime looks for the profile's fields at the top of the file, finds none there, and starts without a filter.
      guard document.form != .ociConfig else {
        throw ProfileError(
          source: document.source, path: "$", position: SourcePosition(line: 1, column: 1),
          expected: "a profile by itself, as runtimes read it for Localhost", found: "a whole config.json")
      }
      return document
    }
  }

  /// The file of a Localhost profile; it must be below the root when every link is followed.
  private func localFile(_ path: String, _ place: PodPlace) throws(ProfileError) -> String {
    func failure(_ expected: String, _ found: String) -> ProfileError {
      ProfileError(
        source: document.source, path: place.path, position: place.position, expected: expected, found: found)
    }
    let root = options.profileRoot
    let file = root.hasSuffix("/") ? root + path : "\(root)/\(path)"
    guard let resolvedRoot = FilePath.resolved(root) else {
      throw failure("the node's directory of profiles (--profile-root names another)", "no \(root)")
    }
    guard let resolved = FilePath.resolved(file) else {
      throw failure("a profile at \(file)", "no such file")
    }
    guard LocalhostPath.isBelow(resolved, resolvedRoot) else {
      throw failure("a profile below \(root)", "a link to \(resolved)")
    }
    return file
  }
}
