package import Profiles
package import SeccompModel

/// Makes a case smaller for as long as a predicate holds of it. Knows nothing of kernels or compilers; the same
/// case and the same answers give the same result.
///
/// Passes stand in one list and run until none of them gets anywhere. A candidate is put to the predicate only
/// when ``CaseSize`` says that it is smaller, so the result is never larger than what came in, and the work ends.
package struct Minimizer: Sendable {
  /// Most questions put to the predicate, the first about the case itself included.
  package var maximumAttempts: Int

  package init(maximumAttempts: Int = 2000) { self.maximumAttempts = maximumAttempts }

  /// What came out.
  package struct Result<Subject: Minimizable>: Sendable {
    package var minimized: Subject
    /// Whether the predicate held of the case as it came in; when not, `minimized` is that case.
    package var reproduced: Bool
    /// Questions put to the predicate.
    package var attempts: Int
    /// The pass of each change that was kept, in order.
    package var steps: [String]
    /// Whether no pass gets further; false when the questions ran out first.
    package var isFixpoint: Bool
  }

  /// One kind of simplification: candidate `index` of a case, or why there is none.
  package struct Pass<Subject: Minimizable>: Sendable {
    enum Candidate {
      case candidate(Subject)
      /// Nothing at this index; there may be more.
      case nothing
      case end
    }

    let name: String
    let candidate: @Sendable (Subject, Int) -> Candidate
  }

  /// Minimises `start`; an error of the predicate ends the work and is passed on.
  package func minimize<Subject: Minimizable, Failure: Error>(
    _ start: Subject, while predicate: (Subject) throws(Failure) -> Bool
  ) throws(Failure) -> Result<Subject> {
    var result = Result(minimized: start, reproduced: false, attempts: 1, steps: [], isFixpoint: false)
    guard maximumAttempts > 0, try predicate(start) else { return result }
    result.reproduced = true
    let passes = Subject.passes
    var size = start.size
    var refused: Set<Subject> = []
    var changed = true
    while changed {
      changed = false
      for pass in passes {
        var index = 0
        search: while true {
          switch pass.candidate(result.minimized, index) {
          case .end: break search
          case .nothing: index += 1
          case .candidate(let candidate):
            let candidateSize = candidate.size
            guard candidateSize < size, !refused.contains(candidate) else {
              index += 1
              continue
            }
            guard result.attempts < maximumAttempts else { return result }
            result.attempts += 1
            if try predicate(candidate) {
              result.minimized = candidate
              size = candidateSize
              result.steps.append(pass.name)
              changed = true
            } else {
              refused.insert(candidate)
              index += 1
            }
          }
        }
      }
    }
    result.isFixpoint = true
    return result
  }

  /// The same for a profile and a call, with default settings and nothing underneath.
  package func minimize<Failure: Error>(
    _ profile: Profile, _ call: Call?, while predicate: (Profile, Call?) throws(Failure) -> Bool
  ) throws(Failure) -> (profile: Profile, call: Call?, steps: [String]) {
    let result = try minimize(MinimizableCase(profile: profile, call: call)) {
      candidate throws(Failure) in try predicate(candidate.profile, candidate.call)
    }
    return (result.minimized.profile, result.minimized.call, result.steps)
  }
}
