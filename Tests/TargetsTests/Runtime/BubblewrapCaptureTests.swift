import ClassicBPF
import Foundation
import Testing

@testable import Targets

@Suite("What bubblewrap installs", .needs(.bubblewrap), .timeLimit(.minutes(30)))
struct BubblewrapCaptureTests {
  @Test("is the program that it was given, instruction for instruction")
  func identical() throws {
    // ld [0]; jeq #83, 0, 1; ret ERRNO(99); ret ALLOW
    let filter = Filter([
      Instruction(code: 0x20, k: 0), Instruction(code: 0x15, jumpTrue: 0, jumpFalse: 1, k: 83),
      Instruction(code: 0x06, k: 0x0005_0063), Instruction(code: 0x06, k: 0x7fff_0000),
    ])
    let container = try Container(
      .test(.filter(filter), payload: .forks), on: RuntimeProgram.find(.bubblewrap))
    let capture = try container.awaitEnd()
    #expect(capture.ending == .exited(99), "\(capture.errors)")
    #expect(capture.installations.map(\.filter) == [filter])
    #expect(capture.installations.map(\.route) == [.prctl])
    #expect(capture.stack?.map(\.filter) == [filter])
  }

  @Test("is refused by the kernel when it is no program, which is told")
  func refused() throws {
    // It does not end with a return.
    let filter = Filter([Instruction(code: 0x20, k: 0)])
    let container = try Container(.test(.filter(filter)), on: RuntimeProgram.find(.bubblewrap))
    let capture = try container.awaitEnd()
    #expect(capture.installations.map(\.filter) == [filter])
    #expect(capture.installations.map(\.result) == [-Int64(EINVAL)])
    #expect(capture.stack == nil)
    #expect(capture.payload == .notStarted)
    #expect(!capture.errors.isEmpty)
  }

  @Test("can be asked for by options, and a profile cannot")
  func sources() throws {
    let program = try RuntimeProgram.find(.bubblewrap)
    let container = try Container(.test(.options(["--hostname", "crosscheck"])), on: program)
    #expect(try container.awaitEnd().ending == .exited(0))
    let error = #expect(throws: RuntimeError.self) {
      try Container(.test(.seccomp(TestProfiles.mkdir99)), on: program)
    }
    #expect(error?.description == "bubblewrap cannot be given a profile (linux.seccomp)")
  }
}
