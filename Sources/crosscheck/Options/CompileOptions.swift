import ArgumentParser
import Foundation
import Generation
import ProfileFiles
import Profiles

/// How a profile is read and compiled.
struct CompileOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "How libseccomp arranges the filter: 1 a list, 2 a binary tree (SCMP_FLTATR_CTL_OPTIMIZE).",
      valueName: "level"))
  var optimize = 1

  @Option(
    name: .long,
    help: ArgumentHelp(
      "What happens to calls of an architecture that the profile does not list, such as KILL_PROCESS or ERRNO=38 "
        + "(SCMP_FLTATR_ACT_BADARCH).",
      valueName: "action"))
  var badArchitecture: ActionWord?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "A capability that the container has besides Docker's defaults, for profiles that ask (repeatable).",
      valueName: "cap"))
  var capability: [CapabilityWord] = []

  @Flag(name: .long, help: "The container has the capabilities given by --capability only.")
  var noDefaultCapabilities = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The kernel's version, for profiles that ask (default: the running kernel's).", valueName: "version"))
  var kernel: KernelWord?

  init() {}

  func validate() throws {
    if optimize != 1, optimize != 2 { throw ValidationError("--optimize is 1 or 2, found \(optimize)") }
  }

  /// Which of them were given, to be told where nothing is compiled. The first level is what everybody has anyway.
  var given: [String] {
    (optimize == 1 ? [] : ["--optimize"]) + (badArchitecture == nil ? [] : ["--bad-architecture"])
      + (capability.isEmpty ? [] : ["--capability"])
      + (noDefaultCapabilities ? ["--no-default-capabilities"] : []) + (kernel == nil ? [] : ["--kernel"])
  }

  /// What a profile of the Docker form is resolved for.
  var context: ResolutionContext {
    var context = ResolutionContext()
    if noDefaultCapabilities { context.capabilities = [] }
    context.capabilities.formUnion(capability.map(\.name))
    context.kernel = kernel?.version ?? Self.runningKernel
    return context
  }

  var settings: FilterSettings {
    var settings = FilterSettings()
    settings.optimizeLevel = optimize
    if let badArchitecture { settings.badArchitectureAction = badArchitecture.action }
    return settings
  }

  /// Reads a profile; `-` is standard input.
  func read(_ path: String) throws(ProfileError) -> ProfileDocument {
    try ProfileFile.read(path, context: context)
  }

  static var runningKernel: KernelVersion? {
    let release = try? String(contentsOfFile: "/proc/sys/kernel/osrelease", encoding: .utf8)
    return release.flatMap { KernelVersion(release: $0) }
  }
}
