extension LintRule {
  /// What the reader remarks on, apart from what other rules say better.
  static let textRemark = LintRule(
    "text", "A field that nobody reads, or a value that a compiler refuses."
  ) { subject in
    subject.document.remarks.compactMap { remark in
      let fix: String
      switch remark.kind {
      case .unknownField: fix = "correct its spelling, or leave it out"
      case .argumentIndex: fix = "arguments are counted from 0"
      case .contradictoryErrno: fix = "keep one of the two"
      case .unknownName, .unknownArchitecture, .leftOut: return nil
      }
      return LintRemark(
        rule: "", severity: remark.kind == .argumentIndex ? .error : severity(ofField: remark.path),
        path: remark.path,
        position: remark.position, message: remark.message, fix: fix, witnesses: [],
        withoutWitness: remark.kind == .argumentIndex
          ? LintSubject.doesNotStart : "what is not read has no effect on any call")
    }
  }
  /// What names itself an annotation ("$schema", "_comment", "comment") is no misspelled field.
  private static func severity(ofField path: String) -> LintRemark.Severity {
    path.hasSuffix(".comment") || path.contains(#"["$"#) || path.contains("._") ? .note : .warning
  }
}
