import ClassicBPF
import Compilation
import Generation
import Prediction
import Profiles
import Proving
import SeccompModel
import Testing

@testable import Campaign

/// Proofs against sampling, on a few profiles; scripts/proof-samples does it on thousands.
@Suite("Proofs and samples", .timeLimit(.minutes(30)))
struct ProofSamplingTests {
  @Test("tell the same calls apart, and the kernel does with every counterexample what the filter says")
  func samples() throws {
    let sampling = ProofSampling(
      try ProofBench(ProofOptions()), ProfileGenerator(seed: 7), inputs: 1000)
    var samples: [ProofSample] = []
    for number in UInt64(0)..<40 { try sampling.run(case: number).map { samples.append($0) } }
    for sample in samples {
      #expect(sample.disagreements.isEmpty, "case \(sample.number)")
      if case .unknown(let reason) = sample.answer { Issue.record("case \(sample.number): \(reason)") }
      #expect(sample.inputs == 1000)
      #expect(sample.witnesses == sample.confirmed)
    }
    #expect(samples.count > 30)
    #expect(samples.count { $0.answer == .proved } > 20)
    #expect(samples.reduce(0) { $0 + $1.witnesses } > 20)
    #expect(samples.reduce(0) { $0 + $1.contested } > 100)
  }

  /// A profile whose filter is wrong for one value of an argument, and open for another call.
  private static func prepared(_ bench: ProofBench) throws -> (PreparedFilter, SideComparisonResult) {
    let profile = Profile(
      defaultAction: .errno(1),
      entries: [
        .init(
          names: ["lseek"], action: .allow, conditions: [Condition(index: 0, .lessOrEqual, value: 3)]),
        .init(
          names: ["lseek"], action: .allow,
          conditions: [
            Condition(index: 0, .lessOrEqual, value: 0), Condition(index: 2, .greaterThan, value: 41),
          ]),
        .init(names: ["getpid"], action: .allow),
        .init(
          names: ["getpid"], action: .errno(2),
          conditions: [Condition(index: 0, .equal, value: 1)]),
      ])
    let layer = Layer(profile: profile)
    guard case .compiled(let compiled) = try bench.workbench.compile(layer) else {
      throw ProofError.noFilter(source: "test", reason: "it does not compile")
    }
    let prepared = try PreparedFilter(layer, compiled)
    return (
      prepared, try SideComparison(.policy(prepared.oracle), .filter(prepared.filter)).run()
    )
  }

  private static func input(_ number: UInt32, _ arguments: UInt64...) -> SeccompData {
    var data = SeccompData(number: number, architecture: AuditToken.x86_64)
    for (index, value) in arguments.enumerated() { data.arguments[index] = value }
    return data
  }

  @Test("a region that is missing, too large, or tells other verdicts is a contradiction")
  func contradictions() throws {
    let (prepared, told) = try Self.prepared(try ProofBench(ProofOptions()))
    #expect(told.differences.count == 1 && told.unfinished == nil)
    let open = try #require(told.contested.firstIndex { $0.numbers.contains(39) })
    // lseek(0, 0, 5) is refused though a rule allows it; getpid(1) is open; getpid(2) and read are neither.
    let inputs = [Self.input(8, 0, 0, 5), Self.input(39, 1), Self.input(39, 2), Self.input(0)]
    func contradictions(_ change: (inout SideComparisonResult) -> Void) -> Int {
      var told = told
      change(&told)
      var judge = SampleJudge(prepared, told)
      var sample = ProofSample(number: 0, answer: .differs)
      judge.judge(inputs, in: &sample)
      #expect(sample.inputs == 4 && sample.wrong == 1 && sample.contested == 1)
      return sample.disagreements.count
    }
    #expect(contradictions { _ in } == 0)
    #expect(contradictions { $0.differences = [] } == 1)
    #expect(contradictions { $0.contested = [] } == 1)
    #expect(contradictions { $0.contested[open].calls = .everything } == 1)
    #expect(contradictions { $0.differences[0].permitted.one = [0x7ffc_0000] } == 1)
    #expect(contradictions { $0.differences[0].permitted.other = [0x7fff_0000] } == 1)
    #expect(
      contradictions { (told: inout SideComparisonResult) in swap(&told.differences, &told.contested) } == 2)
    #expect(contradictions { $0.differences.append($0.differences[0]) } == 1)
  }
}
