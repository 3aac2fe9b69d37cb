import Conformance

extension Samples {
  /// A suite's report with each verdict, and with all that an output format could trip over.
  static let suite = SuiteReport(
    suite: "sample-suite",
    properties: [.init("runtime", "a \"runtime\" <1 & 2>"), .init("kernel", "6.18\n# not a line")],
    results: [
      .init(name: "passes", group: "first", claim: "it passes", verdict: .pass, seconds: 0.0104),
      .init(
        name: "fails", group: "first", claim: "it fails", verdict: .fail,
        reason: "expected <a> & \"b\"\u{0}\u{1b}, # found\nnothing", seconds: 1.5,
        diagnostics: ["one", "]]> & <two>\r\n\tnot ok 7 fails"]),
      .init(
        name: "warns", group: "second", claim: "it warns", verdict: .warn, reason: "other than most",
        seconds: 0,
        diagnostics: ["ünïcode \u{1f980}"]),
      .init(
        name: "is-skipped", group: "second", claim: "it is skipped", verdict: .skip, reason: "no file",
        seconds: 0),
      .init(
        name: "hangs", group: "second", claim: "it ends", verdict: .timeout, reason: "no end in 10 s",
        seconds: 10),
      .init(
        name: "breaks", group: "third", claim: "it works", verdict: .error, reason: "no runtime",
        seconds: 0.0005),
      .init(
        name: "fails-oddly", group: "third", claim: "the reason is no directive", verdict: .fail,
        reason: "skip this", seconds: 61.0009),
    ],
    seconds: 72.512)
}
