import Foundation
import PackagePlugin

/// Builds the probe with the toolchain's own clang and lld: no C library, no headers of the machine, so that
/// `swift build` is the only step. The ELF becomes a resource of the target.
@main
struct BuildProbe: BuildToolPlugin {
  static let options = [
    "-std=c17", "-O2", "-Wall", "-Wextra", "-Werror",
    "-ffreestanding", "-fno-stack-protector", "-fno-pie", "-fno-asynchronous-unwind-tables",
    "-nostdlib", "-static", "-fuse-ld=lld",
    "-Wl,-z,noseparate-code", "-Wl,--build-id=none", "-Wl,--strip-all",
  ]

  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let root = context.package.directoryURL.appending(path: "Probes")
    let files = try FileManager.default.subpathsOfDirectory(atPath: root.path).sorted()
    let sources = files.filter { $0.hasSuffix(".c") || $0.hasSuffix(".S") }
    let headers = files.filter { $0.hasSuffix(".h") }
    let output = context.pluginWorkDirectoryURL.appending(path: "crosscheck-probe")
    return [
      .buildCommand(
        displayName: "Building the freestanding probe",
        executable: try context.tool(named: "clang").url,
        arguments: Self.options + ["-I", root.path, "-o", output.path]
          + sources.map { root.appending(path: $0).path },
        inputFiles: (sources + headers).map { root.appending(path: $0) },
        outputFiles: [output])
    ]
  }
}
