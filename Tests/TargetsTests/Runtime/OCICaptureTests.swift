import ClassicBPF
import Foundation
import SeccompModel
import Testing

@testable import Targets

@Suite("What runc and crun install", .timeLimit(.minutes(5)))
struct OCICaptureTests {
  static let runtimes: [RuntimeName] = [.runc, .crun]

  @Test("is captured with its way and flags, and binds the payload as the kernel says", arguments: runtimes)
  func mkdir(_ name: RuntimeName) throws {
    let program = try RuntimeProgram.find(name)
    let container = try Container(
      ContainerRequest(source: .seccomp(Profiles.mkdir99), payload: Payload.exits.path()), on: program)
    let capture = try container.awaitEnd()
    #expect(capture.ending == .exited(0), "\(capture.errors)")
    #expect(capture.output == "payload")
    let installation = try #require(capture.installations.first)
    #expect(capture.installations.count == 1)
    #expect(installation.route == (name == .runc ? .prctl : .seccomp))
    // crun's default is SECCOMP_FILTER_FLAG_SPEC_ALLOW.
    #expect(installation.flags == (name == .runc ? 0 : 4))
    #expect(installation.result == 0)
    #expect(capture.stack?.map(\.filter) == [installation.filter])
    guard case .started(_, suspendErrno: 0) = capture.payload else {
      Issue.record("the payload: \(capture.payload)")
      return
    }
  }
}

enum Profiles {
  static let mkdir99 = Array(
    #"{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["mkdir"],"action":"SCMP_ACT_ERRNO","errnoRet":99}]}"#
      .utf8)
}
