import ClassicBPF
import Scripts
import SeccompModel
import Testing

@testable import Conformance

@Suite("The table of the kernel suite")
struct ScenarioTableTests {
  private static let scripted = Scenario.table.compactMap { scenario -> (String, Scenario.ScriptedClaim)? in
    guard case .script(let claim) = scenario.kind else { return nil }
    return (scenario.name, claim)
  }

  @Test("has at least 320 scenarios, in at least 25 groups")
  func size() {
    #expect(Scenario.table.count >= 320)
    #expect(Set(Scenario.groups).count >= 25)
    #expect(Set(Scenario.groups).count == Scenario.groups.count)
  }

  @Test("names each scenario once, in kebab-case, with a claim")
  func names() {
    var seen: Set<String> = []
    for scenario in Scenario.table {
      #expect(seen.insert(scenario.name).inserted, "\(scenario.name) stands twice")
      #expect(scenario.name.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil, "\(scenario.name)")
      #expect(scenario.group.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil, "\(scenario.name)")
      #expect(scenario.claim.count > 10 && !scenario.claim.hasSuffix("."), "\(scenario.name)")
    }
  }

  @Test("claims something of each step, and of some step more than that it is over")
  func expectations() {
    for (name, claim) in Self.scripted {
      #expect(!claim.script.steps.isEmpty, "\(name)")
      #expect(claim.expectations.count == claim.script.steps.count, "\(name)")
      #expect(claim.expectations.contains { $0.result != .over && $0.result != .endedAnyhow }, "\(name)")
    }
  }

  @Test("keeps to what a stage can hold")
  func capacities() {
    for (name, claim) in Self.scripted {
      let script = claim.script
      #expect(script.steps.count <= Script.stepCapacity, "\(name)")
      #expect(script.filters.count <= Script.filterCapacity, "\(name)")
      #expect(script.filters.reduce(0) { $0 + $1.count } <= Script.instructionCapacity, "\(name)")
      #expect(script.memory.allSatisfy { $0.offset + $0.bytes.count <= Script.scratchSize }, "\(name)")
    }
  }

  @Test("speaks only of actors that were made, filters that are there and steps that are over")
  func references() {
    for (name, claim) in Self.scripted {
      var actors: Set<Int> = [0]
      for (index, step) in claim.script.steps.enumerated() {
        #expect(actors.contains(step.actor), "\(name), step \(index)")
        if case .spawn(let actor, _) = step.action {
          #expect(actors.insert(actor).inserted && actor < Script.actorCapacity, "\(name), step \(index)")
        }
        for argument in step.action.call?.arguments ?? [] {
          switch argument {
          case .program(let filter), .program32(let filter):
            #expect(claim.script.filters.indices.contains(filter), "\(name), step \(index)")
          case .result(let earlier): #expect(earlier < index, "\(name), step \(index)")
          case .thread(let actor): #expect(actors.contains(actor), "\(name), step \(index)")
          case .scratch(let offset), .word(let offset):
            #expect((0..<Script.scratchSize).contains(offset), "\(name), step \(index)")
          case .value: break
          }
        }
        if case .returnedAsStep(let earlier) = claim.expectations[index].result {
          #expect(earlier < index, "\(name), step \(index)")
        }
        for case .asStep(let earlier) in claim.expectations[index].words ?? [] {
          #expect(earlier < index, "\(name), step \(index)")
        }
        let words = step.action.call?.reads?.count ?? 0
        #expect(words <= ScriptCall.MemoryWords.maximum, "\(name), step \(index)")
        #expect((claim.expectations[index].words?.count ?? 0) <= words, "\(name), step \(index)")
      }
    }
  }

  @Test("has the groups that the page counts")
  func page() throws {
    let rows = try SuitePage.table(under: "## Groups").filter { $0.count == 3 }
    let counts = Scenario.groups.map { group in [group, "\(Scenario.table.count { $0.group == group })"] }
    #expect(rows.map { Array($0.prefix(2)) } == counts)
    #expect(try SuitePage.text().contains("runs on: \(Scenario.table.count) scenarios"))
  }

  /// Calls that scenarios make for real: of these each was looked at for harm.
  private static let harmless: Set<String> = [
    "read", "write", "open", "close", "poll", "ioctl", "dup", "dup2", "fcntl", "getpid", "getppid", "gettid",
    "getuid",
    "nanosleep", "sched_yield", "writev", "exit", "exit_group", "prctl", "seccomp", "ptrace", "wait4", "kill",
    "tgkill",
    "kcmp", "setresuid", "setresgid", "unshare", "mount", "chdir", "prlimit64", "process_vm_readv",
    "pidfd_open",
    "pidfd_getfd", "rt_sigreturn", "uretprobe", "uprobe", "clone", "gettimeofday", "time", "getcpu",
  ]

  @Test("makes no call by name that could do harm")
  func harmless() {
    for (name, claim) in Self.scripted {
      for step in claim.script.steps {
        guard let call = step.action.call else { continue }
        let table: SyscallTable =
          call.entry == .int80 || call.entry == .sysenter ? .i386 : .x86_64
        guard let called = table.name(of: UInt32(truncatingIfNeeded: call.rax)) else { continue }
        let isKnown = Self.harmless.contains(called) || Self.denied.contains("\(name) \(called)")
        #expect(isKnown, "\(name) \(called)")
      }
    }
  }

  /// Others, which a filter or strict mode of the scenario denies, or which fail by the arguments given.
  private static let denied: Set<String> = [
    "cache-by-architecture iopl", "exempt-neighbours io_pgetevents", "exempt-neighbours rseq",
    "exempt-neighbours statx", "int80-cache-apart iopl", "program-32-exempt-not perf_event_open",
    "program-32-exempt-not rt_tgsigqueueinfo", "strict-int80-number-0 restart_syscall",
    "strict-int80-number-60 umask", "strict-int80-sigreturn sigreturn", "strict-native-number-4 stat",
    "uprobe-int80 perf_event_open", "uretprobe-int80 rt_tgsigqueueinfo",
  ]

  @Test("finds its scenarios by name and by group")
  func filters() throws {
    #expect(try KernelSuite(filters: ["errno-0"]).scenarios.map(\.name) == ["errno-0"])
    let sync = try KernelSuite(filters: ["sync"]).scenarios
    #expect(!sync.isEmpty && sync.allSatisfy { $0.group == "sync" })
    #expect(try KernelSuite(filters: ["errno-0", "sync"]).scenarios.count == sync.count + 1)
    #expect(try KernelSuite().scenarios.count == Scenario.table.count)
    #expect(throws: KernelSuiteError.noScenario("no-such-*")) {
      try KernelSuite(filters: ["sync", "no-such-*"])
    }
  }
}

extension StepAction {
  fileprivate var call: ScriptCall? {
    switch self {
    case .call(let call), .begin(let call): call
    default: nil
    }
  }
}
