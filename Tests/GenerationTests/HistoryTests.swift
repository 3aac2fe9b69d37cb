import ClassicBPF
import Foundation
import Generation
import Prediction
import Scripts
import SeccompModel
import Testing

@Suite("Histories")
struct HistoryTests {
  /// Histories of one seed, made once.
  static let sample: [Script] = (0..<1500).map { HistoryGenerator(seed: 7).history(number: $0) }

  private let model = ScriptModel(features: .assumed(version: KernelVersion(6, 18)), isPrivileged: true)

  @Test("a seed and a number give the same history, other numbers others")
  func determinism() {
    let again = (0..<40).map { HistoryGenerator(seed: 7).history(number: $0) }
    #expect(again == Array(Self.sample.prefix(40)))
    #expect(Set(Self.sample).count > 1400)
    #expect(HistoryGenerator(seed: 8).history(number: 0) != Self.sample[0])
  }

  @Test("the model tells the end of every step, and none has to wait for a deadline")
  func judged() {
    for (number, script) in Self.sample.enumerated() {
      for (step, prediction) in model.predict(script).enumerated() {
        if case .open(let reason) = prediction { Issue.record("history \(number), step \(step): \(reason)") }
        #expect(prediction != .exactly(.hung), "history \(number), step \(step)")
      }
    }
  }

  @Test("histories keep within what the stage holds")
  func limits() {
    for script in Self.sample {
      #expect((1...Script.stepCapacity).contains(script.steps.count))
      #expect(script.filters.count <= Script.filterCapacity)
      #expect(script.steps.allSatisfy { $0.actor < Script.actorCapacity })
      #expect(script.memory.allSatisfy { $0.offset >= 0 && $0.offset + $0.bytes.count <= Script.scratchSize })
    }
  }

  @Test("every kind of step is reached, and most pairs soon")
  func coverage() {
    var kinds: Set<HistoryKind> = []
    var pairs: Set<[HistoryKind]> = []
    for script in Self.sample {
      let all = script.steps.map { HistoryKind(of: $0) }
      kinds.formUnion(all)
      for pair in zip(all, all.dropFirst()) { pairs.insert([pair.0, pair.1]) }
    }
    #expect(kinds.count == HistoryKind.allCases.count)
    #expect(pairs.count > 500, "\(pairs.count)")
  }

  @Test("only calls are made that harm nobody")
  func harmless() {
    // By name, as people would check it.
    let native: Set<String> = [
      "getpid", "gettid", "getppid", "getpgrp", "getuid", "geteuid", "getgid", "sched_get_priority_max",
      "exit",
      "exit_group", "prctl", "seccomp", "ptrace", "ioctl", "kill", "tgkill", "pause", "setresuid", "unshare",
      "close",
      "process_vm_readv", "gettimeofday", "time", "getcpu", "uretprobe", "uprobe",
      // With descriptors that nobody has; strict mode's list.
      "read", "write",
    ]
    let compat: Set<String> = [
      "getpid", "gettid", "getppid", "getpgrp", "getuid32", "geteuid32", "getgid32", "sched_get_priority_max",
      "exit", "exit_group", "prctl", "seccomp", "ptrace", "ioctl", "kill", "tgkill", "pause", "read", "write",
      "restart_syscall",
      // Never executed: by actors in strict mode, or with arguments that the call refuses.
      "rt_sigreturn", "umask", "rt_tgsigqueueinfo", "perf_event_open",
    ]
    for script in Self.sample {
      for step in script.steps {
        let call: ScriptCall
        switch step.action {
        case .call(let made), .begin(let made): call = made
        default: continue
        }
        let number = UInt32(truncatingIfNeeded: call.rax)
        let isCompat = call.entry == .int80 || call.entry == .sysenter
        guard let name = (isCompat ? SyscallTable.i386 : .x86_64).name(of: number) else { continue }
        // The x86_64 numbers that filters speak of are made by the other entry too: those must fail.
        let isKnown = (isCompat ? compat : native).contains(name)
        #expect(isKnown, "\(name), \(call)")
        if name == "kill" || name == "tgkill" {
          guard case .thread = call.arguments[0] else { Issue.record("\(call)"); continue }
        }
      }
    }
  }

  @Test("a script written as JSON is the same script again")
  func json() throws {
    for script in Self.sample.prefix(100) {
      let bytes = try JSONEncoder().encode(script)
      #expect(try JSONDecoder().decode(Script.self, from: bytes) == script)
    }
    let odd = Script(
      filters: [Filter([]), Filter([.return(.allow)])], memory: [.init(at: 8, [0, 255])],
      steps: [
        Step(
          1,
          .begin(
            ScriptCall(
              .vsyscall, rax: .max,
              [.value(.max), .scratch(1), .program(0), .program32(1), .result(3), .word(16)],
              reads: .init(at: 8, count: 2), repetitions: 9))),
        Step(2, .spawn(3, .process(flags: 0x1000_0000))), Step(2, .spawn(4, .thread)),
        Step(2, .execute(.i386)),
        Step(2, .handle(signal: 31, .escape(flags: [.restart, .noDefer]))),
        Step(2, .mask(signal: 10, isBlocked: true)),
        Step(0, .finish), Step(0, .status), Step(0, .end), Step(0, .spin), Step(0, .readTimestampCounter),
      ])
    #expect(try JSONDecoder().decode(Script.self, from: try JSONEncoder().encode(odd)) == odd)
  }
}
