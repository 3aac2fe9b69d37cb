import Foundation
import Subprocess
import SystemPackage
import Testing

@Suite("Standard descriptors that are closed")
struct ClosedDescriptorTests {
  @Test("are /dev/null, for a command that is counted too", arguments: ["<&-", "<p.json 2>&-", "<&- 2>&-"])
  func counting(redirections: String) async throws {
    let scratch = try Scratch()
    _ = try scratch.file("p.json", #"{"defaultAction":"SCMP_ACT_ALLOW"}"#)
    // The three are there, and none of them is a file of the tool's own.
    let command = "readlink /proc/self/fd/0 /proc/self/fd/2 > links; exit 0"
    let result = try await Subprocess.run(
      .path("/bin/sh"),
      arguments: [
        "-c", "\"$0\" bench p.json --duration 1s -- sh -c '\(command)' \(redirections)", Tool.path,
      ],
      // No pipe: who writes to one that the tool has closed at its start is killed.
      workingDirectory: FilePath(scratch.path), input: .none, output: .string(limit: 1 << 20),
      error: .string(limit: 1 << 20))
    let run = Tool.Run(result.terminationStatus, output: result.standardOutput, errors: result.standardError)
    #expect(run.status == 0, "\(run.errors)")
    let links = try String(contentsOfFile: scratch.path + "/links", encoding: .utf8).split(separator: "\n")
    #expect(links.count == 2)
    #expect((links.first == "/dev/null") == redirections.contains("<&-"))
    #expect((links.last == "/dev/null") == redirections.contains("2>&-"))
  }
}
