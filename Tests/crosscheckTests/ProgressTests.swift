import Foundation
import Subprocess
import SystemPackage
import Testing

@Suite("The progress line", .timeLimit(.minutes(30)))
struct ProgressTests {
  /// What a campaign of a few cases writes to a terminal as its standard error.
  private func said(_ options: [String], terminalType: String) async throws -> String {
    let scratch = try Scratch()
    let terminal = try Terminal()
    async let said = Self.read(terminal)
    let words = ["fuzz", "--seed", "7", "--cases", "30", "--output", scratch.path + "/run"] + options
    let result = try await Subprocess.run(
      .path(FilePath(Tool.path)), arguments: Arguments(words),
      environment: .inherit.updating(["TERM": terminalType]), input: .none, output: .string(limit: 1 << 20),
      error: .fileDescriptor(terminal.device, closeAfterSpawningProcess: true))
    #expect(!result.standardOutput.contains("\r"))
    return await said
  }

  /// On a thread of its own: reading blocks.
  private static func read(_ terminal: Terminal) async -> String {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { continuation.resume(returning: terminal.readToEnd()) }
    }
  }

  @Test("is rewritten in place and gone at the end")
  func terminal() async throws {
    let said = try await said([], terminalType: "xterm")
    #expect(said.contains("\r"))
    #expect(said.contains("kernel call"))
    #expect(said.hasSuffix("\r\u{1B}[K"))
    // The note at the start is a line; the progress never is.
    #expect(said.count { $0 == "\r\n" || $0 == "\n" } == 1)
  }

  @Test(
    "is not written when it is not wanted, or would be a mess",
    arguments: [(["--quiet"], "xterm"), (["--json"], "xterm")])
  func quiet(_ options: [String], _ terminalType: String) async throws {
    #expect(try await said(options, terminalType: terminalType).isEmpty)
  }

  @Test("is not written to a terminal that cannot erase")
  func dumb() async throws {
    let said = try await said([], terminalType: "dumb")
    #expect(said.hasPrefix("crosscheck: seed 0x7"))
    #expect(!said.contains("kernel call"))
  }
}
