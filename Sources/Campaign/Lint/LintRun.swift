import ClassicBPF
import Compilation
package import Generation
import Prediction
import Probing
package import Profiles
import SeccompModel

/// `lint`: the rules' remarks on a profile, each with its witness calls made on this kernel under the shield.
package enum LintRun {
  package static func run(
    _ subject: LintSubject, settings: FilterSettings, workbench options: Workbench.Options
  ) throws -> LintReport {
    let features = try FeatureProbe.detect(options.probe)
    let workbench = try Workbench(options, features: features)
    var court = LintCourt(subject: subject, settings: settings, workbench: workbench)
    var remarks: [LintReport.Remark] = []
    for remark in LintRule.remarks(on: subject) {
      var witnesses: [LintReport.Witness] = []
      for witness in remark.witnesses { witnesses.append(try court.hear(witness)) }
      remarks.append(LintReport.Remark(remark, witnesses: witnesses))
    }
    if let complaint = try court.complaint() { remarks.insert(complaint, at: 0) }
    return LintReport(
      source: subject.document.source, runtime: subject.runtime,
      environment: RunEnvironment.detect(workbench), remarks: remarks)
  }
}

extension LintReport.Remark {
  fileprivate init(_ remark: LintRemark, witnesses: [LintReport.Witness]) {
    self.init(
      rule: remark.rule, severity: remark.severity, path: remark.path, line: remark.position.line,
      column: remark.position.column, message: remark.message, fix: remark.fix, witnesses: witnesses,
      withoutWitness: remark.withoutWitness)
  }
}
