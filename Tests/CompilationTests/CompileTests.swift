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
}
