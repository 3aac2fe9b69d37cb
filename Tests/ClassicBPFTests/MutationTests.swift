import ClassicBPF
import SeccompModel
import Testing

@Suite("planted faults")
struct MutationTests {
  @Test("a seed gives the same mutant each time; it loads and differs in one instruction", arguments: 0..<200)
  func pick(_ seed: Int) throws {
    let filter = SampleFilters.small
    let (mutation, mutant) = try #require(FilterMutation.pick(seed: UInt64(seed), from: filter))
    try mutant.check()
    let changed = filter.instructions.indices.filter { filter.instructions[$0] != mutant.instructions[$0] }
    #expect(changed == [mutation.programCounter])
    #expect(mutant.count == filter.count)
    let again = try #require(FilterMutation.pick(seed: UInt64(seed), from: filter))
    #expect(again.mutation == mutation)
    #expect(try mutation.applied(to: filter) == mutant)
  }

  @Test("all kinds are enumerated, each once, and nearly all can be loaded")
  func enumeration() {
    let filter = SampleFilters.small
    let all = FilterMutation.all(of: filter)
    #expect(Set(all).count == all.count)
    let loadable = all.filter { (try? $0.applied(to: filter)) != nil }
    #expect(loadable.count == all.count)
    let constants = all.filter { if case .constant = $0.kind { true } else { false } }
    let jumps = all.filter { if case .jump = $0.kind { true } else { false } }
    let returns = all.filter { if case .returnValue = $0.kind { true } else { false } }
    #expect(!constants.isEmpty && !jumps.isEmpty && !returns.isEmpty)
    #expect(all.contains(.init(programCounter: 8, kind: .constant(136))))
    #expect(all.contains(.init(programCounter: 8, kind: .jump(then: 10, otherwise: 0))))
    #expect(all.contains(.init(programCounter: 19, kind: .returnValue(0x0005_0027))))
    #expect(constants.count + jumps.count + returns.count == all.count)
  }

  @Test("programs of all operations have mutants, and every mutant loads")
  func random() throws {
    var generator = ProgramGenerator(seed: 17)
    for seed in 0..<300 {
      let filter = generator.acceptedProgram()
      guard let (_, mutant) = FilterMutation.pick(seed: UInt64(seed), from: filter) else {
        #expect(FilterMutation.all(of: filter).isEmpty)
        continue
      }
      try mutant.check()
      #expect(mutant != filter)
    }
    #expect(FilterMutation.pick(seed: 0, from: Filter([])) == nil)
  }
}
