import Foundation
import Testing

@testable import Campaign

/// A directory that goes away with the value that owns it.
final class Scratch {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "findings-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// The system's C compiler, as a reader of a repro.c would use it.
enum CCompiler {
  /// Where cc and the library's header are looked for.
  static let isUsable =
    FileManager.default.isExecutableFile(atPath: "/usr/bin/cc")
    && FileManager.default.fileExists(atPath: "/usr/include/seccomp.h")

  struct Result {
    var status: Int32
    var output: String
  }

  static func run(_ program: String, _ arguments: [String]) throws -> Result {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    try #require(process.terminationReason == .exit, "died by signal \(process.terminationStatus)")
    return Result(status: process.terminationStatus, output: String(decoding: output, as: UTF8.self))
  }

  /// Compiles without a single warning and runs.
  static func build(_ savedCase: SavedCase) throws -> Result {
    let scratch = try Scratch()
    let (source, program) = (scratch.path + "/repro.c", scratch.path + "/repro")
    try ReproProgram(savedCase).text.write(toFile: source, atomically: true, encoding: .utf8)
    let built = try run(
      "/usr/bin/cc", ["-O1", "-Wall", "-Wextra", "-Werror", source, "-o", program, "-lseccomp"])
    try #require(built.status == 0, "\(built.output)\n\(ReproProgram(savedCase).text)")
    // A program that does not end must not keep the tests from ending.
    return try run("/usr/bin/timeout", ["--signal=KILL", "60", program])
  }
}
