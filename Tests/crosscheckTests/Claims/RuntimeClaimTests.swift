import ClassicBPF
import Foundation
import Glibc
import Testing

@testable import Targets

/// Container runtimes run as root.
private let isRoot = geteuid() == 0
/// What the document is about; others do other things.
private let hasBoth = [(RuntimeName.runc, "1.1.5"), (.crun, "1.8.1")].allSatisfy { name, version in
  (try? RuntimeProgram.find(name))?.version.hasPrefix(version) == true
}

@Suite(
  "Claims about container runtimes", .serialized, .timeLimit(.minutes(30)),
  .enabled(if: isRoot, "container runtimes need root"),
  .enabled(if: hasBoth, "needs runc 1.1.5 and crun 1.8.1 (Debian 12: apt-get install runc crun)"))
struct RuntimeClaimTests {
  @Test("The runtime does with the profile what the document says", arguments: RuntimeClaim.all)
  func claim(_ claim: RuntimeClaim) throws {
    let profile = try Data(contentsOf: URL(filePath: "\(ClaimsDocument.corpus)/\(claim.profile).json"))
    let request = ContainerRequest(
      source: .seccomp(Array(profile)), payload: try ClaimPayload.exits.path(),
      noNewPrivileges: claim.noNewPrivileges)
    let capture = try Container(request, on: try RuntimeProgram.find(claim.runtime)).awaitEnd()
    let installed = capture.installations.filter(\.isInstalled)
    switch claim.outcome {
    case .starts:
      #expect(capture.ending == .exited(0), "\(capture.errors)")
      #expect(capture.output == "started\n")
    case .refuses(let words):
      #expect(capture.payload == .notStarted)
      #expect(capture.ending != .exited(0))
      #expect(capture.errors.contains(words), "\(capture.errors)")
      #expect(installed.isEmpty)
    case .neverStarts:
      #expect(capture.payload == .notStarted)
      #expect(capture.ending != .exited(0))
      #expect(!installed.isEmpty, "\(capture.errors)")
    }
    guard !claim.answers.isEmpty else { return }
    let filter = try #require(installed.last?.filter)
    for asked in claim.answers { asked.expect(of: filter) }
  }

  @Test(
    "kill-exit-status: a container whose process a filter kills ends with 159",
    arguments: [RuntimeName.runc, .crun])
  func killed(_ runtime: RuntimeName) throws {
    let status = try ClaimContainer.status(
      of: ClaimPayload.makesCall, profile: "kill-process", on: try RuntimeProgram.find(runtime))
    #expect(status == 128 + SIGSYS)
  }

  @Test(
    "kill-in-a-child: the container goes on when a filter kills a child",
    arguments: [RuntimeName.runc, .crun])
  func child(_ runtime: RuntimeName) throws {
    let profile = try Data(contentsOf: URL(filePath: "\(ClaimsDocument.corpus)/kill-process.json"))
    let request = ContainerRequest(
      source: .seccomp(Array(profile)), payload: try ClaimPayload.childMakesCall.path())
    let capture = try Container(request, on: try RuntimeProgram.find(runtime)).awaitEnd()
    #expect(capture.ending == .exited(0), "\(capture.errors)")
    #expect(capture.output == "killed by 31\n")
  }

  @Test(
    "eperm-shows-the-filter: a mount fails with EPERM where there is no filter at all",
    arguments: [RuntimeName.runc, .crun])
  func unconfined(_ runtime: RuntimeName) throws {
    let request = ContainerRequest(source: .unconfined, payload: try ClaimPayload.mounts.path())
    let capture = try Container(request, on: try RuntimeProgram.find(runtime)).awaitEnd()
    #expect(capture.installations.isEmpty)
    #expect(capture.ending == .exited(EPERM), "\(capture.errors)")
  }

  @Test(
    "status-file: the process status says Seccomp: 2 under a filter, and 0 without",
    arguments: [RuntimeName.runc, .crun])
  func status(_ runtime: RuntimeName) async throws {
    // With a filter, also what the document shows; without one dump has nothing to print and says so by its status.
    let shown = try #require(ClaimsDocument.commands.first { $0.claim == "status-file" })
    for (profile, mode) in [("default-allow", "2"), (nil, "0")] {
      try await ClaimContainer.whileRunning(.sleeps, profile: profile, on: try RuntimeProgram.find(runtime)) {
        process in
        let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        #expect(status.split(separator: "\n").contains { $0 == "Seccomp:\t\(mode)" })
        let dump = try await Tool.run(shown.words.map { $0 == "PID" ? "\(process)" : $0 })
        #expect(dump.status == (profile == nil ? 1 : 0), "\(dump.errors)")
        if profile != nil { #expect(shown.missing(in: dump.output) == nil, "\(dump.output)") }
      }
    }
  }

  @Test(
    "A command that starts a container prints what the document shows",
    arguments: ClaimsDocument.commands.filter { $0.words.first == "runtime" })
  func command(_ command: ClaimsDocument.Command) async throws {
    let run = try await Tool.run(command.words, in: Repository.root)
    #expect(run.status == command.status, "\(run.errors)")
    let missing = command.missing(in: run.output + run.errors)
    #expect(missing == nil, "\(run.output)\(run.errors)")
  }
}
