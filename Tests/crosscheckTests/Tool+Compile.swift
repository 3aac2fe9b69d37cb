import Subprocess

extension Tool {
  /// Makes a shared library of a C file with the machine's compiler.
  static func compile(_ source: String, into library: String) async throws {
    let result = try await Subprocess.run(
      .name("cc"), arguments: ["-w", "-shared", "-fPIC", "-o", library, source], output: .discarded,
      error: .string(limit: 1 << 16))
    guard case .exited(0) = result.terminationStatus else {
      throw CompilerRefused(message: result.standardError)
    }
  }

  struct CompilerRefused: Error {
    var message: String
  }
}
