import ArgumentParser
import Campaign
import Foundation
import Probing

/// Who compiles and how the kernel is asked.
struct MachineOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "A further build of libseccomp to compare with, a file (repeatable).",
      discussion: """
        The first build's filters are given to the kernel. That is the system's libseccomp, unless the word 'system' \
        stands in another place: '--libseccomp new.so --libseccomp system' tests new.so and compares the system's.
        """,
      valueName: "file"))
  var libseccomp: [String] = []

  @Flag(
    name: .long,
    help:
      "Install the filters again for every killed call, as where PTRACE_O_SUSPEND_SECCOMP is not to be had.")
  var fallback = false

  init() {}

  /// Which of them were given, to be told where they have no part.
  var given: [String] { (libseccomp.isEmpty ? [] : ["--libseccomp"]) + (fallback ? ["--fallback"] : []) }

  /// The word for the system's library.
  static let system = "system"

  func validate() throws {
    if libseccomp.contains("") { throw ValidationError("--libseccomp wants a file, found an empty word") }
    let twice = Dictionary(grouping: libseccomp, by: \.self).first { $0.value.count > 1 }
    if let twice { throw ValidationError("--libseccomp \(twice.key) stands there twice") }
  }

  /// In the order in which they are asked; nil is the system's.
  var libraries: [String?] {
    let named = libseccomp.map { $0 == Self.system ? nil : Self.loadable($0) }
    return named.contains(nil) ? named : [nil] + named
  }

  var workbench: Workbench.Options {
    var options = Workbench.Options()
    options.libraries = libraries
    options.probe.usesFallback = fallback
    return options
  }

  /// dlopen(3) takes a name without a slash for one to search for; a file of that name here is what is meant.
  private static func loadable(_ file: String) -> String {
    !file.contains("/") && FileManager.default.fileExists(atPath: file) ? "./" + file : file
  }
}
