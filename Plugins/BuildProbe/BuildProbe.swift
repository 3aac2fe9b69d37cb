import Foundation
import PackagePlugin

/// Builds the probe's programs with the toolchain's own clang and lld: no C library, no headers of the machine, so that
/// `swift build` is the only step. The ELFs become resources of the target.
@main
struct BuildProbe: BuildToolPlugin {
  static let options = [
    "-std=c17", "-O2", "-Wall", "-Wextra", "-Werror",
    "-ffreestanding", "-fno-stack-protector", "-fno-pie", "-fno-asynchronous-unwind-tables",
    "-nostdlib", "-static", "-fuse-ld=lld",
    "-Wl,-z,noseparate-code", "-Wl,--build-id=none", "-Wl,--strip-all",
  ]

  /// One program, and which of the sources it is made of.
  struct Program {
    var name: String
    var machine: [String] = []
    var includes: (String) -> Bool
  }

  static var programs: [Program] {
    [
      Program(name: "crosscheck-probe") { !$0.hasPrefix("stage/") && !$0.contains("i386") },
      Program(name: "crosscheck-stage") {
        ($0.hasPrefix("stage/") || $0.hasPrefix("abi/")) && !$0.contains("i386")
      },
      // Its director is the 64-bit one.
      Program(name: "crosscheck-stage-i386", machine: ["-m32"]) {
        ($0.hasPrefix("stage/") || $0.hasPrefix("abi/")) && !$0.hasPrefix("stage/director/")
          && !$0.contains("x86_64")
      },
    ]
  }

  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let root = context.package.directoryURL.appending(path: "Probes")
    let files = try FileManager.default.subpathsOfDirectory(atPath: root.path).sorted()
    let sources = files.filter { $0.hasSuffix(".c") || $0.hasSuffix(".S") }
    let headers = files.filter { $0.hasSuffix(".h") }
    return try Self.programs.map { program in
      let own = sources.filter(program.includes)
      let output = context.pluginWorkDirectoryURL.appending(path: program.name)
      return .buildCommand(
        displayName: "Building the freestanding \(program.name)",
        executable: try context.tool(named: "clang").url,
        arguments: program.machine + Self.options + ["-I", root.path, "-o", output.path]
          + own.map { root.appending(path: $0).path },
        inputFiles: (own + headers).map { root.appending(path: $0) },
        outputFiles: [output])
    }
  }
}
