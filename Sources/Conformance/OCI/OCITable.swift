extension OCICase {
  /// The whole table, in the order in which it is reported.
  package static let table: [OCICase] = grouped.flatMap { group, cases in
    cases.map { testCase in
      var testCase = testCase
      testCase.group = group
      return testCase
    }
  }

  /// The groups, in the table's order.
  package static let groups = grouped.map(\.0)

  private static let grouped: [(String, [OCICase])] = [
    ("presence", presence), ("actions", actions), ("errno", errnos), ("operators", operators),
    ("arguments", arguments), ("entries", entries), ("overlaps", overlaps), ("architectures", architectures),
    ("flags", flags), ("notify", notify), ("extensibility", extensibility), ("sizes", sizes),
  ]
}
