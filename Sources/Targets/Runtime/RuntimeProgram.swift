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
  /// Of an engine: the program's file that asks its daemon.
  package var client: String?
  /// Of an engine: the OCI runtime that it hands its containers to.
  package var beneath: OCIRuntime?

  /// The runtime beneath an engine.
  package struct OCIRuntime: Hashable, Sendable {
    package var name: String
    package var version: String
    package var path: String
  }

  /// Whose reading of a profile the filter follows: that of the OCI runtime beneath an engine, else its own.
  package var reads: (name: String, version: String) {
    beneath.map { ($0.name, $0.version) } ?? (name, version)
  }

  /// A runtime on this machine.
  package static func find(_ name: RuntimeName) throws(RuntimeError) -> RuntimeProgram {
    guard let path = ProgramSearch.find(name.program) else { throw .notInstalled(name) }
    var program = RuntimeProgram(
      name: name.rawValue, version: ProgramVersion.of(path), kind: .named(name), path: path)
    if let client = name.client { program.client = try self.client(client, of: program) }
    if !name.beneath.isEmpty { program.beneath = try runtime(name.beneath, beneath: name) }
    return program
  }

  /// Where there are several, the one of the daemon's version: others speak to it too, but not for certain.
  private static func client(_ name: String, of daemon: RuntimeProgram) throws(RuntimeError) -> String {
    let candidates = ProgramSearch.findAll(name)
    guard let first = candidates.first else {
      throw .incomplete(runtime: daemon.name, lacks: "the program \(name)")
    }
    guard candidates.count > 1 else { return first }
    return candidates.first { ProgramVersion.of($0) == daemon.version } ?? first
  }

  private static func runtime(
    _ names: [RuntimeName], beneath engine: RuntimeName
  ) throws(RuntimeError) -> OCIRuntime {
    for name in names {
      if let path = ProgramSearch.find(name.program) {
        return OCIRuntime(name: name.rawValue, version: ProgramVersion.of(path), path: path)
      }
    }
    let list = names.map(\.rawValue).joined(separator: " or ")
    throw .incomplete(runtime: engine.rawValue, lacks: "an OCI runtime beneath it: \(list)")
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
  static func find(_ name: String) -> String? { findAll(name).first }

  /// Every program of that name, in the order of the search.
  static func findAll(_ name: String) -> [String] {
    if name.contains("/") {
      guard isProgram(name) else { return [] }
      return (name.hasPrefix("/") ? name : currentDirectory().map { "\($0)/\(name)" }).map { [$0] } ?? []
    }
    let path = getenv("PATH").map { String(cString: $0) } ?? ""
    // An empty entry of PATH is the current directory; nobody means that here.
    let searched = path.split(separator: ":").map(String.init).filter { $0.hasPrefix("/") } + directories
    return searched.map { "\($0)/\(name)" }.filter(isProgram)
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
