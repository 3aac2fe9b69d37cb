internal import CLinux
internal import Glibc

/// Starting a program with just the descriptors that it is given.
package enum Spawn {
  /// Whose process group the new process is in.
  package enum Group: Hashable, Sendable {
    /// One of its own; every signal is at its default there.
    case own
    /// The caller's: the terminal's keys reach both, and what the caller ignores is ignored.
    case callers
  }

  /// - Parameters:
  ///   - words: `argv` whole, the program's name first.
  ///   - descriptors: the caller's that become 0, 1, 2, …; -1 stands for /dev/null.
  /// - Returns: the new process's id.
  package static func start(
    _ path: String, _ words: [String], inheritsEnvironment: Bool = true, descriptors: [Int32],
    group: Group = .own
  ) throws(SpawnFailure) -> Int32 {
    var arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    let empty: [UnsafeMutablePointer<CChar>?] = [nil]
    var process: pid_t = 0
    let spawn = group == .own ? clinux_spawn : clinux_spawn_beside
    let spawned = empty.withUnsafeBufferPointer { empty in
      spawn(
        path, &arguments, inheritsEnvironment ? nil : empty.baseAddress, descriptors, descriptors.count,
        &process)
    }
    guard spawned == 0 else { throw SpawnFailure(operation: "start \(path)", errno: -spawned) }
    return process
  }
}
