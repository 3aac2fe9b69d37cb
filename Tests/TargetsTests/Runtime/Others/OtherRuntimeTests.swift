import ClassicBPF
import Foundation
import SeccompModel
import Testing

@testable import Targets

@Suite("What podman, docker, containerd, lxc, nsjail and firejail install", .timeLimit(.minutes(30)))
struct OtherRuntimeTests {
  private func capture(_ request: ContainerRequest, on runtime: OtherRuntime) throws -> Capture {
    let program = try RuntimeProgram.find(runtime.name)
    let before = runtime.traces.filter(FileManager.default.fileExists)
    let container = try Container(request, on: program)
    let capture = try container.awaitEnd()
    #expect(remains(of: container.place) == [])
    #expect(runtime.traces.filter(FileManager.default.fileExists) == before)
    return capture
  }

  @Test(
    "is captured, binds the payload's children, and not the payload", arguments: OtherRuntime.here,
    [true, false])
  func mkdir(_ runtime: OtherRuntime, noNewPrivileges: Bool) throws {
    let (told, capture) = try tell(.seccomp(TestProfiles.mkdir99), noNewPrivileges, on: runtime)
    #expect(told.error == 99)
    let installation = try #require(capture.own.first)
    #expect(capture.own.count == 1)
    #expect(installation.route == runtime.route)
    #expect(installation.result == 0)
    #expect(capture.stack?.map(\.filter) == [installation.filter])
    #expect(try installation.filter.mkdir(.x86_64) == runtime.native)
    #expect(try installation.filter.mkdir(.x86) == runtime.int80)
    #expect(try installation.filter.mkdir(.x32) == runtime.x32)
    #expect(try installation.filter.action(.x86_64, "getpid") == .allow)
    guard case .started(_, suspendErrno: 0) = capture.payload else {
      Issue.record("the payload: \(capture.payload)")
      return
    }
  }

  @Test("is nothing without a profile", arguments: OtherRuntime.here)
  func unconfined(_ runtime: OtherRuntime) throws {
    let (told, capture) = try tell(.unconfined, true, on: runtime)
    #expect(told.error == EFAULT)
    #expect(capture.own == [])
    #expect(capture.stack == [])
  }

  /// What the payload says of where it is.
  private func tell(
    _ source: ContainerRequest.Source, _ noNewPrivileges: Bool, on runtime: OtherRuntime
  ) throws -> (told: (process: Int32, byte: Int32, error: Int32), Capture) {
    let files = try ScratchFiles()
    try Data([42]).write(to: URL(filePath: "\(files.path)/byte"))
    let file = open("\(files.path)/byte", O_RDONLY | O_CLOEXEC)
    defer { close(file) }
    let capture = try capture(
      .test(source, payload: .tells, noNewPrivileges: noNewPrivileges, descriptor: file), on: runtime)
    #expect(capture.ending == .exited(0), "\(capture.errors)")
    // Some runtimes have something to say as well.
    let line = try #require(
      capture.output.firstMatch(of: /(?m)^([0-9]+) ([0-9]+) ([0-9]+)$/), "\(capture.output)")
    let told = (
      process: try #require(Int32(line.1)), byte: try #require(Int32(line.2)),
      error: try #require(Int32(line.3))
    )
    #expect(told.byte == (runtime.handsDescriptor ? 42 : 256))
    #expect(runtime.isFirst ? told.process == 1 : (2..<20).contains(told.process))
    return (told, capture)
  }

  @Test("is nothing when the profile is none, and the reason is told", arguments: OtherRuntime.here)
  func refused(_ runtime: OtherRuntime) throws {
    let profile = TestProfiles.profile("\"SCMP_ACT_FOO\"")
    switch runtime.name {
    case .firejail, .lxc, .nsjail:
      let program = try RuntimeProgram.find(runtime.name)
      // It has to be read before it can be said in another language.
      let error = #expect(throws: RuntimeError.self) { try Container(.test(.seccomp(profile)), on: program) }
      #expect(error?.description.hasPrefix("the profile:1:") == true, "\(String(describing: error))")
    default:
      let capture = try capture(.test(.seccomp(profile)), on: runtime)
      #expect(capture.own == [])
      #expect(capture.stack == nil)
      #expect(capture.payload == .notStarted)
      #expect(capture.ending != .exited(0))
      #expect(!capture.errors.isEmpty)
    }
  }

  @Test("cannot be asked for by a BPF program", arguments: OtherRuntime.here)
  func program(_ runtime: OtherRuntime) throws {
    let program = try RuntimeProgram.find(runtime.name)
    let filter = Filter([Instruction(code: 0x06, k: 0x7fff_0000)])
    #expect(throws: RuntimeError.sourceNotSupported(runtime: runtime.name.rawValue, source: "a BPF program"))
    {
      try Container(.test(.filter(filter)), on: program)
    }
  }

  /// The runtime's own words for "nobody may call mkdir".
  static let words: [(RuntimeName, @Sendable (ScratchFiles.Path) throws -> [String])] = [
    (.firejail, { _ in ["--seccomp.drop=mkdir"] }),
    (.podmanCrun, { ["--security-opt", "seccomp=\(try $0.file(TestProfiles.mkdir99))"] }),
    (.docker, { ["--security-opt", "seccomp=\(try $0.file(TestProfiles.mkdir99))"] }),
    (.containerd, { ["--seccomp", "--seccomp-profile", try $0.file(TestProfiles.mkdir99)] }),
    (.nsjail, { _ in ["--seccomp_string", "ERRNO(99) { mkdir } DEFAULT ALLOW"] }),
    (.lxc, { ["lxc.seccomp.profile = \(try $0.file(Array("2\ndenylist\nmkdir errno 99\n".utf8)))"] }),
  ]

  @Test(
    "can be asked for by the runtime's own words",
    arguments: words.map(\.0).filter { reasonToSkip($0) == nil })
  func options(_ name: RuntimeName) throws {
    let program = try RuntimeProgram.find(name)
    let files = try ScratchFiles()
    let words = try #require(Self.words.first { $0.0 == name }).1(ScratchFiles.Path(path: files.path))
    let capture = try Container(.test(.options(words)), on: program).awaitEnd()
    #expect(capture.ending == .exited(0), "\(capture.errors)")
    let filter = try #require(capture.stack?.first?.filter)
    #expect(try filter.mkdir(.x86_64) == .errno(name == .firejail ? 1 : 99))
  }

  @Test(
    "leaves nothing when the driver is killed with -9 while the payload runs", arguments: OtherRuntime.here)
  func driverKilled(_ runtime: OtherRuntime) async throws {
    let before = runtime.traces.filter(FileManager.default.fileExists)
    let files = try ScratchFiles()
    let file = "\(files.path)/told"
    let payload = try TestPrograms.payload(.sleeps)
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [file = file as String, payload = payload as String, name = runtime.name.rawValue as String] in
      let name = try #require(RuntimeName(rawValue: name))
      let container = try Container(.long(payload), on: RuntimeProgram.find(name))
      guard case .started(let process, _) = try container.awaitPayload() else { return }
      try LeftoverTests.tell(container, payload: process, in: file)
      kill(getpid(), SIGKILL)
    }
    let told = try LeftoverTests.told(file)
    #expect(
      eventually { !isRunning(told.payload) && !isRunning(told.guardian) && remains(of: told.place) == [] })
    #expect(remains(of: told.place) == [])
    #expect(runtime.traces.filter(FileManager.default.fileExists) == before)
  }
}

extension ScratchFiles {
  /// What closures of a table may have of a directory.
  struct Path {
    var path: String

    func file(_ contents: [UInt8]) throws -> String {
      let file = "\(path)/contents"
      try Data(contents).write(to: URL(filePath: file))
      return file
    }
  }
}
