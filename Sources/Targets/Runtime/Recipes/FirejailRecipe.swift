/// `firejail`, without a profile of its own. As it stands it shows the machine's files to the payload; they are
/// read-only to it, and it has no capability. It sets no_new_privs itself when it installs a filter.
enum FirejailRecipe: RecipeWriter {
  static func recipe(
    _ request: ContainerRequest, on program: RuntimeProgram, at place: RuntimePlace
  ) throws(RuntimeError) -> RuntimeRecipe {
    var words = [
      program.path, "--noprofile", "--net=none", "--caps.drop=all", "--read-only=/", "--private-dev",
    ]
    if request.noNewPrivileges { words.append("--nonewprivs") }
    if request.payloadDescriptor != nil { words.append("--keep-fd=3") }
    switch request.source {
    case .unconfined: break
    case .options(let options): words += options
    case .seccomp(let text): words += try FirejailOptions.words(ProfileMeaning(text, for: program.name))
    case .filter: throw .sourceNotSupported(runtime: program.name, source: request.source.name)
    }
    // Without a "--" in front: behind one it starts a shell.
    var recipe = RuntimeRecipe(command: words + [place.payload])
    // It keeps the sandboxes' names and the filters it builds in /run/firejail.
    recipe.hidden = ["/run"]
    let (directories, step) = try ownEtc
    recipe.directories = directories
    recipe.steps = [step]
    return recipe
  }

  /// For some lists it makes /etc/ld.so.preload on the machine and leaves it there: what it writes in /etc is the run's
  /// own. The paths have nothing that would need escaping in an option.
  private static var ownEtc: ([RuntimeRecipe.Directory], RuntimeRecipe.Step) {
    get throws(RuntimeError) {
      guard let mount = ProgramSearch.find("mount") else { throw .noSuchProgram("mount") }
      let upper = "/run/crosscheck-etc", work = "/run/crosscheck-work"
      let options = "lowerdir=/etc,upperdir=\(upper),workdir=\(work)"
      return (
        [.init(path: upper), .init(path: work)],
        .prepare([mount, "-t", "overlay", "-o", options, "crosscheck", "/etc"])
      )
    }
  }
}
