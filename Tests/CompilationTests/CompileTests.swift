import ClassicBPF
import Compilation
import Profiles
import SeccompModel
import Testing

@Suite("libseccomp compiles in a worker")
struct CompileTests {
  @Test("three rules become a program that holds their actions, and every rule has its answer")
  func threeRules() throws {
    let result = try compiled(
      CompilationRequest(
        rules: [
          Rule(name: "read", action: .allow),
          Rule(name: "personality", action: .errno(5), conditions: [.equal(0, 0xffff_ffff)]),
          Rule(name: "write", action: .trap(0)),
        ], defaultAction: .errno(1)))
    #expect(result.ruleStatuses == [.added, .added, .added])
    #expect(result.filter.returns == [0x7fff_0000, 0x0005_0005, 0x0003_0000, 0x0005_0001, 0])
    #expect(result.library.version >= .minimum)
    #expect(result.library.apiLevel >= 1)
  }

  @Test(
    "a profile is compiled as a runtime does: all its rules, the native architecture beside the listed ones")
  func profile() throws {
    let profile = Profile(
      defaultAction: .errno(1), architectures: [.x86],
      entries: [Profile.Entry(names: ["read", "no_such_call", "write"], action: .allow)])
    let result = try compiled(CompilationRequest(profile))
    #expect(result.ruleStatuses == [.added, .unknownName, .added])
    #expect(result.architectureStatuses == [.present, .present])
    for (architecture, write) in [(AuditToken.x86_64, 1), (AuditToken.i386, 4)] as [(UInt32, UInt32)] {
      #expect(
        result.filter.evaluate(SeccompData(number: write, architecture: architecture)) == Action.allow.verdict
      )
    }
  }

  @Test("one compiler compiles many requests, and none leaves a trace in the next")
  func manyRequests() throws {
    var compiler = try Compiler()
    let requests = SyscallTable.x86_64.entries.prefix(60).map { entry in
      CompilationRequest(
        rules: [Rule(name: entry.name, action: .trace(UInt16(entry.number)))], defaultAction: .errno(1),
        architectures: entry.number % 2 == 0 ? [.x86_64] : [.x86_64, .x86],
        attributes: FilterAttributes(optimizeLevel: entry.number % 3 == 0 ? 2 : nil))
    }
    let first = try requests.map { try compiler.compile($0) }
    let second = try requests.reversed().map { try compiler.compile($0) }
    #expect(first == second.reversed())
    #expect(Set(first).count == requests.count)
  }
}
