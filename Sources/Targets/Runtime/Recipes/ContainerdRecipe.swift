/// `ctr run` by way of a containerd of the run's own, on the root directory as it is. A container gets no descriptor
/// of ours. The profile is in the form of the OCI runtime specification; ctr resolves nothing.
enum ContainerdRecipe: RecipeWriter {
  static func recipe(
    _ request: ContainerRequest, on program: RuntimeProgram, at place: RuntimePlace
  ) throws(RuntimeError) -> RuntimeRecipe {
    guard let client = program.client, let beneath = program.beneath else {
      throw .incomplete(runtime: program.name, lacks: "the program ctr or an OCI runtime beneath it")
    }
    var words = [
      client, "--address", ContainerdDaemon.socket, "run", "--rm", "--rootfs", "--cgroup", place.cgroup,
    ]
    words += ["--runc-binary", beneath.path]
    if !request.noNewPrivileges { words.append("--allow-new-privs") }
    for capability in capabilities { words += ["--cap-drop", capability] }
    var files: [RuntimeRecipe.File] = []
    switch request.source {
    case .unconfined: break
    case .options(let options): words += options
    case .seccomp(let text):
      let profile = "\(place.scratch)/seccomp.json"
      files.append(.init(path: profile, contents: text))
      words += ["--seccomp", "--seccomp-profile", profile]
    case .filter: throw .sourceNotSupported(runtime: program.name, source: request.source.name)
    }
    var recipe = RuntimeRecipe(command: words + [place.root, place.id, RuntimePlace.payloadInside])
    recipe.files = files + [ContainerdDaemon.settings(at: place)]
    recipe.steps = [try ContainerdDaemon.step(program.path, at: place)]
    recipe.hidden = ["/run", "/var/lib/containerd"]
    recipe.cgroups = [place.cgroup]
    return recipe
  }

  /// What its containers have unless told otherwise.
  private static let capabilities = [
    "CAP_AUDIT_WRITE", "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FOWNER", "CAP_FSETID", "CAP_KILL", "CAP_MKNOD",
    "CAP_NET_BIND_SERVICE", "CAP_NET_RAW", "CAP_SETFCAP", "CAP_SETGID", "CAP_SETPCAP", "CAP_SETUID",
    "CAP_SYS_CHROOT",
  ]
}
