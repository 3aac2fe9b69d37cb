import ClassicBPF
package import Scripts
import SeccompModel

/// Makes a history shorter and plainer for as long as a predicate holds of it. Knows nothing of kernels; the same history and
/// the same answers give the same result.
package struct HistoryMinimizer: Sendable {
  /// Most questions put to the predicate, the first about the history itself included.
  package var maximumAttempts: Int

  package init(maximumAttempts: Int = 400) { self.maximumAttempts = maximumAttempts }

  package struct Result: Hashable, Sendable {
    package var script: Script
    /// Whether the predicate held of the history as it came in.
    package var reproduced: Bool
    package var attempts: Int
  }

  package func minimize<Failure: Error>(
    _ start: Script, while predicate: (Script) throws(Failure) -> Bool
  ) throws(Failure) -> Result {
    var result = Result(script: start, reproduced: false, attempts: 1)
    guard maximumAttempts > 0, try predicate(start) else { return result }
    result.reproduced = true
    var refused: Set<Script> = []
    var changed = true
    while changed {
      changed = false
      for pass in Self.passes {
        var index = 0
        while let candidates = pass(result.script, index) {
          var isKept = false
          for candidate in candidates
          where candidate.weight < result.script.weight && !refused.contains(candidate) {
            guard result.attempts < maximumAttempts else { return result }
            result.attempts += 1
            if try predicate(candidate) {
              result.script = candidate
              isKept = true
              break
            }
            refused.insert(candidate)
          }
          changed = changed || isKept
          // What came into the place of what was taken out is looked at next.
          if !isKept { index += 1 }
        }
      }
    }
    return result
  }

  /// A kind of simplification: what to try at place `index`, in this order; nil behind the last place.
  private typealias Pass = @Sendable (Script, Int) -> [Script]?

  private static let passes: [Pass] = [
    shortened, withoutRun, withoutActor, withoutStep, plainerStep, plainerFilter, tidy,
  ]

  /// Without its end, half of what is left at a time.
  private static let shortened: Pass = { script, index in
    let count = script.steps.count >> (index + 1)
    guard count > 0 else { return nil }
    var candidate = script
    candidate.steps.removeLast(count)
    return [candidate]
  }

  private static let withoutRun: Pass = { script, index in
    let length = 4
    guard index + length <= script.steps.count else { return nil }
    return [script.removing(index..<index + length)]
  }

  private static let withoutActor: Pass = { script, index in
    guard index < Script.actorCapacity else { return nil }
    let steps = script.steps.indices.filter { script.steps[$0].concerns(index) }
    guard index > 0, !steps.isEmpty else { return [] }
    return [script.removing(steps)]
  }

  private static let withoutStep: Pass = { script, index in
    index < script.steps.count ? [script.removing(index..<index + 1)] : nil
  }

  private static let plainerStep: Pass = { script, index in
    guard index < script.steps.count else { return nil }
    return script.steps[index].plainer.map {
      var candidate = script
      candidate.steps[index] = $0
      return candidate
    }
  }

  private static let plainerFilter: Pass = { script, index in
    guard index < script.filters.count else { return nil }
    return script.filters[index].plainer.map {
      var candidate = script
      candidate.filters[index] = $0
      return candidate
    }
  }

  /// Without programs and memory that no step speaks of.
  private static let tidy: Pass = { script, index in
    guard index == 0 else { return nil }
    var bare = script
    bare.memory = []
    return [bare.withoutUnusedFilters, script.withoutUnusedFilters, bare]
  }
}

extension Script {
  /// How much there is to read: steps count most, then instructions, then what the calls' registers hold.
  package var weight: Int {
    1000 * steps.count + 20 * filters.reduce(0) { $0 + $1.count + 1 } + 5 * memory.count
      + steps.reduce(0) { $0 + $1.weight } + filters.reduce(0) { $0 + $1.constantWeight }
  }

  fileprivate func removing(_ range: Range<Int>) -> Script { removing(Array(range)) }

  /// Without these steps, ascending; references to other steps' results follow.
  fileprivate func removing(_ gone: [Int]) -> Script {
    var result = self
    var kept: [Int: Int] = [:]
    var steps: [Step] = []
    let gone = Set(gone)
    for (index, step) in self.steps.enumerated() where !gone.contains(index) {
      kept[index] = steps.count
      steps.append(step)
    }
    result.steps = steps.map { step in
      step.mappingArguments {
        guard case .result(let index) = $0 else { return $0 }
        return kept[index].map { .result($0) } ?? 0
      }
    }
    return result
  }

  fileprivate var withoutUnusedFilters: Script {
    var used: Set<Int> = []
    for step in steps {
      _ = step.mappingArguments {
        switch $0 {
        case .program(let index), .program32(let index): used.insert(index)
        default: break
        }
        return $0
      }
    }
    let kept = filters.indices.filter { used.contains($0) }
    let places = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($0.element, $0.offset) })
    var result = self
    result.filters = kept.map { filters[$0] }
    result.steps = steps.map { step in
      step.mappingArguments {
        switch $0 {
        case .program(let index): .program(places[index] ?? index)
        case .program32(let index): .program32(places[index] ?? index)
        default: $0
        }
      }
    }
    return result
  }
}
