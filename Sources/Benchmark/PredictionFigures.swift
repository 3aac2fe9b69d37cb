import Campaign
import ClassicBPF
import Generation
import SeccompModel

/// What one answer of a filter's interpreter costs.
struct PredictionFigures {
  let workbench: Workbench
  let subject: Subject
  let rounds: Int

  /// All numbers of the three ABIs, each with several argument vectors, in random order.
  private func questions(_ filter: Filter) -> [SeccompData] {
    var random = RandomSource(seed: 10, caseNumber: 0)
    var arguments = CallGenerator(filter: filter, profile: subject.profile)
      .calls(Self.vectors, using: &random).map(\.arguments)
    arguments.append(Arguments())
    var calls: [Call] = []
    for number in 0...UInt64(470) {
      for vector in arguments {
        calls.append(Call(.syscall, rax: number, arguments: vector))
        calls.append(Call(.syscall, rax: number | UInt64(x32SyscallBit), arguments: vector))
        calls.append(Call(.int80, rax: number, arguments: vector))
      }
    }
    random.shuffle(&calls)
    return calls.map { $0.seccompData(instructionPointer: 0x401000) }
  }

  private static let vectors = 15
  /// Distinct pairs of number and architecture asked for.
  private static let numbers = 3 * 471

  func measure() throws -> [Figure] {
    try [(1, 60.0), (2, 40.0)].flatMap { level, limit in
      try measure(workbench.filter(of: subject.layer(optimizeLevel: level)), level: level, limit: limit)
    }
  }

  private func measure(_ filter: Filter, level: Int, limit: Double) throws -> [Figure] {
    let questions = questions(filter)
    var verdicts = [UInt32](repeating: 0, count: questions.count)
    var sites = [UInt16](repeating: 0, count: questions.count)
    var prepared = Samples()
    var first = Samples()
    var later = Samples()
    for _ in 0..<rounds {
      var evaluator: FilterEvaluator?
      prepared.append(try nanoseconds { evaluator = try FilterEvaluator(filter) } / 1000)
      guard var evaluator else { continue }
      func pass() -> Double {
        questions.withUnsafeBufferPointer { questions in
          verdicts.withUnsafeMutableBufferPointer { verdicts in
            sites.withUnsafeMutableBufferPointer { sites in
              nanoseconds { evaluator.evaluate(questions, verdicts: verdicts, sites: sites) }
            }
          }
        }
      }
      let both = (pass(), pass())
      first.append((both.0 - both.1) / Double(Self.numbers))
      later.append(both.1 / Double(questions.count))
    }
    for (data, verdict) in zip(questions, verdicts).prefix(1000) {
      guard filter.evaluate(data).rawValue == verdict else {
        throw BareLoop.Failure(description: "a prediction differs from the plain interpreter's: \(data)")
      }
    }
    let name = "containers filter, optimise \(level), \(filter.count) instructions"
    return [
      Figure("prediction, \(name)", "ns", later, target: .atMost(limit)),
      Figure("  the first question for a number costs beyond that", "ns", first),
      Figure("  preparing its evaluator", "us", prepared),
    ]
  }
}
