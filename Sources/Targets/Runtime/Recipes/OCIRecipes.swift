/// `runc run` in the foreground.
enum RuncRecipe: RecipeWriter {
  static func recipe(
    _ request: ContainerRequest, on program: RuntimeProgram, at place: RuntimePlace
  ) throws(RuntimeError) -> RuntimeRecipe {
    try OCIRecipe.recipe(request, on: program, at: place, options: [])
  }
}

/// `crun run` in the foreground. Without control groups: it needs none, and refuses some machines' kinds.
enum CrunRecipe: RecipeWriter {
  static func recipe(
    _ request: ContainerRequest, on program: RuntimeProgram, at place: RuntimePlace
  ) throws(RuntimeError) -> RuntimeRecipe {
    try OCIRecipe.recipe(request, on: program, at: place, options: ["--cgroup-manager=disabled"])
  }
}

/// What runc and crun have in common.
enum OCIRecipe {
  static func recipe(
    _ request: ContainerRequest, on program: RuntimeProgram, at place: RuntimePlace, options: [String]
  ) throws(RuntimeError) -> RuntimeRecipe {
    let runtime = [program.path, "--root", place.state] + options
    // Descriptors 3 and up to the payload, as many as the number says.
    let handed = request.payloadDescriptor == nil ? [] : ["--preserve-fds", "1"]
    var recipe = RuntimeRecipe(command: runtime + ["run", "--bundle", place.bundle] + handed + [place.id])
    recipe.files = [try OCIBundle.file(request, for: program.name, at: place)]
    recipe.cleanUp = [
      .init(words: runtime + ["delete", "--force", place.id], whenExists: "\(place.state)/\(place.id)")
    ]
    recipe.cgroups = [place.cgroup]
    return recipe
  }
}
