internal import ClassicBPF

/// `bwrap`, which takes a BPF program as it is. It always sets no_new_privs.
enum BubblewrapRecipe: RecipeWriter {
  /// Where it reads the program; 3 is the payload's.
  private static let filterDescriptor: UInt32 = 4

  static func recipe(
    _ request: ContainerRequest, on program: RuntimeProgram, at place: RuntimePlace
  ) throws(RuntimeError) -> RuntimeRecipe {
    var words = [program.path, "--bind", place.root, "/", "--chdir", "/"]
    // A process-id namespace with the payload as its first process: nothing of it outlives the payload, and no
    // process of bubblewrap's own runs under the filter.
    words += ["--unshare-pid", "--as-pid-1", "--unshare-ipc", "--unshare-uts", "--unshare-net"]
    var files: [RuntimeRecipe.File] = []
    switch request.source {
    case .unconfined: break
    case .options(let options): words += options
    case .filter(let filter):
      files.append(.init(path: "\(place.scratch)/filter.bpf", contents: filter.bytes))
      words += ["--seccomp", "\(filterDescriptor)"]
    case .seccomp: throw .sourceNotSupported(runtime: program.name, source: request.source.name)
    }
    var recipe = RuntimeRecipe(command: words + [RuntimePlace.payloadInside])
    recipe.files = files
    recipe.descriptors = files.map { .init(number: filterDescriptor, path: $0.path) }
    return recipe
  }
}
