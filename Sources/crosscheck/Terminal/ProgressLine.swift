import Glibc
import Reporting

/// One line on standard error that is written over and over, and gone at the end. Only a terminal gets it.
final class ProgressLine {
  private let stream = StandardStream.error
  private let isShown: Bool
  private var isOnScreen = false

  /// - Parameter isWanted: false for `--quiet` and `--json`.
  init(isWanted: Bool) {
    let terminal = getenv("TERM").map { String(cString: $0) }
    isShown = isWanted && stream.isTerminal && terminal != nil && terminal != "dumb"
  }

  func show(_ text: String) {
    guard isShown else { return }
    // The last column stays free: some terminals break the line there.
    stream.write("\r" + text.harmless.prefix(stream.columns - 1) + Self.eraseToEnd)
    isOnScreen = true
  }

  /// Leaves an empty line for what comes next.
  func remove() {
    guard isOnScreen else { return }
    stream.write("\r" + Self.eraseToEnd)
    isOnScreen = false
  }

  deinit { remove() }

  /// ECMA-48, EL 0.
  private static let eraseToEnd = "\u{1B}[K"
}
