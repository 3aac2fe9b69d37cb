/// `nsjail` for one process. It sets no_new_privs unless told not to.
enum NsjailRecipe: RecipeWriter {
  static func recipe(
    _ request: ContainerRequest, on program: RuntimeProgram, at place: RuntimePlace
  ) throws(RuntimeError) -> RuntimeRecipe {
    // No user namespace: nobody is enough. No control groups, and no limits, which take CAP_SYS_RESOURCE.
    var words = [
      program.path, "--mode", "o", "--quiet", "--chroot", place.root, "--user", "65534", "--group", "65534",
      "--disable_clone_newuser", "--disable_clone_newcgroup", "--disable_rlimits", "--disable_proc",
      "--iface_no_lo", "--time_limit", "0",
    ]
    if !request.noNewPrivileges { words.append("--disable_no_new_privs") }
    if request.payloadDescriptor != nil { words += ["--pass_fd", "3"] }
    var files: [RuntimeRecipe.File] = []
    switch request.source {
    case .unconfined: break
    case .options(let options): words += options
    case .seccomp(let text):
      let policy = "\(place.scratch)/seccomp.policy"
      let meaning = try ProfileMeaning(text, for: program.name)
      files.append(.init(path: policy, contents: Array(try KafelPolicy.text(meaning).utf8)))
      words += ["--seccomp_policy", policy]
    case .filter: throw .sourceNotSupported(runtime: program.name, source: request.source.name)
    }
    var recipe = RuntimeRecipe(command: words + ["--", RuntimePlace.payloadInside])
    recipe.files = files
    // It makes the directories that it mounts the jail on in /run/user.
    recipe.hidden = ["/run"]
    return recipe
  }
}
