import ArgumentParser
import Reporting

/// How results are told.
struct OutputOptions: ParsableArguments {
  @Flag(name: .long, help: "Print the result as JSON on standard output, keys in a fixed order.")
  var json = false

  @Flag(name: .shortAndLong, help: "Say nothing on standard error but errors: no progress, no notes.")
  var quiet = false

  init() {}

  /// Whether a person is there to see how far the run is.
  var wantsProgress: Bool { !json && !quiet }

  /// A remark on standard error.
  func note(_ text: String) {
    if wantsProgress { StandardStream.error.write("crosscheck: \(text.harmless)\n") }
  }
}
