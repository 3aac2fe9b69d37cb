/// A command of the user's, which runs a bundle.
enum CommandRecipe: RecipeWriter {
  static func recipe(
    _ request: ContainerRequest, on program: RuntimeProgram, at place: RuntimePlace
  ) throws(RuntimeError) -> RuntimeRecipe {
    guard case .command(let template) = program.kind else {
      throw .sourceNotSupported(runtime: program.name, source: "a template")
    }
    // Words were split before, so that a space in a path splits nothing.
    let words = template.dropFirst().map { word in
      word.replacing("{bundle}", with: place.bundle).replacing("{id}", with: place.id)
    }
    var recipe = RuntimeRecipe(command: [program.path] + words)
    recipe.files = [try OCIBundle.file(request, for: program.name, at: place)]
    // Where runtimes keep what they know of their containers: killed, they would leave it there.
    recipe.hidden = ["/run"]
    // Who makes control groups may be asked by these.
    recipe.shown = ["/run/systemd", "/run/dbus"]
    recipe.cgroups = [place.cgroup]
    return recipe
  }
}
