internal import Glibc

/// A container runtime that can be run.
package struct RuntimeProgram: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case named(RuntimeName)
    /// The words of a user's command, in which {bundle} and {id} stand for those of a run.
    case command([String])
  }

  /// "runc", or the first word of a user's command.
  package var name: String
  /// As the program says it ("1.1.5+ds1"); empty when it does not, and for a user's command, which is run only
  /// as the user wrote it.
  package var version: String
  package var kind: Kind
  /// The program's file.
  package var path: String

  /// A runtime on this machine.
  package static func find(_ name: RuntimeName) throws(RuntimeError) -> RuntimeProgram {
    guard let path = ProgramSearch.find(name.program) else { throw .notInstalled(name) }
    return RuntimeProgram(
      name: name.rawValue, version: ProgramVersion.of(path), kind: .named(name), path: path)
  }

  /// A runtime that is started by a command of the user's: words as a shell would read them, {bundle} for the bundle's
  /// directory and {id} for the container's name. There is no shell.
  package static func command(_ template: String) throws(RuntimeError) -> RuntimeProgram {
    let words: [String]
    do {
      words = try CommandWords.split(template)
    } catch {
      throw .badTemplate(template, reason: error.description)
    }
    guard let name = words.first, !name.isEmpty else { throw .badTemplate(template, reason: "it is empty") }
    guard words.contains(where: { $0.contains("{bundle}") }) else {
      throw .badTemplate(
        template, reason: "it does not say where the bundle's directory goes; write {bundle} there")
    }
    guard let path = ProgramSearch.find(name) else { throw .noSuchProgram(name) }
    return RuntimeProgram(name: name, version: "", kind: .command(words), path: path)
  }
}

/// Where programs are.
enum ProgramSearch {
  /// Searched behind PATH, which often lacks the administrator's directories.
  private static let directories = [
    "/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/sbin", "/usr/local/bin",
  ]

  /// The absolute path of a program; a name with a slash is a path itself.
  static func find(_ name: String) -> String? {
    if name.contains("/") {
      guard isProgram(name) else { return nil }
      return name.hasPrefix("/") ? name : currentDirectory().map { "\($0)/\(name)" }
    }
    let path = getenv("PATH").map { String(cString: $0) } ?? ""
    // An empty entry of PATH is the current directory; nobody means that here.
    let searched = path.split(separator: ":").map(String.init).filter { $0.hasPrefix("/") } + directories
    return searched.map { "\($0)/\(name)" }.first(where: isProgram)
  }

  private static func isProgram(_ path: String) -> Bool {
    var file = stat()
    return stat(path, &file) == 0 && file.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
  }

  private static func currentDirectory() -> String? {
    guard let path = getcwd(nil, 0) else { return nil }
    defer { free(path) }
    return String(cString: path)
  }
}
