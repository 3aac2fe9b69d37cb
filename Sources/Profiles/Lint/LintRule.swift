/// One thing that goes wrong in profiles, and how to see it.
package struct LintRule: Sendable {
  /// A few words joined by hyphens: what `--json` and SARIF call it.
  package let id: String
  /// One sentence.
  package let summary: String
  let check: @Sendable (LintSubject) -> [LintRemark]

  init(_ id: String, _ summary: String, check: @escaping @Sendable (LintSubject) -> [LintRemark]) {
    self.id = id
    self.summary = summary
    self.check = check
  }

  /// What this rule has to say about a profile.
  package func remarks(on subject: LintSubject) -> [LintRemark] {
    check(subject).map { remark in
      var remark = remark
      remark.rule = id
      return remark
    }
  }

  /// All rules, in the order in which remarks at one place are told.
  package static let all: [LintRule] = [
    .misplacedProfile, .singularName, .frontEndFields, .cancelledDeny, .entryWithoutEffect, .contestedRules,
    .invertedMask, .unreachableMask, .repeatedIndex, .wideArgument, .wideValue, .multiplexedCall,
    .clone3Bypass,
    .siblingOpen, .dangerousCall, .defaultAllow, .unknownName, .nameElsewhere, .unusedErrno, .errnoRange,
    .errnoZero,
    .errnoNotInherited, .killThread, .killedProbe, .clone3Errno, .missingArchitecture, .nativeArchitecture,
    .x32Listed, .runtimeCannotStart, .notifyWithoutListener, .unsupportedFlags, .textRemark,
  ]

  /// The remarks of all rules, in the order of the text.
  package static func remarks(on subject: LintSubject) -> [LintRemark] {
    all.flatMap { $0.remarks(on: subject) }.enumerated()
      .sorted { left, right in
        (left.element.position.line, left.element.position.column, left.offset)
          < (right.element.position.line, right.element.position.column, right.offset)
      }
      .map(\.element)
  }
}
