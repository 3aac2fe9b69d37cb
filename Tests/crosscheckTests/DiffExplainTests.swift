import Dispatch
import Foundation
import Glibc
import Testing

@Suite("diff and explain", .timeLimit(.minutes(30)))
struct DiffExplainTests {
  private static let profiles = Repository.root + "/Corpus/profiles"
  private static let allow = #"{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[]}"#
  private static let noUserNamespaces =
    #"{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["unshare"],"action":"SCMP_ACT_ERRNO","#
    + #""args":[{"index":0,"value":268435456,"valueTwo":268435456,"op":"SCMP_CMP_MASKED_EQ"}]}]}"#

  @Test("a profile and itself: status 0, equal")
  func equal() async throws {
    let run = try await Tool.run(["diff", "three-calls.json", "three-calls.json"], in: Self.profiles)
    #expect(run.status == 0)
    #expect(run.output.contains("are equal for all inputs (proved)."))
  }

  @Test("who lets more through, with the flag's name and what the kernel does: status 1")
  func stricter() async throws {
    let scratch = try Scratch()
    _ = try scratch.file("open.json", Self.allow)
    _ = try scratch.file("closed.json", Self.noUserNamespaces)
    let run = try await Tool.run(["diff", "open.json", "closed.json"], in: scratch.path)
    #expect(run.status == 1)
    #expect(run.output.hasPrefix("closed.json is stricter than open.json: "), "\(run.output)")
    #expect(run.output.contains("where: a0 & 0x10000000 (CLONE_NEWUSER) != 0"))
    #expect(run.output.contains("unshare(0x10000000, 0x0"))
    let json = try await Tool.run(["diff", "closed.json", "open.json", "--json"], in: scratch.path)
    let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    #expect(object?["relation"] as? String == "oneStricter")
  }

  @Test("a compiled filter against its profile, and against another's")
  func raw() async throws {
    let scratch = try Scratch()
    let raw = try scratch.file("allow.bpf", [6, 0, 0, 0, 0, 0, 0xff, 0x7f])
    let same = try await Tool.run(["diff", raw, "allow-everything.json"], in: Self.profiles)
    #expect(same.status == 1, "the compiled profile kills other architectures")
    #expect(same.output.hasPrefix("allow-everything.json is stricter than"), "\(same.output)")
    #expect(try await Tool.run(["diff", raw, raw]).status == 0)
    BadInputTests.expectRefusal(
      try await Tool.run(["diff", raw, try scratch.file("odd.bpf", [6, 0, 0])]))
    #expect(try await Tool.run(["diff", raw, "pid:x"]).status == 64)
  }

  @Test("a process's filters against a file", .enabled(if: geteuid() == 0, "reading filters needs root"))
  func process() async throws {
    let scratch = try Scratch()
    let raw = try scratch.file("allow.bpf", [6, 0, 0, 0, 0, 0, 0xff, 0x7f])
    // A process without filters is one that allows everything.
    let run = try await Tool.run(["diff", "pid:\(getpid())", raw])
    #expect(run.status == 0, "\(run.output)\(run.errors)")
  }

  @Test(
    "a thread that other filters bind is told, and all is not equal then",
    .enabled(if: geteuid() == 0, "installing and reading filters needs root"))
  func threads() async throws {
    // In a process of its own: other tests look at this one's filters.
    await #expect(processExitsWith: .success) {
      let scratch = try Scratch()
      let allow: [UInt8] = [6, 0, 0, 0, 0, 0, 0xff, 0x7f]
      let raw = try scratch.file("allow.bpf", allow)
      let thread = try #require(BoundThread(allow))
      defer { thread.end() }
      let run = try await Tool.run(["diff", "pid:\(getpid())", raw])
      #expect(run.status == 1)
      #expect(
        run.output.contains("process \(getpid()): thread \(thread.id) has other filters than its first"),
        "\(run.output)")
      #expect(try await Tool.run(["explain", "pid:\(getpid())"]).status == 1)
      let dump = try await Tool.run(["dump", "\(getpid())"])
      #expect(dump.output.contains("thread \(thread.id): 1 filter"), "\(dump.output)")
    }
  }

  @Test(
    "a process in strict mode has no filters, and does not allow everything: status 65",
    .enabled(if: geteuid() == 0, "reading filters needs root"))
  func strict() async throws {
    let process = Process()
    let input = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/perl")
    // PR_SET_SECCOMP, SECCOMP_MODE_STRICT; then one of the four calls, which does not come back.
    process.arguments = ["-e", "syscall(157, 22, 1, 0, 0, 0); sysread(STDIN, my $byte, 1);"]
    process.standardInput = input
    try process.run()
    defer { kill(process.processIdentifier, SIGKILL) }
    let status = "/proc/\(process.processIdentifier)/status"
    var isStrict = false
    for _ in 0..<6000 where !isStrict && process.isRunning {
      isStrict = try String(contentsOfFile: status, encoding: .utf8).contains("Seccomp:\t1")
      usleep(10_000)
    }
    #expect(isStrict)
    let word = "pid:\(process.processIdentifier)"
    let run = try await Tool.run(["explain", word])
    BadInputTests.expectRefusal(run)
    #expect(run.errors.contains("SECCOMP_MODE_STRICT"), "\(run.errors)")
    BadInputTests.expectRefusal(try await Tool.run(["diff", word, word]))
  }

  @Test("explain says each answer's calls and conditions, of one call too")
  func explain() async throws {
    let scratch = try Scratch()
    _ = try scratch.file("profile.json", Self.noUserNamespaces)
    let run = try await Tool.run(
      ["explain", "profile.json", "--syscall", "unshare"], in: scratch.path)
    #expect(run.status == 0)
    #expect(
      run.output == """
        profile.json: 3 answers, for all inputs.

        KILL_THREAD
          unshare (x32, i386)

        ERRNO(1)
          unshare (x86_64) where a0 & 0x10000000 (CLONE_NEWUSER) != 0

        ALLOW
          unshare (x86_64) where a0 & 0x10000000 (CLONE_NEWUSER) == 0

        """)
    // 41 and what follows: 42 is the number of an architecture too.
    _ = try scratch.file(
      "socket.json",
      #"{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["socket"],"action":"SCMP_ACT_ERRNO"}]}"#)
    let short = try await Tool.run(["explain", "socket.json"], in: scratch.path)
    #expect(
      short.output == """
        socket.json: 4 answers, for all inputs.

        KILL_THREAD
          every number (x32, i386, every other architecture)

        KILL_THREAD or ALLOW
          contested: the text leaves open which
          every number with bit 31 (x86_64 or x32)

        ERRNO(1)
          socket (x86_64)

        ALLOW
          every other call (x86_64)

        """, "\(short.output)")
    let whole = try await Tool.run(["explain", "profile.json", "--json"], in: scratch.path)
    #expect(whole.status == 0)
    let object = try JSONSerialization.jsonObject(with: Data(whole.output.utf8)) as? [String: Any]
    #expect((object?["answers"] as? [Any])?.count == 4, "\(whole.output)")
    #expect(
      try await Tool.run(["explain", "profile.json", "--syscall", "no_such_call"], in: scratch.path).status
        == 64)
  }
}

/// A thread of this process that a filter binds, and no other thread.
private final class BoundThread: @unchecked Sendable {
  private(set) var id: Int32 = 0
  private let isBound = DispatchSemaphore(value: 0)
  private let isOver = DispatchSemaphore(value: 0)

  /// Nil when the filter is not taken.
  init?(_ filter: [UInt8]) {
    Thread { [self] in
      filter.withUnsafeBytes { bytes in
        // struct sock_fprog of linux/filter.h
        var program = (UInt64(bytes.count / 8), UInt64(UInt(bitPattern: bytes.baseAddress)))
        typealias Call = @convention(c) (Int, Int, Int, UnsafeMutableRawPointer?) -> Int
        guard let symbol = dlsym(nil, "syscall") else { return }
        // SYS_seccomp, SECCOMP_SET_MODE_FILTER
        let call = unsafeBitCast(symbol, to: Call.self)
        let isInstalled = call(317, 1, 0, &program) == 0
        // SYS_gettid
        if isInstalled { id = Int32(call(186, 0, 0, nil)) }
      }
      isBound.signal()
      isOver.wait()
    }.start()
    isBound.wait()
    guard id != 0 else { return nil }
  }

  func end() { isOver.signal() }
}
