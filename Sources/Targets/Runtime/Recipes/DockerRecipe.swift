/// `docker run` by way of a daemon of the run's own. A container gets no descriptor of ours.
enum DockerRecipe: RecipeWriter {
  /// See ``ContainerdDaemon/socket``.
  private static let socket = "/run/crosscheck-docker.sock"
  private static let image = "crosscheck"

  static func recipe(
    _ request: ContainerRequest, on program: RuntimeProgram, at place: RuntimePlace
  ) throws(RuntimeError) -> RuntimeRecipe {
    guard let docker = program.client else {
      throw .incomplete(runtime: program.name, lacks: "the program docker")
    }
    guard let containerd = ProgramSearch.find("containerd") else {
      throw .incomplete(runtime: program.name, lacks: "the program containerd")
    }
    let home = "\(place.scratch)/home"
    let settings = "\(place.scratch)/dockerd.json"
    let archive = "\(place.scratch)/image.tar"
    let client = [docker, "--config", home, "--host", "unix://\(socket)"]
    let mount = "type=bind,source=\(place.payload),target=\(RuntimePlace.payloadInside),readonly"
    var words = try EngineContainer.options(request, on: program, at: place)
    words += ["--log-driver", "none", "--mount", mount, image, RuntimePlace.payloadInside]
    var recipe = RuntimeRecipe(command: client + ["run"] + words)
    recipe.directories = [.init(path: home, mode: 0o700)]
    recipe.files = [
      .init(path: archive, contents: TapeArchive.empty(file: "probe")),
      .init(path: settings, contents: Array(daemonSettings(at: place).utf8)),
      ContainerdDaemon.settings(at: place),
    ]
    recipe.files += EngineContainer.profileFile(request, at: place).map { [$0] } ?? []
    recipe.steps = [
      // One that it starts itself makes directories in /opt.
      try ContainerdDaemon.step(containerd, at: place),
      .background(try OwnNetwork.words + daemon(program, settings, at: place), until: socket),
      .prepare(client + ["import", archive, image]),
    ]
    recipe.hidden = ["/run", "/var/lib/docker", "/var/lib/containerd"]
    recipe.environment = ["HOME": home]
    recipe.cgroups = [place.cgroup]
    return recipe
  }

  /// The one configuration that it reads. Old versions make a key, /etc/docker/key.json, unless told of another place;
  /// new ones know the word and ignore it.
  private static func daemonSettings(at place: RuntimePlace) -> String {
    // The path is what mkdtemp(3) made in the directory for temporary files, which may have any name.
    let path = "\(place.scratch)/key.json"
    let escaped = path.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return "{\"deprecated-key-path\": \"\(escaped)\"}\n"
  }

  private static func daemon(_ program: RuntimeProgram, _ settings: String, at place: RuntimePlace)
    -> [String]
  {
    [
      program.path, "--config-file", settings, "--host", "unix://\(socket)",
      "--containerd", ContainerdDaemon.socket, "--data-root", "\(place.state)/docker", "--exec-root",
      "/run/crosscheck-docker",
      "--pidfile", "/run/crosscheck-docker.pid", "--storage-driver", "vfs", "--bridge", "none",
      "--iptables=false", "--ip6tables=false", "--ip-forward=false", "--ip-masq=false",
      "--userland-proxy=false",
      "--exec-opt", "native.cgroupdriver=cgroupfs", "--log-level", "error",
    ]
  }
}
