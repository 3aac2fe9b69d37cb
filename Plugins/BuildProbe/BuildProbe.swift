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
      Program(name: "crosscheck-probe") {
        !$0.hasPrefix("stage/") && !$0.hasPrefix("meter/") && !$0.contains("i386")
      },
      Program(name: "crosscheck-meter") {
        $0.hasPrefix("meter/") || ($0.hasPrefix("abi/") && !$0.contains("i386"))
      },
      Program(name: "crosscheck-stage") { isStage($0) && !$0.contains("i386") },
      // Its director is the 64-bit one.
      Program(name: "crosscheck-stage-i386", machine: ["-m32"]) {
        isStage($0) && !$0.hasPrefix("stage/director/") && !$0.contains("x86_64")
      },
    ]
  }

  private static func isStage(_ path: String) -> Bool {
    (path.hasPrefix("stage/") || path.hasPrefix("abi/")) && !path.hasPrefix("stage/reproducer/")
  }

  /// The stage's own text, preprocessed but with its comments, for each machine: what a reproducer is made of.
  private static let texts: [(name: String, arguments: [String], source: String)] = [
    ("stage-x86_64-c.txt", [], "stage/reproducer/source.c"),
    ("stage-x86_64-s.txt", [], "stage/reproducer/source.S"),
    ("stage-i386-c.txt", ["-m32"], "stage/reproducer/source.c"),
    ("stage-i386-s.txt", ["-m32"], "stage/reproducer/source.S"),
  ]

  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let root = context.package.directoryURL.appending(path: "Probes")
    let files = try FileManager.default.subpathsOfDirectory(atPath: root.path).sorted()
    let sources = files.filter { $0.hasSuffix(".c") || $0.hasSuffix(".S") }
    let headers = files.filter { $0.hasSuffix(".h") }
    let clang = try context.tool(named: "clang").url
    let texts = Self.texts.map { text in
      let output = context.pluginWorkDirectoryURL.appending(path: text.name)
      return Command.buildCommand(
        displayName: "Writing \(text.name)", executable: clang,
        arguments: text.arguments + [
          "-E", "-P", "-nostdinc", "-I", root.path, "-I",
          root.appending(path: "stage/reproducer/include").path,
        ] + (text.source.hasSuffix(".c") ? ["-C"] : [])
          + ["-o", output.path, root.appending(path: text.source).path],
        inputFiles: files.filter { $0.hasSuffix(".h") || $0.hasSuffix(".c") || $0.hasSuffix(".S") }
          .map { root.appending(path: $0) },
        outputFiles: [output])
    }
    return texts
      + Self.programs.map { program in
        let own = sources.filter(program.includes)
        let output = context.pluginWorkDirectoryURL.appending(path: program.name)
        return .buildCommand(
          displayName: "Building the freestanding \(program.name)",
          executable: clang,
          arguments: program.machine + Self.options + ["-I", root.path, "-o", output.path]
            + own.map { root.appending(path: $0).path },
          inputFiles: (own + headers).map { root.appending(path: $0) },
          outputFiles: [output])
      }
  }
}
