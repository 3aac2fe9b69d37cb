import ClassicBPF
import Foundation
import SeccompModel
import Testing

@testable import Probing
@testable import Scripts

/// A filter that answers `action` to one number of the entry's table, and ALLOW to all others.
private func only(_ number: UInt32, _ action: Action) -> Filter {
  Filter([
    .load(.number), .jump(equal: number, then: 0, otherwise: 1), .return(action), .return(.allow),
  ])
}

@Suite("The stage", .timeLimit(.minutes(30)))
struct StageTests {
  private let getpid: UInt32 = 39

  private func play(_ filters: [Filter], _ steps: [Step]) throws -> [StepOutcome] {
    try Stage().play(Script(filters: filters, steps: steps))
  }

  private func results(_ filters: [Filter], _ steps: [Step]) throws -> [StepResult] {
    try play(filters, steps).map(\.result)
  }

  private static let prepared: [Step] = [
    Step(0, .call(.setNoNewPrivileges)), Step(0, .call(.install(0))),
  ]

  @Test("installs a filter, makes calls, and reads the status")
  func calls() throws {
    let results = try results(
      [only(getpid, .errno(99))],
      [Step(0, .status)] + Self.prepared + [
        Step(0, .call(.getpid)), Step(0, .call(ScriptCall(.syscall, rax: 0x7_0000_0027))),
        Step(0, .call(.int80("getpid"))), Step(0, .status),
      ])
    #expect(results[0] == .status(.init(mode: 0, filters: 0, noNewPrivileges: false)))
    #expect(Array(results[1...4]) == [.returned(0), .returned(0), .returned(-99), .returned(-99)])
    guard case .returned(let pid) = results[5] else { return #expect(Bool(false), "\(results[5])") }
    #expect(pid > 0)
    #expect(results[6] == .status(.init(mode: 2, filters: 1, noNewPrivileges: true)))
  }

  @Test("tells how an actor's process ended, and takes no further step of it")
  func deaths() throws {
    let killed = try results(
      [only(getpid, .killProcess)],
      Self.prepared + [Step(0, .call(.getpid)), Step(0, .call(.getpid)), Step(0, .end)])
    #expect(
      Array(killed[2...]) == [
        .ended(.signalled(31, core: false)), .notTaken, .ended(.signalled(31, core: false)),
      ])
    let left = try results([], [Step(0, .call(.exitGroup(7)))])
    #expect(left == [.ended(.exited(7))])
  }

  @Test("tells a thread's end from its process's")
  func threads() throws {
    let results = try results(
      [only(getpid, .killThread), only(110, .killProcess)],
      [Step(0, .call(.setNoNewPrivileges)), Step(0, .spawn(1, .thread)), Step(1, .call(.install(0)))] + [
        Step(1, .call(.getpid)), Step(0, .call(.getppid)), Step(0, .spawn(2, .thread)),
        Step(2, .call(.install(1))), Step(2, .call(.getppid)), Step(0, .call(.getppid)), Step(0, .end),
      ])
    #expect(results[3] == .ended(.thread))
    #expect(results[7] == .ended(.signalled(31, core: false)))
    #expect(results[8] == .notTaken)
    #expect(results[9] == .ended(.signalled(31, core: false)))
  }

  @Test("tells what SIGSYS said, whether its handler returns or not", arguments: [true, false])
  func traps(_ returns: Bool) throws {
    let disposition: SignalDisposition = returns ? .record(flags: []) : .escape(flags: [])
    let results = try results(
      [only(getpid, .trap(0xbeef))],
      [Step(0, .handle(signal: 31, disposition))] + Self.prepared + [
        Step(0, .call(.getpid)), Step(0, .call(.named("getppid"))), Step(0, .call(.named("getuid"))),
      ])
    let details = TrapDetails(
      errno: 0xbeef, number: 39, architecture: AuditToken.x86_64, callAddress: 0, rax: 39)
    #expect(results[3] == (returns ? .trappedAndReturned(details, 39) : .trapped(details)))
    guard case .returned = results[5] else { return #expect(Bool(false), "\(results[5])") }
  }

  @Test("goes on as a 32-bit program, under the filters, by int $0x80 and by sysenter")
  func compat() throws {
    let results = try results(
      [only(20, .trap(7))],
      Self.prepared + [
        Step(0, .execute(.i386)), Step(0, .status), Step(0, .call(.int80("getppid"))),
        Step(0, .handle(signal: 31, .record(flags: []))), Step(0, .call(.int80("getpid"))),
        Step(0, .call(ScriptCall(.sysenter, rax: 20))), Step(0, .execute(.x86_64)),
        Step(0, .call(.getpid)),
      ])
    #expect(results[2] == .returned(0))
    #expect(results[3] == .status(.init(mode: 2, filters: 1, noNewPrivileges: true)))
    let details = TrapDetails(errno: 7, number: 20, architecture: AuditToken.i386, callAddress: 0, rax: 20)
    #expect(results[6] == .trappedAndReturned(details, 20))
    guard case .trappedAndReturned(let sysenter, 20) = results[7] else {
      return #expect(Bool(false), "\(results[7])")
    }
    #expect(sysenter.callAddress != 0)
    #expect(results[8] == .returned(0))
    guard case .returned(let pid) = results[9], pid > 0 else { return #expect(Bool(false), "\(results[9])") }
  }

  @Test("lets a supervisor answer a call that waits: by another process that took the listener")
  func notification() throws {
    // pidfd_open(434), pidfd_getfd(438); SECCOMP_IOCTL_NOTIF_RECV and _SEND of linux/seccomp.h.
    let steps: [Step] =
      [
        Step(0, .spawn(1, .process)), Step(0, .call(.setNoNewPrivileges)),
        Step(0, .call(.install(0, flags: 8))),
        Step(0, .begin(.getpid)),
        Step(1, .call(.syscall(434, .thread(0), 0))),
        Step(1, .call(.syscall(438, .result(4), .result(2), 0))),
        Step(1, .call(ScriptCall.syscall(16, .result(5), 0xc050_2100, .scratch(0)).reading(at: 0, 3))),
        // struct seccomp_notif_resp at 256.
        Step(1, .call(.syscall(16, .result(5), 0xc018_2101, .scratch(256)))),
        Step(0, .status),
      ]
    let outcomes = try play([only(getpid, .notify)], steps)
    #expect(outcomes[2].result == .returned(0))
    #expect(outcomes[3].result == .blocked)
    #expect(outcomes[6].result == .returned(0))
    #expect(outcomes[6].words[0] != 0)
    // An id of zero belongs to nobody.
    #expect(outcomes[7].result == .returned(-2))
    #expect(outcomes[8].result == .status(.init(mode: 2, filters: 1, noNewPrivileges: true)))
  }

  @Test("tells that an actor is stopped for its tracer, and goes on when that lets it")
  func tracer() throws {
    // ptrace(2): SEIZE with PTRACE_O_TRACESECCOMP, CONT; wait4(2) with __WALL.
    let steps: [Step] =
      [
        Step(0, .spawn(1, .process)), Step(0, .call(.setNoNewPrivileges)), Step(0, .call(.install(0))),
        Step(1, .call(.syscall(101, 0x4206, .thread(0), 0, 0x80))),
        Step(0, .call(.getpid)),
        Step(1, .call(ScriptCall.syscall(61, .thread(0), .scratch(0), 0x4000_0000, 0).reading(at: 0))),
        Step(1, .call(.syscall(101, 7, .thread(0), 0, 0))),
        Step(0, .finish),
        Step(0, .call(.getppid)),
      ]
    let outcomes = try play([only(getpid, .trace(5))], steps)
    #expect(outcomes[3].result == .returned(0))
    #expect(outcomes[4].result == .stopped)
    #expect(outcomes[5].words == [0x7057f])
    guard case .returned(let pid) = outcomes[7].result, pid > 0 else {
      return #expect(Bool(false), "\(outcomes[7])")
    }
  }

  @Test("bounds what does not come back, and is as good as new afterwards")
  func hangs() throws {
    let stage = try Stage()
    let hung = try stage.play(
      Script(steps: [Step(0, .call(.named("pause"))), Step(0, .call(.getpid))]), patience: 100_000_000)
    #expect(hung.map(\.result) == [.hung, .notTaken])
    let blocked = try stage.play(Script(steps: [Step(0, .begin(.named("pause"))), Step(0, .status)]))
    #expect(blocked[0].result == .blocked)
    for _ in 0..<100 {
      let outcomes = try stage.play(Script(steps: [Step(0, .call(.exit(3)))]))
      #expect(outcomes.map(\.result) == [.ended(.exited(3))])
    }
  }

  @Test(
    "writes a program in C alone that plays the script, also as a 32-bit program", arguments: [true, false])
  func reproducer(_ isRight: Bool) throws {
    let script = Script(
      filters: [only(20, .errno(99))],
      steps: Self.prepared + [
        Step(0, .call(.int80("getpid"))), Step(0, .execute(.i386)), Step(0, .call(.int80("getpid"))),
      ])
    let directory = FileManager.default.temporaryDirectory.appending(
      path: "crosscheck-repro-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let expected: [StepResult?] = [
      .returned(0), .returned(0), .returned(isRight ? -99 : -98), .returned(0), .returned(-99),
    ]
    let text = try ScriptReproducer(script, title: "A test */ of \"it\"", expected: expected).text()
    try text.write(to: directory.appending(path: "repro.c"), atomically: true, encoding: .utf8)
    let flags = "-O1 -nostdlib -static -ffreestanding -fno-stack-protector -fno-pie -no-pie -w"
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.currentDirectoryURL = directory
    process.arguments = [
      "-c", "cc -m32 \(flags) repro.c -o repro32 && cc \(flags) repro.c -o repro && exec ./repro",
    ]
    let output = Pipe()
    process.standardOutput = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == (isRight ? 0 : 1), "\(said)")
    #expect(
      said.contains(isRight ? "AS EXPECTED" : "2  DIFFERS  actor 0: getpid() by int $0x80: returned -99"))
  }

  @Test(
    "repeats a call until it fails: with a limit of sixteen descriptors fifteen more fit beside the memory's")
  func repetitions() throws {
    let outcomes = try Stage().play(
      Script(
        memory: [.init(at: 0, [16, 0, 0, 0, 0, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0])],
        steps: [
          Step(0, .call(.named("setrlimit", [7, .scratch(0)]))),
          Step(0, .call(.named("dup", [3]).repeated(100))),
        ]))
    #expect(outcomes[1].result == .returned(-24))
    #expect(outcomes[1].successes == 15)
  }

  @Test("plays under a filter that denies everything, and in strict mode, when the actor waits without calls")
  func withoutCalls() throws {
    let outcomes = try results(
      [Filter([.return(.errno(5))])],
      [Step(0, .spin)] + Self.prepared + [
        Step(0, .call(.getpid)), Step(0, .status), Step(0, .call(.getppid)),
      ])
    #expect(outcomes[3] == .returned(-5))
    #expect(outcomes[5] == .returned(-5))
    let strict = try results(
      [],
      [
        Step(0, .spin), Step(0, .call(.enterStrictMode)), Step(0, .status), Step(0, .call(.named("read"))),
        Step(0, .readTimestampCounter),
      ])
    #expect(
      Array(strict[1...3]) == [
        .returned(0), .status(.init(mode: 1, filters: 0, noNewPrivileges: false)), .returned(-9),
      ])
    #expect(strict[4] == .ended(.signalled(11, core: false)))
  }
}
