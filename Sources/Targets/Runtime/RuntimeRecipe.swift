/// How one container is started by a runtime: what must lie where, which commands run, what they leave.
/// All paths are absolute, and words are handed on as they are, without a shell.
package struct RuntimeRecipe: Hashable, Sendable {
  package struct Directory: Hashable, Sendable {
    package var path: String
    package var mode: UInt32 = 0o755
  }

  package struct File: Hashable, Sendable {
    package var path: String
    package var contents: [UInt8]
    package var mode: UInt32 = 0o644
  }

  /// A file that the commands get open, for reading, as a descriptor (3 to 63).
  package struct Descriptor: Hashable, Sendable {
    package var number: UInt32
    package var path: String
  }

  /// A command before the runtime's.
  package enum Step: Hashable, Sendable {
    /// One that must exit with 0.
    case prepare([String])
    /// One that runs until the end, a daemon; the next step comes when the path exists (its socket).
    case background([String], until: String)
  }

  package struct CleanUp: Hashable, Sendable {
    package var words: [String]
    /// The command runs only if this path exists then.
    package var whenExists: String?
  }

  /// Made in this order, in the scratch directory.
  package var directories: [Directory] = []
  package var files: [File] = []
  /// Directories of the machine that are empty for the commands, so that what is left in them vanishes.
  package var hidden: [String] = []
  /// What in those stays to be seen.
  package var shown: [String] = []
  package var descriptors: [Descriptor] = []
  /// Beside, and instead of, what this process has.
  package var environment: [String: String] = [:]
  package var steps: [Step] = []
  /// The runtime itself, in the foreground.
  package var command: [String]
  /// Run when every process of the run has been ended.
  package var cleanUp: [CleanUp] = []
  /// Control groups, from the root of their hierarchies; removed at the end with all below.
  package var cgroups: [String] = []

  package init(command: [String]) { self.command = command }
}

/// A runtime that we know how to run.
package protocol RecipeWriter {
  /// The recipe for one container; `.sourceNotSupported` when the runtime takes no such source.
  static func recipe(
    _ request: ContainerRequest, on program: RuntimeProgram, at place: RuntimePlace
  ) throws(RuntimeError) -> RuntimeRecipe
}

extension RuntimeName {
  /// Who writes its recipes.
  var recipeWriter: any RecipeWriter.Type {
    switch self {
    case .runc: RuncRecipe.self
    case .crun: CrunRecipe.self
    case .bubblewrap: BubblewrapRecipe.self
    case .podman, .podmanCrun, .podmanRunc: PodmanRecipe.self
    case .docker: DockerRecipe.self
    case .containerd: ContainerdRecipe.self
    case .lxc: LXCRecipe.self
    case .nsjail: NsjailRecipe.self
    case .firejail: FirejailRecipe.self
    }
  }
}

extension RuntimeProgram {
  func recipe(_ request: ContainerRequest, at place: RuntimePlace) throws(RuntimeError) -> RuntimeRecipe {
    switch kind {
    case .named(let name): try name.recipeWriter.recipe(request, on: self, at: place)
    case .command: try CommandRecipe.recipe(request, on: self, at: place)
    }
  }
}
