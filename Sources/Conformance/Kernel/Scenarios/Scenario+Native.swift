import ClassicBPF
import SeccompModel

// Checks that take more calls than a script has steps: the action cache (kernel/seccomp.c, `seccomp_cache_prepare`) under every
// number of every table.
extension Scenario {
  static let nativeChecks = group(
    "cache-tables",
    filters.flatMap { name, claim, filter in
      [
        check(
          "cache-all-\(name)", "under \(claim) every number is answered as in a form that is not cached",
          needs: [], filter, live: false),
        check(
          "cache-live-\(name)",
          "under \(claim) harmless calls that run are answered as in a form that is not cached",
          needs: [.privilege], filter, live: true),
      ]
    })

  private static func check(
    _ name: String, _ claim: String, needs: [KernelFact], _ filter: Filter, live: Bool
  ) -> Scenario {
    Scenario(
      name: name, claim: claim, needs: [.compatCalls] + needs, covers: [],
      kind: .native { try ActionCacheCheck.complaints(about: filter, live: live) })
  }

  private static let filters: [(name: String, claim: String, filter: Filter)] = [
    ("allow", "a filter that allows everything", .always(.allow)),
    (
      "odd", "a filter that denies odd numbers",
      Filter([.load(.number), .jump(anyBit: 1, then: 0, otherwise: 1), .return(.errno(3)), .return(.allow)])
    ),
    (
      "range", "a filter that denies a range of numbers",
      Filter([
        .load(.number), .jump(greaterOrEqual: 100, then: 0, otherwise: 2),
        .jump(greater: 300, then: 1, otherwise: 0), .return(.errno(3)), .return(.allow),
      ])
    ),
    (
      "architectures", "a filter that denies other numbers to each architecture",
      Filter([
        .load(.architecture), .jump(equal: AuditToken.i386, then: 3, otherwise: 0), .load(.number),
        .jump(equal: 39, then: 3, otherwise: 0), .return(.allow), .load(.number),
        .jump(equal: 20, then: 0, otherwise: 1), .return(.errno(3)), .return(.allow),
      ])
    ),
    (
      "arguments", "a filter that looks at an argument of some numbers",
      Filter([
        .load(.number), .jump(greaterOrEqual: 200, then: 0, otherwise: 3), .load(.low(argument: 0)),
        .jump(equal: 7, then: 0, otherwise: 1), .return(.errno(3)), .return(.allow),
      ])
    ),
  ]
}
