package import ClassicBPF
package import Generation
import Profiles
package import Targets

/// The filters that a runtime's container is left with.
package enum InstalledStack {
  /// Starts a container for a subject and takes what it runs under, oldest first.
  ///
  /// - Throws: ``ProofError/nothingInstalled(source:runtime:reason:)`` when the runtime installed nothing.
  package static func capture(
    _ subject: RuntimeSubject, by program: RuntimeProgram, settings: FilterSettings
  ) throws -> [Filter] {
    var options = RuntimeOptions()
    options.settings = settings
    let run = try ContainerRun.of(
      .seccomp(program.beneath == nil ? subject.text.bytes : subject.file), on: program, options: options,
      questions: nil)
    guard let stack = run.capture.stack, !stack.isEmpty else {
      throw ProofError.nothingInstalled(
        source: subject.source, runtime: program.name,
        reason: run.capture.errors.isEmpty ? "it \(run.capture.ending)" : run.capture.errors)
    }
    return stack.map(\.filter)
  }
}
