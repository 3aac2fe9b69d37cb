/// `lxc-start` in the foreground, with the payload in init's place.
enum LXCRecipe: RecipeWriter {
  static func recipe(
    _ request: ContainerRequest, on program: RuntimeProgram, at place: RuntimePlace
  ) throws(RuntimeError) -> RuntimeRecipe {
    var lines = [
      "lxc.uts.name = crosscheck",
      "lxc.rootfs.path = dir:\(place.root)",
      "lxc.rootfs.mount = \(place.state)/rootfs",
      "lxc.init.cmd = \(RuntimePlace.payloadInside)",
      "lxc.init.uid = 65534", "lxc.init.gid = 65534",
      "lxc.cap.keep = none",
      "lxc.no_new_privs = \(request.noNewPrivileges ? 1 : 0)",
      // A namespace with nothing but its loopback device.
      "lxc.net.0.type = empty",
      "lxc.mount.entry = /dev/null dev/null none bind,create=file",
      "lxc.autodev = 0", "lxc.tty.max = 0", "lxc.pty.max = 0", "lxc.console.path = none",
      "lxc.cgroup.dir.container = \(place.id)/container",
      "lxc.cgroup.dir.monitor = \(place.id)/monitor",
      "lxc.cgroup.dir.monitor.pivot = \(place.id)/pivot",
    ]
    let policy = "\(place.scratch)/seccomp.policy"
    var files: [RuntimeRecipe.File] = []
    switch request.source {
    case .unconfined: break
    case .options(let options): lines += options
    case .seccomp(let text):
      let meaning = try ProfileMeaning(text, for: program.name)
      files.append(.init(path: policy, contents: Array(try LXCPolicy.text(meaning).utf8)))
      lines.append("lxc.seccomp.profile = \(policy)")
    case .filter: throw .sourceNotSupported(runtime: program.name, source: request.source.name)
    }
    let configuration = "\(place.scratch)/lxc.conf"
    files.append(.init(path: configuration, contents: Array(lines.map { "\($0)\n" }.joined().utf8)))
    let words = [
      program.path, "--name", place.id, "--lxcpath", place.state, "--rcfile", configuration, "--foreground",
      "--logfile", "/dev/stderr", "--logpriority", "ERROR",
    ]
    var recipe = RuntimeRecipe(command: words)
    recipe.directories = [.init(path: "\(place.state)/rootfs")]
    recipe.files = files
    recipe.hidden = ["/run", "/var/lib/lxc", "/var/log/lxc", "/var/cache/lxc"]
    recipe.cgroups = [place.cgroup]
    return recipe
  }
}
