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
    var options = RuntimeOptions()
    options.settings = self.options.settings
    let run = try ContainerRun.of(
      .seccomp(program.beneath == nil ? subject.text.bytes : subject.file), on: program, options: options,
      questions: nil)
    guard let installed = run.capture.stack?.last else {
      throw ProofError.nothingInstalled(
        source: subject.source, runtime: program.name,
        reason: run.capture.errors.isEmpty ? "it \(run.capture.ending)" : run.capture.errors)
    }
    return ProofSide("what \(program.name) installs", [installed.filter])
  }
}
