import ClassicBPF
import Foundation
import SeccompModel
import Testing

@testable import Targets

@Suite("What runc and crun install", .needs(.runc, .crun, .bubblewrap), .timeLimit(.minutes(30)))
struct OCICaptureTests {
  static let runtimes: [RuntimeName] = [.runc, .crun]

  private func capture(_ request: ContainerRequest, on name: RuntimeName) throws -> Capture {
    let container = try Container(request, on: RuntimeProgram.find(name))
    let capture = try container.awaitEnd()
    #expect(remains(of: container.place) == [])
    return capture
  }

  @Test(
    "is captured with its way and flags, and binds the payload as the kernel says", arguments: runtimes,
    [true, false])
  func mkdir(_ name: RuntimeName, noNewPrivileges: Bool) throws {
    let capture = try capture(
      .test(.seccomp(TestProfiles.mkdir99), noNewPrivileges: noNewPrivileges), on: name)
    #expect(capture.ending == .exited(0), "\(capture.errors)")
    #expect(capture.output == "payload")
    let installation = try #require(capture.installations.first)
    #expect(capture.installations.count == 1)
    #expect(installation.route == (name == .runc ? .prctl : .seccomp))
    // crun's default is SECCOMP_FILTER_FLAG_SPEC_ALLOW.
    #expect(installation.flags == (name == .runc ? 0 : 4))
    #expect(installation.result == 0)
    #expect(installation.isInstalled)
    #expect(capture.stack?.map(\.filter) == [installation.filter])
    let mkdir = SeccompData(number: 83, architecture: Architecture.x86_64.auditToken)
    #expect(installation.filter.evaluate(mkdir).action == .errno(99))
    guard case .started(_, suspendErrno: 0) = capture.payload else {
      Issue.record("the payload: \(capture.payload)")
      return
    }
  }

  @Test("is captured although it denies the payload's start", arguments: runtimes, ["ERRNO", "KILL_PROCESS"])
  func everythingDenied(_ name: RuntimeName, action: String) throws {
    // runc is likely to hang: then the grace ends it.
    let capture = try capture(
      .test(.seccomp(TestProfiles.profile("\"SCMP_ACT_\(action)\"")), grace: .seconds(2)), on: name)
    #expect(capture.payload == .notStarted)
    #expect(capture.ending != .exited(0))
    #expect(capture.output == "")
    let installation = try #require(capture.installations.first { $0.isInstalled })
    #expect(capture.stack?.map(\.filter) == [installation.filter])
  }

  /// What runc and crun need to start a payload, measured with versions 1.1.5 and 1.8.1.
  static let needed = """
    execve close openat fstatfs getdents64 write futex rt_sigreturn epoll_ctl epoll_pwait getpid gettid sched_yield \
    nanosleep tgkill mmap munmap madvise rt_sigprocmask sigaltstack clone fcntl exit_group
    """.split(separator: " ").map { "\"\($0)\"" }.joined(separator: ",")

  @Test("exempts the payload and binds its children", arguments: runtimes)
  func exemption(_ name: RuntimeName) throws {
    // Neither the payload's fork nor its wait would be allowed.
    let killing = TestProfiles.profile(
      #""SCMP_ACT_KILL_PROCESS", "syscalls": [{"names": [\#(Self.needed)], "action": "SCMP_ACT_ALLOW"}]"#)
    let exempt = try capture(.test(.seccomp(killing), payload: .forks), on: name)
    // SIGSYS is 31. runc stands a guard in front, which answers ENOSYS (38) above the highest number that the
    // profile names; mkdir is below.
    #expect(exempt.ending == .exited(128 + 31), "\(exempt.errors)")
    let answered = try capture(.test(.seccomp(TestProfiles.mkdir99), payload: .forks), on: name)
    #expect(answered.ending == .exited(99), "\(answered.errors)")
  }

  @Test("is nothing without a profile", arguments: runtimes)
  func unconfined(_ name: RuntimeName) throws {
    let capture = try capture(.test(.unconfined), on: name)
    #expect(capture.installations == [])
    #expect(capture.stack == [])
    #expect(capture.output == "payload")
  }

  @Test(
    "is nothing when the profile is refused, and the runtime's words are kept", arguments: runtimes,
    [#"{"defaultAction": "SCMP_ACT_FOO"}"#, #"{"defaultAction": 7}"#, "]"])
  func refused(_ name: RuntimeName, profile: String) throws {
    let capture = try capture(.test(.seccomp(Array(profile.utf8))), on: name)
    #expect(capture.installations == [])
    #expect(capture.stack == nil)
    #expect(capture.payload == .notStarted)
    guard case .exited(let status) = capture.ending, status != 0 else {
      Issue.record("the ending: \(capture.ending)")
      return
    }
    #expect(!capture.errors.isEmpty)
  }

  @Test("the payload gets the descriptor, and only where there is one", arguments: runtimes + [.bubblewrap])
  func descriptor(_ name: RuntimeName) throws {
    let files = try ScratchFiles()
    try Data([42]).write(to: URL(filePath: "\(files.path)/byte"))
    let file = open("\(files.path)/byte", O_RDONLY | O_CLOEXEC)
    defer { close(file) }
    #expect(
      try capture(.test(.unconfined, payload: .reads, descriptor: file), on: name).ending == .exited(42))
    #expect(try capture(.test(.unconfined, payload: .reads), on: name).ending == .exited(255))
  }

  @Test("the payload is the first process of a namespace", arguments: runtimes + [.bubblewrap])
  func firstProcess(_ name: RuntimeName) throws {
    #expect(try capture(.test(.unconfined, payload: .counts), on: name).ending == .exited(1))
  }

  @Test(
    "a payload that runs can be looked at, and is ended with the rest", arguments: runtimes + [.bubblewrap])
  func running(_ name: RuntimeName) throws {
    let container = try Container(.test(.unconfined, payload: .sleeps), on: RuntimeProgram.find(name))
    let state = try container.awaitPayload()
    guard case .started(let process, _) = state else {
      Issue.record("the payload: \(state), \(try container.finish().errors)")
      return
    }
    #expect(isRunning(process))
    #expect(!processes(of: container.place).isEmpty)
    // Asked again it says the same.
    #expect(try container.awaitPayload() == state)
    let capture = try container.finish()
    #expect(capture.ending == .stopped)
    #expect(!isRunning(process))
    #expect(remains(of: container.place) == [])
    #expect(try container.finish() == capture)
  }
}
