import Compilation
import Glibc
import Profiles
import SeccompModel
import Testing

private let rules = [
  Rule(name: "read", action: .allow), Rule(name: "write", action: .allow),
  Rule(name: "rename", action: .allow),
]
private let request = CompilationRequest(rules: rules, defaultAction: .errno(1))

/// Rules that libseccomp 2.5.4 and 2.6.1 never finish: the second comparison's high word differs, and the two
/// share the node of their first comparison.
let hangingRules = [
  Rule(name: "read", action: .allow),
  Rule(
    name: "write", action: .allow,
    conditions: [Condition(index: 0, .notEqual, value: 5), Condition(index: 1, .equal, value: 1)]),
  Rule(
    name: "write", action: .allow,
    conditions: [Condition(index: 0, .notEqual, value: 5), Condition(index: 1, .equal, value: 1 << 32)]),
  Rule(name: "close", action: .allow),
]

/// A stand-in's fault and the result that it must have.
struct FaultCase: Sendable, CustomTestStringConvertible {
  let fault: StandInLibrary.Fault
  let expected: CompilationResult

  var testDescription: String { fault.description }
}

private let faultCases: [FaultCase] = [
  FaultCase(
    fault: .init(
      description: "a wild write in the second rule", addRule: "if (number == 1) *(volatile int *)8 = 0"),
    expected: .crashed(
      .signal(SIGSEGV), stage: .addRule(1), ruleStatuses: [.added, .notAnswered, .notAnswered])),
  FaultCase(
    fault: .init(description: "an abort in the export", addRule: "return -EEXIST", export: "abort()"),
    expected: .crashed(
      .signal(SIGABRT), stage: .export,
      ruleStatuses: .init(repeating: .refused(errno: EEXIST), count: 3))),
  FaultCase(
    fault: .init(description: "an exit in seccomp_init", initialise: "_exit(3)"),
    expected: .crashed(.exit(3), stage: .initialise, ruleStatuses: .init(repeating: .notAnswered, count: 3))),
  FaultCase(
    fault: .init(description: "no context", initialise: "return 0"),
    expected: .failed(
      stage: .initialise, errno: EINVAL, ruleStatuses: .init(repeating: .notAnswered, count: 3))),
  FaultCase(
    fault: .init(description: "an export that fails", export: "return -ECANCELED"),
    expected: .failed(stage: .export, errno: ECANCELED, ruleStatuses: .init(repeating: .added, count: 3))),
  FaultCase(
    fault: .init(description: "half an instruction", export: "write(fd, \"abcd\", 4)"),
    expected: .failed(stage: .export, errno: EBADMSG, ruleStatuses: .init(repeating: .added, count: 3))),
  FaultCase(
    fault: .init(
      description: "a program of three megabytes",
      export: "static char room[3 << 20]; write(fd, room, sizeof room)"),
    expected: .failed(stage: .export, errno: EFBIG, ruleStatuses: .init(repeating: .added, count: 3))),
  FaultCase(
    fault: .init(
      description: "a thirst for memory",
      addRule: "for (;;) { void *p = malloc(1 << 20); if (!p) return -ENOMEM; }"),
    expected: .failed(
      stage: .export, errno: ECANCELED, ruleStatuses: .init(repeating: .refused(errno: ENOMEM), count: 3))),
]

@Suite("What the library does to its worker is a result")
struct FaultTests {
  @Test(
    "rules on which seccomp_rule_add never returns are a hang at that rule, and the next compilation works")
  func hang() throws {
    var compiler = try Compiler(deadline: .milliseconds(100))
    let hanging = CompilationRequest(rules: hangingRules, defaultAction: .errno(1))
    for _ in 0..<2 {
      let worker = compiler.workerID
      let first = try #require(worker)
      guard case .hung(let stage, let elapsed, let statuses) = try compiler.compile(hanging) else {
        Issue.record("libseccomp finished the rules: is it a newer version?")
        return
      }
      #expect(stage == .addRule(2))
      #expect(elapsed >= .milliseconds(100))
      #expect(statuses == [.added, .added, .notAnswered, .notAnswered])
      let left = compiler.workerID
      #expect(left == nil)
      #expect(kill(first, 0) == -1 && errno == ESRCH, "the worker that hung is gone")
      #expect(try compiler.compiled(request).ruleStatuses == [.added, .added, .added])
    }
  }

  @Test("a library that crashes, refuses or writes nonsense", arguments: faultCases)
  func faults(_ example: FaultCase) throws {
    var fault = example.fault
    if fault.export.isEmpty { fault.export = "return -ECANCELED" }
    let library = try StandInLibrary(fault)
    var compiler = try Compiler(libseccomp: library.file, deadline: .seconds(5))
    // Twice: a new worker does the same.
    for _ in 0..<2 { #expect(try compiler.compile(request) == example.expected) }
  }

  @Test("a library that sleeps for ever is a hang, by the hard limit")
  func deadlock() throws {
    let library = try StandInLibrary(.init(description: "sleep", addRule: "for (;;) pause()"))
    var compiler = try Compiler(libseccomp: library.file, deadline: .milliseconds(10))
    guard case .hung(.addRule(0), let elapsed, _) = try compiler.compile(request) else {
      Issue.record("not a hang")
      return
    }
    #expect(elapsed >= .milliseconds(200))
  }

  @Test("a compilation may take longer than the deadline when each of its calls is quick")
  func manyQuickCalls() throws {
    // 50 rules, each of 10 ms of CPU time (clock(3) counts microseconds of it).
    let library = try StandInLibrary(
      .init(
        description: "slow", addRule: "for (long end = clock() + 10000; clock() < end;)",
        export: "return -ECANCELED"))
    var compiler = try Compiler(libseccomp: library.file, deadline: .milliseconds(250))
    let many = CompilationRequest(
      rules: Array(repeating: Rule(name: "read", action: .allow), count: 50), defaultAction: .errno(1))
    #expect(
      try compiler.compile(many)
        == .failed(stage: .export, errno: ECANCELED, ruleStatuses: .init(repeating: .added, count: 50)))
  }

  @Test("the export of many rules has more time, that of few has not")
  func slowExport() throws {
    let library = try StandInLibrary(
      .init(
        description: "slow export",
        export: "for (long end = clock() + 400000; clock() < end;); return -ECANCELED"))
    var compiler = try Compiler(libseccomp: library.file, deadline: .milliseconds(100))
    func rules(_ count: Int) -> CompilationRequest {
      CompilationRequest(
        rules: Array(repeating: Rule(name: "read", action: .allow), count: count), defaultAction: .errno(1))
    }
    // 100 ms and eight times 100 ms more, of which half may be CPU time.
    #expect(
      try compiler.compile(rules(8000))
        == .failed(stage: .export, errno: ECANCELED, ruleStatuses: .init(repeating: .added, count: 8000)))
    guard case .hung(.export, _, let statuses) = try compiler.compile(rules(1)) else {
      Issue.record("not a hang")
      return
    }
    #expect(statuses == [.added])
  }

  @Test("a worker killed between two compilations is replaced unnoticed")
  func killedWhileIdle() throws {
    var compiler = try Compiler()
    for _ in 0..<3 {
      let worker = compiler.workerID
      #expect(kill(try #require(worker), SIGKILL) == 0)
      #expect(try compiler.compiled(request).ruleStatuses == [.added, .added, .added])
    }
  }

  @Test("a compiler takes its worker with it")
  func workerEndsWithCompiler() throws {
    let compiler = try Compiler()
    let started = compiler.workerID
    let worker = try #require(started)
    #expect(kill(worker, 0) == 0)
    _ = consume compiler
    #expect(kill(worker, 0) == -1 && errno == ESRCH)
  }
}
