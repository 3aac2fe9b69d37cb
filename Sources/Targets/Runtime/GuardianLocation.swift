import SiblingPrograms

/// Where the guardian program is.
enum GuardianLocation {
  static let program = "crosscheck-guardian"
  static let variable = "CROSSCHECK_GUARDIAN"

  static func find() throws(RuntimeError) -> String {
    let (path, searched) = SiblingProgram(program, variable: variable).find()
    guard let path else { throw .guardianNotFound(searched: searched) }
    return path
  }
}
