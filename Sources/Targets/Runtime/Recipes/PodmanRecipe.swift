/// `podman run` in the foreground, on the root directory as it is; everything that podman keeps is the run's own.
enum PodmanRecipe: RecipeWriter {
  static func recipe(
    _ request: ContainerRequest, on program: RuntimeProgram, at place: RuntimePlace
  ) throws(RuntimeError) -> RuntimeRecipe {
    guard let beneath = program.beneath else {
      throw .incomplete(runtime: program.name, lacks: "an OCI runtime beneath it")
    }
    let home = "\(place.scratch)/home"
    let engine = [
      program.path, "--root", "\(place.state)/graph", "--runroot", "\(place.state)/run",
      "--tmpdir", "\(place.state)/libpod", "--cgroup-manager=cgroupfs", "--storage-driver=vfs",
      "--events-backend=none", "--network-config-dir", "\(place.state)/networks", "--runtime", beneath.path,
    ]
    var words = try EngineContainer.options(request, on: program, at: place)
    // It would set limits that take CAP_SYS_RESOURCE.
    words += ["--ulimit", "nofile=1024:1024", "--ulimit", "nproc=1024:1024"]
    words += ["--log-driver", "none"]
    // As many from 3 on as the number says.
    if request.payloadDescriptor != nil { words.append("--preserve-fds=1") }
    let container = ["--rootfs", place.root, RuntimePlace.payloadInside]
    var recipe = RuntimeRecipe(command: engine + ["run"] + words + container)
    recipe.directories = [.init(path: home, mode: 0o700)]
    recipe.files = EngineContainer.profileFile(request, at: place).map { [$0] } ?? []
    // Its locks are in /dev/shm.
    recipe.hidden = ["/run", "/dev/shm", "/var/lib/containers", "/var/lib/cni", "/var/cache/containers"]
    recipe.environment = ["HOME": home, "XDG_RUNTIME_DIR": home]
    recipe.cgroups = [place.cgroup]
    return recipe
  }
}
