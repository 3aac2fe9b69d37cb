package import Profiles
package import Targets

/// `prove`: whether libseccomp's program means what a profile says, for every input; and what a runtime made of both.
package enum ProfileProof {
  package static func run(
    _ document: ProfileDocument, runtime: (program: RuntimeProgram, subject: RuntimeSubject)? = nil,
    on bench: ProofBench
  ) throws -> ProofReport {
    let made = try bench.compile(document)
    let policy = ProofSide("the policy", policy: made)
    let filter = ProofSide("libseccomp's filter", [made.filter])
    var comparisons = [try bench.compare(policy, filter)]
    if let (program, subject) = runtime {
      let installed = try bench.capture(subject, by: program)
      comparisons.append(try bench.compare(filter, installed))
      comparisons.append(try bench.compare(policy, installed))
    }
    var report = bench.report(document.source, comparisons)
    let widths = try bench.widths(of: made)
    report.widths = widths.found
    report.limits = [widths.undecided].compactMap(\.self)
    return report
  }
}

extension ProofBench {
  /// The newest filter that a runtime installs for a profile.
  package func capture(_ subject: RuntimeSubject, by program: RuntimeProgram) throws -> ProofSide {
    let stack = try InstalledStack.capture(subject, by: program, settings: options.settings)
    return ProofSide("what \(program.name) installs", Array(stack.suffix(1)))
  }
}
