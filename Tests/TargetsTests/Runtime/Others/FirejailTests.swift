import ClassicBPF
import Foundation
import SeccompModel
import Testing

@testable import Targets

/// Each of these was measured with firejail 0.9.72.
@Suite("What firejail's options really do", .mayLack(.firejail), .timeLimit(.minutes(30)))
struct FirejailTests {
  private func capture(_ words: String...) throws -> Capture {
    try Container(.test(.options(words)), on: RuntimeProgram.find(.firejail)).awaitEnd()
  }

  /// Whether any filter of the payload answers mkdir other than by letting it run.
  private func filtersMkdir(_ capture: Capture) throws -> Bool {
    for filter in try #require(capture.stack).map(\.filter) {
      for architecture in [Architecture.x86_64, .x86] where try filter.mkdir(architecture) != .allow {
        return true
      }
    }
    return false
  }

  @Test(
    "a list for 32 bits by itself is forgotten: the kernel refuses the program, and the payload runs without")
  func refused() throws {
    let capture = try capture("--seccomp.32.drop=mkdir", "--seccomp-error-action=EADDRNOTAVAIL")
    #expect(capture.ending == .exited(0), "\(capture.errors)")
    #expect(capture.output.contains("payload"))
    let refused = try #require(capture.own.first { $0.result == -Int64(EINVAL) })
    // It ends in the zeros that a file was filled up with, and no program may end so.
    #expect(refused.filter.instructions.suffix(27).allSatisfy { $0 == Instruction(code: 0, k: 0) })
    #expect(!refused.isInstalled)
    #expect(throws: FilterRejection.self) { try refused.filter.check() }
    // What the payload is bound by is firejail's own list for 32 bits, in which mkdir is not.
    #expect(capture.stack?.map(\.filter) == capture.own.filter(\.isInstalled).map(\.filter))
    #expect(try !filtersMkdir(capture))
    #expect(capture.errors.contains("seccomp disabled"))
  }

  @Test(
    "a list for 32 bits by itself is forgotten: its own list is installed twice instead, and nobody is told")
  func forgotten() throws {
    let capture = try capture("--seccomp.32.drop=mkdir")
    #expect(capture.ending == .exited(0), "\(capture.errors)")
    #expect(capture.own.map(\.result) == [0, 0])
    #expect(Set(capture.own.map(\.filter)).count == 1)
    #expect(try !filtersMkdir(capture))
    #expect(!capture.errors.contains("seccomp"))
  }

  @Test("lists for both act on both")
  func both() throws {
    let capture = try capture("--seccomp.drop=mkdir", "--seccomp.32.drop=mkdir")
    let filters = try #require(capture.stack).map(\.filter)
    #expect(filters.count == 2)
    #expect(try filters.map { try $0.mkdir(.x86) } == [.errno(1), .allow])
    #expect(try filters.map { try $0.mkdir(.x86_64) } == [.allow, .errno(1)])
  }

  @Test("a list that forbids execve does not bind a static program")
  func postponed() throws {
    // A preloaded library is to install it later, which a static program does not load.
    let capture = try capture("--seccomp.drop=execve")
    #expect(capture.ending == .exited(0), "\(capture.errors)")
    for filter in try #require(capture.stack).map(\.filter) {
      #expect(try filter.action(.x86_64, "execve") == .allow)
    }
    #expect(!FileManager.default.fileExists(atPath: "/etc/ld.so.preload"))
  }

  @Test("a list of what 32-bit calls may be made binds 64-bit calls")
  func kept() throws {
    let capture = try capture("--seccomp.32.keep=getpid")
    let filter = try #require(capture.stack?.first?.filter)
    #expect(try filter.mkdir(.x86) == .allow)
    #expect(try filter.mkdir(.x86_64) == .errno(1))
  }
}
