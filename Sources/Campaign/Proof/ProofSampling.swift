import CLinux
import ClassicBPF
import Compilation
package import Generation
import Prediction
import Profiles
import Proving
import SeccompModel

/// Holds proofs against samples: of a generated profile, what a comparison over all inputs tells must be what evaluator
/// and oracle say of every input drawn, and the kernel must do with every witness what the filter says.
package struct ProofSampling {
  let bench: ProofBench
  let generator: ProfileGenerator
  let inputs: Int

  /// Half of the inputs, at most, are the boundaries that `check` would try; the others are drawn.
  package init(_ bench: ProofBench, _ generator: ProfileGenerator, inputs: Int) {
    self.bench = bench
    self.generator = generator
    self.inputs = inputs
  }

  /// Nil where libseccomp makes nothing of the case, or nothing that the kernel would take.
  package func run(case number: UInt64) throws -> ProofSample? {
    let made = generator.makeCase(number: number)
    let layer = Layer(profile: made.profile, settings: made.settings)
    guard case .compiled(let compiled) = try bench.workbench.compile(layer),
      let prepared = try? PreparedFilter(layer, compiled)
    else { return nil }
    let begin = clinux_monotonic_time()
    let policy = ProofSide("the policy", policy: prepared)
    let filter = ProofSide("the filter", [prepared.filter])
    let told = try SideComparison(policy.side, filter.side, limits: bench.options.limits).run()
    var sample = ProofSample(number: number, answer: told.answer)
    sample.regions = (told.differences.count, told.contested.count)
    sample.inPart = (told.differences + told.contested).count { !$0.calls.isExact }
    let short = try Prover(limits: bench.options.limits).compare(prepared.oracle, prepared.filter)
    if let contradiction = told.contradiction(of: short) { sample.disagreements.append(contradiction) }
    let proved = clinux_monotonic_time()
    sample.proofSeconds = Double(proved - begin) / 1e9
    guard told.unfinished == nil else { return sample }
    var judge = SampleJudge(prepared, told)
    try draw(prepared, made) { judge.judge($0, in: &sample) }
    sample.sampleSeconds = Double(clinux_monotonic_time() - proved) / 1e9
    count(bench.comparison(policy, filter, told), in: &sample)
    return sample
  }

  private func draw(
    _ prepared: PreparedFilter, _ made: GeneratedCase, _ body: ([SeccompData]) -> Void
  ) throws {
    var random = generator.callSource(number: made.number)
    var left = inputs
    var boundaries = try Checking.enumeration(for: prepared.layer, filter: prepared.filter).calls.calls
    if boundaries.count > inputs / 2 {
      random.shuffle(&boundaries)
      boundaries.removeLast(boundaries.count - inputs / 2)
    }
    let strange = StrangePlaces(prepared)
    let calls = CallGenerator(filter: prepared.filter, profile: made.profile)
    var batch = boundaries[...]
    while left > 0 {
      let drawn =
        batch.isEmpty ? calls.calls(min(left, Self.batch), using: &random) : Array(batch.prefix(Self.batch))
      batch = batch.dropFirst(Self.batch)
      body(drawn.map { strange.moved($0.seccompData(), using: &random) })
      left -= drawn.count
    }
  }

  private static let batch = 4096

  private func count(_ comparison: ProofReport.Comparison, in sample: inout ProofSample) {
    sample.difference = comparison.differences.first.map { region in
      let calls = region.calls.map {
        "\($0.names.joined(separator: ", ")) (\($0.abis.joined(separator: ", ")))"
      }
      return
        "\(calls.joined(separator: "; ")) where \(region.condition): the policy says "
        + "\(region.one.joined(separator: " or ")), libseccomp's filter \(region.other.joined(separator: " or "))"
    }
    for region in comparison.differences + comparison.contested {
      guard let trial = region.witness.other else {
        sample.notMade[region.witness.notMade ?? "for no reason given", default: 0] += 1
        continue
      }
      sample.witnesses += 1
      if trial.isBorneOut {
        sample.confirmed += 1
      } else {
        sample.disagreements.append(
          "the kernel: \(region.witness.call): \(trial.outcome), not \(region.other.joined(separator: " or "))"
        )
      }
    }
  }
}

extension SideComparisonResult {
  fileprivate var answer: ProofSample.Answer {
    if let unfinished { return .unknown(unfinished) }
    return differences.isEmpty ? .proved : .differs
  }

  /// What a single question over all inputs says against it.
  fileprivate func contradiction(of short: Prover.Answer) -> String? {
    switch (short, answer) {
    case (.proved, .proved), (.proved, .unknown), (.differs, .differs), (.differs, .unknown): nil
    case (.unknown(let reason), _): "one question over all inputs, unknown: \(reason)"
    case (let short, let long): "one question over all inputs: \(short); by regions: \(long)"
    }
  }
}

/// Inputs that no process here can show to a filter: other architectures' tokens, other addresses.
private struct StrangePlaces {
  private let tokens: [UInt32]

  init(_ prepared: PreparedFilter) {
    tokens =
      prepared.oracle.form.foreignTokens
      + [Architecture.aarch64.auditToken, Architecture.riscv64.auditToken, 0, 0x1234, .max]
  }

  /// One input in 32 gets another token, one in 32 another instruction pointer.
  func moved(_ data: SeccompData, using random: inout RandomSource) -> SeccompData {
    var data = data
    switch random.below(32) {
    case 0: data.architecture = random.pick(tokens, else: 0)
    case 1: data.instructionPointer = random.next()
    default: break
    }
    return data
  }
}
