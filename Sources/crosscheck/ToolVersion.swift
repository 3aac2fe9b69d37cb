/// The version of this program.
enum ToolVersion {
  static let text = "crosscheck \(number)"
  static let number = "0.1.0"
}
