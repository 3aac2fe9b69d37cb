import ArgumentParser
import PodFiles
import Profiles
import Reporting

/// `crosscheck pod`
struct PodCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pod",
    abstract: "Say which seccomp profile applies to each container of a Kubernetes pod, and why.",
    discussion: """
      FILE is YAML or JSON: a Pod, or a Deployment, StatefulSet, DaemonSet, ReplicaSet, ReplicationController, Job, CronJob, \
      PodTemplate or List, or several of them. RuntimeDefault is the runtime's own profile: CRI-O's and Podman's is a file, \
      containerd's is compiled in and much like it. The exit status is 0 when every profile that applies can be read.

      EXAMPLE
        crosscheck pod pod.yaml
        crosscheck pod pod.yaml --profile-root ./seccomp --require-confined
        crosscheck pod pod.yaml --container app --print-profile | crosscheck check -
      """)

  @Argument(help: "The pods: a file, or - for standard input.")
  var file: String

  @Option(
    name: .long,
    help: ArgumentHelp("Where the node keeps the profiles of the type Localhost.", valueName: "dir"))
  var profileRoot = PodFile.standardRoot

  @Option(
    name: .long, help: ArgumentHelp("The profile of the type RuntimeDefault.", valueName: "file"))
  var runtimeDefault = PodFile.standardRuntimeDefault

  @Flag(
    name: .long,
    help: "The kubelet runs with --seccomp-default: where nothing is said RuntimeDefault applies.")
  var seccompDefault = false

  @Flag(name: .long, help: "Exit with status 1 when a container runs unconfined.")
  var requireConfined = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Tell of this container only: its name, or OBJECT/NAME where several objects have one of that name.",
      valueName: "name"))
  var container: String?

  @Flag(name: .long, help: "Print the profile of one container in the OCI form, and nothing else.")
  var printProfile = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "What the runtime gives a container that asks for nothing, in place of containerd's and Docker's defaults "
        + "(repeatable).", valueName: "cap"))
  var defaultCapability: [CapabilityWord] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The kernel's version, for profiles that ask (default: the running kernel's).", valueName: "version"))
  var kernel: KernelWord?

  @OptionGroup var printing: OutputOptions

  init() {}

  func validate() throws {
    if printProfile, printing.json { throw ValidationError("--print-profile prints JSON without --json") }
    for (option, value) in [
      ("--profile-root", profileRoot), ("--runtime-default", runtimeDefault),
      ("--container", container ?? "-"),
    ] where value.isEmpty {
      throw ValidationError("\(option) wants a name, found an empty word")
    }
  }

  func run() throws {
    let pods = try PodFile(file, options: options)
    var resolved: [(pod: Pod, containers: [PodFile.Resolved])] = []
    for pod in pods.document.pods {
      resolved.append((pod, try pods.resolve(pod, where: { isWanted($0, of: pod) })))
    }
    if let container, resolved.allSatisfy(\.containers.isEmpty) {
      throw Failure(.badInput, "\(pods.document.source): no container is named \(container)")
    }
    let report = PodReport(pods.document, node: pods.options.node, resolved: resolved)
    if printProfile {
      try StandardStream.output.writeAnswer(try profile(in: resolved, of: pods.document.source))
    } else {
      try StandardStream.output.writeAnswer(
        printing.json ? try ResultJSON.text(of: report) : PodText(report).text)
    }
    if requireConfined, report.unconfined > 0 { throw ExitStatus.differ }
  }

  private var options: PodFile.Options {
    var context = ResolutionContext()
    context.kernel = kernel?.version ?? CompileOptions.runningKernel
    let capabilities =
      defaultCapability.isEmpty ? ResolutionContext.dockerCapabilities : Set(defaultCapability.map(\.name))
    return PodFile.Options(
      profileRoot: profileRoot, runtimeDefault: runtimeDefault,
      node: PodNode(hasSeccompDefault: seccompDefault, capabilities: capabilities), context: context)
  }

  private func isWanted(_ candidate: PodContainer, of pod: Pod) -> Bool {
    guard let container else { return true }
    return container == candidate.name || container == "\(pod.name ?? "")/\(candidate.name)"
  }

  /// The OCI text of the only container that is left.
  private func profile(
    in resolved: [(pod: Pod, containers: [PodFile.Resolved])], of source: String
  ) throws -> String {
    let all = resolved.flatMap { pod, containers in containers.map { (pod, $0) } }
    guard let (pod, only) = all.first, all.count == 1 else {
      let names = all.prefix(5).map { "\($0.0.name ?? "")/\($0.1.container.name)" }.joined(separator: ", ")
      throw Failure(
        .badInput,
        "\(source): expected one container to print the profile of, found \(all.count): \(names)"
          + "\(all.count > 5 ? " and more" : "") (--container chooses)")
    }
    guard let document = only.profile else {
      throw Failure(
        .badInput,
        "\(source): container \(only.container.name) of \(pod.title) runs unconfined: there is no profile to print"
      )
    }
    do {
      return try OCIWriter.text(of: document.profile)
    } catch {
      throw Failure(.badInput, "\(document.source): \(error)")
    }
  }
}
