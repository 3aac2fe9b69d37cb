import SiblingPrograms

/// Where the worker program is.
enum WorkerLocation {
  static let program = "crosscheck-compiler"
  static let variable = "CROSSCHECK_COMPILER"

  /// The program's path: `explicit` if there is one.
  static func find(explicit: String?) throws(CompilerError) -> String {
    let (path, searched) = SiblingProgram(program, variable: variable).find(explicit: explicit)
    guard let path else { throw .workerNotFound(searched: searched) }
    return path
  }
}
