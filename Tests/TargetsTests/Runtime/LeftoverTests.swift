import ClassicBPF
import Foundation
import Testing

@testable import Targets

@Suite("Nothing outlives a run", .needs(.runc, .crun, .bubblewrap), .timeLimit(.minutes(30)))
struct LeftoverTests {
  /// What a driver that is about to be killed tells of its container.
  struct Told: Codable {
    var scratch: String
    var id: String
    var guardian: Int32
    var payload: Int32
    var place: RuntimePlace { RuntimePlace(scratch: scratch, id: id) }
  }

  static func tell(_ container: Container, payload: Int32, in file: String) throws {
    let told = Told(
      scratch: container.place.scratch, id: container.place.id, guardian: container.guardianID,
      payload: payload)
    try JSONEncoder().encode(told).write(to: URL(filePath: file))
  }

  static func told(_ file: String) throws -> Told {
    try JSONDecoder().decode(Told.self, from: Data(contentsOf: URL(filePath: file)))
  }

  @Test(
    "although the driver is killed with -9 while the payload runs",
    arguments: [RuntimeName.runc, .crun, .bubblewrap])
  func driverKilled(_ name: RuntimeName) async throws {
    let files = try ScratchFiles()
    let file = "\(files.path)/told"
    let payload = try TestPrograms.payload(.sleeps)
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [file = file as String, payload = payload as String, name = name.rawValue as String] in
      let name = try #require(RuntimeName(rawValue: name))
      let container = try Container(.long(payload), on: RuntimeProgram.find(name))
      guard case .started(let process, _) = try container.awaitPayload() else { return }
      #expect(!remains(of: container.place).isEmpty)
      try LeftoverTests.tell(container, payload: process, in: file)
      kill(getpid(), SIGKILL)
    }
    let told = try LeftoverTests.told(file)
    #expect(
      eventually { !isRunning(told.payload) && !isRunning(told.guardian) && remains(of: told.place) == [] })
    #expect(remains(of: told.place) == [])
  }

  @Test("although the driver is killed with -9 just after the start", arguments: [0, 2, 10, 40])
  func driverKilledEarly(milliseconds: Int) async throws {
    let files = try ScratchFiles()
    let file = "\(files.path)/told"
    let payload = try TestPrograms.payload(.sleeps)
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [file = file as String, payload = payload as String, milliseconds = milliseconds as Int] in
      let container = try Container(.long(payload), on: RuntimeProgram.find(.runc))
      try LeftoverTests.tell(container, payload: 0, in: file)
      usleep(UInt32(1000 * milliseconds))
      kill(getpid(), SIGKILL)
    }
    let told = try LeftoverTests.told(file)
    #expect(eventually { !isRunning(told.guardian) && remains(of: told.place) == [] })
    #expect(remains(of: told.place) == [])
  }

  @Test("although the guardian is killed with -9", arguments: [RuntimeName.runc, .crun, .bubblewrap])
  func guardianKilled(_ name: RuntimeName) throws {
    let container = try Container(.test(.unconfined, payload: .sleeps), on: RuntimeProgram.find(name))
    guard case .started(let payload, _) = try container.awaitPayload() else {
      Issue.record("the payload did not start")
      return
    }
    kill(container.guardianID, SIGKILL)
    #expect(throws: RuntimeError.guardianEnded(.signalled(SIGKILL))) { try container.finish() }
    #expect(
      eventually {
        !isRunning(payload) && remains(of: container.place).allSatisfy { $0.contains("directory") }
      })
    // The directory goes with the container's value.
    #expect(remains(of: container.place) == ["the directory \(container.place.scratch)"])
    let place = container.place
    _ = consume container
    #expect(remains(of: place) == [])
  }

  @Test("although both are: the next run removes it")
  func bothKilled() async throws {
    let files = try ScratchFiles()
    let file = "\(files.path)/told"
    let payload = try TestPrograms.payload(.sleeps)
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [file = file as String, payload = payload as String] in
      let container = try Container(.long(payload), on: RuntimeProgram.find(.runc))
      guard case .started(let process, _) = try container.awaitPayload() else { return }
      try LeftoverTests.tell(container, payload: process, in: file)
      kill(container.guardianID, SIGKILL)
      kill(getpid(), SIGKILL)
    }
    let told = try LeftoverTests.told(file)
    #expect(eventually { !isRunning(told.payload) && processes(of: told.place) == [] })
    // Another test's run may have been the next already.
    _ = try Container(.test(.unconfined), on: RuntimeProgram.find(.crun)).awaitEnd()
    #expect(remains(of: told.place) == [])
  }

  @Test(
    "when the directory for temporary files has spaces in its name",
    arguments: [RuntimeName.runc, .crun, .bubblewrap])
  func spaces(_ name: RuntimeName) async throws {
    let files = try ScratchFiles("with spaces")
    let directory = files.path
    let payload = try TestPrograms.payload(.exits)
    await #expect(processExitsWith: .success) {
      [directory = directory as String, payload = payload as String, name = name.rawValue as String] in
      setenv("TMPDIR", directory, 1)
      let name = try #require(RuntimeName(rawValue: name))
      let source: ContainerRequest.Source =
        name == .bubblewrap
        ? .filter(Filter([Instruction(code: 0x06, k: 0x7fff_0000)])) : .seccomp(TestProfiles.mkdir99)
      let container = try Container(
        ContainerRequest(source: source, payload: payload, deadline: .seconds(120)),
        on: RuntimeProgram.find(name))
      #expect(container.place.scratch.hasPrefix(directory))
      let capture = try container.awaitEnd()
      #expect(capture.output == "payload", "\(capture.errors)")
      #expect(capture.installations.count == 1)
      #expect(remains(of: container.place) == [])
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == [])
  }

  @Test("when the directory for temporary files is in one that a user's command finds hidden")
  func hidden() async throws {
    let directory = "/run/crosscheck-test \(UUID())"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let payload = try TestPrograms.payload(.exits)
    await #expect(processExitsWith: .success) {
      [directory = directory as String, payload = payload as String] in
      setenv("TMPDIR", directory, 1)
      let crun = try RuntimeProgram.find(.crun).path
      let container = try Container(
        ContainerRequest(source: .unconfined, payload: payload, deadline: .seconds(120)),
        on: RuntimeProgram.command("\(crun) --cgroup-manager=disabled run -b {bundle} {id}"))
      let capture = try container.awaitEnd()
      #expect(capture.output == "payload", "\(capture.errors)")
      #expect(remains(of: container.place) == [])
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == [])
  }

  @Test("of a user's command: bundle and name reach it whole, and a daemon of its is ended")
  func daemon() throws {
    let files = try ScratchFiles("runtime's own")
    let script = try files.script(
      """
      [ -f "$2/config.json" ] && [ -x "$2/rootfs/probe" ] || exit 9
      mkdir -p /run/some-runtime/"$4" && echo state >/run/some-runtime/"$4"/state.json
      (setsid sh -c 'echo $$ >"$0"; exec sleep 1000' "$(dirname "$0")/daemon") >/dev/null 2>&1 &
      while [ ! -s "$(dirname "$0")/daemon" ]; do sleep 0.01; done
      echo "$3 $4"
      exit 5
      """)
    let program = try RuntimeProgram.command("\"\(script)\" --bundle {bundle} 'the name' {id}")
    let container = try Container(.test(.seccomp(TestProfiles.mkdir99)), on: program)
    let capture = try container.awaitEnd()
    #expect(capture.ending == .exited(5), "\(capture.errors)")
    #expect(capture.output == "the name \(container.place.id)\n")
    let daemon = try String(contentsOfFile: "\(files.path)/daemon", encoding: .utf8)
    let process = try #require(Int32(daemon.trimmingCharacters(in: .whitespacesAndNewlines)))
    #expect(!isRunning(process))
    #expect(remains(of: container.place) == [])
    // It wrote to a /run of its own.
    #expect(!FileManager.default.fileExists(atPath: "/run/some-runtime"))
  }

  @Test("of a user's command that runs a container, killed in the middle of it")
  func command() throws {
    let runc = try RuntimeProgram.find(.runc).path
    let container = try Container(
      .test(.seccomp(TestProfiles.mkdir99), payload: .sleeps),
      on: RuntimeProgram.command("\(runc) run -b {bundle} {id}"))
    guard case .started(let payload, suspendErrno: 0) = try container.awaitPayload() else {
      Issue.record("the payload did not start: \(try container.finish())")
      return
    }
    let capture = try container.finish()
    #expect(capture.installations.count == 1)
    #expect(!isRunning(payload))
    #expect(remains(of: container.place) == [])
    #expect(!FileManager.default.fileExists(atPath: "/run/runc/\(container.place.id)"))
  }
}
