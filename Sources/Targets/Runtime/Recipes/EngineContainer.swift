internal import Profiles

/// What podman and docker are told alike about a container.
enum EngineContainer {
  /// Where the profile lies, in the engines' form or that of the OCI runtime specification: the engine resolves it.
  static func profileFile(
    _ request: ContainerRequest, at place: RuntimePlace
  ) -> RuntimeRecipe.File? {
    guard case .seccomp(let text) = request.source else { return nil }
    return .init(path: "\(place.scratch)/seccomp.json", contents: text)
  }

  /// The options of `run`.
  static func options(
    _ request: ContainerRequest, on program: RuntimeProgram, at place: RuntimePlace
  ) throws(RuntimeError) -> [String] {
    // Nobody, with a bounding set that decides which entries of a profile apply, and none of it in effect.
    var words = [
      "--rm", "--name", place.id, "--network", "none", "--user", "65534:65534", "--cap-drop", "ALL",
    ]
    for capability in ResolutionContext.dockerCapabilities.sorted() {
      words += ["--cap-add", capability]
    }
    words += ["--cgroup-parent", place.cgroup]
    if request.noNewPrivileges { words += ["--security-opt", "no-new-privileges"] }
    switch request.source {
    case .seccomp: words += ["--security-opt", "seccomp=\(place.scratch)/seccomp.json"]
    case .unconfined: words += ["--security-opt", "seccomp=unconfined"]
    case .options(let options): words += options
    case .filter: throw .sourceNotSupported(runtime: program.name, source: request.source.name)
    }
    return words
  }
}
