import Foundation
import Subprocess
import SystemPackage

/// The built command, run as a user runs it.
struct Tool {
  /// How a run ended and what it said.
  struct Run {
    /// The exit status; nil when a signal ended it.
    var status: Int32?
    var signal: Int32?
    var output: String
    var errors: String

    var errorLines: [Substring] { errors.split(separator: "\n", omittingEmptySubsequences: false).dropLast() }
  }

  /// Beside the program that runs the tests.
  static let directory = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
  static let path = directory.appending(path: "crosscheck").path

  /// Runs `crosscheck` with these words; `environment` is set besides the inherited one.
  static func run(
    _ words: [String], input: String = "", environment: [String: String] = [:],
    in workingDirectory: String? = nil
  ) async throws -> Run {
    var inherited = Environment.inherit
    for (name, value) in environment {
      guard let key = Environment.Key(rawValue: name) else { throw UnusableName(name: name) }
      inherited = inherited.updating([key: value])
    }
    let result = try await Subprocess.run(
      .path(FilePath(path)), arguments: Arguments(words), environment: inherited,
      workingDirectory: workingDirectory.map { FilePath($0) }, input: .string(input),
      output: .string(limit: 1 << 24), error: .string(limit: 1 << 20))
    return Run(result.terminationStatus, output: result.standardOutput, errors: result.standardError)
  }

  struct UnusableName: Error {
    var name: String
  }
}

extension Tool.Run {
  init(_ status: TerminationStatus, output: String?, errors: String?) {
    switch status {
    case .exited(let code): (self.status, signal) = (code, nil)
    case .signaled(let number): (self.status, signal) = (nil, number)
    }
    self.output = output ?? ""
    self.errors = errors ?? ""
  }
}
