internal import CLinux
internal import Glibc

/// A pipe between this process and one that it starts; close-on-exec, and closed when this is given up.
package struct PipeEnds: ~Copyable {
  /// -1 when it was closed; so is ``writeEnd``.
  package private(set) var readEnd: Int32 = -1
  package private(set) var writeEnd: Int32 = -1

  package init() throws(SpawnFailure) {
    var ends: (Int32, Int32) = (-1, -1)
    let made = withUnsafeMutableBytes(of: &ends) {
      clinux_pipe($0.assumingMemoryBound(to: Int32.self).baseAddress)
    }
    guard made == 0 else { throw SpawnFailure(operation: "make a pipe", errno: -made) }
    (readEnd, writeEnd) = ends
  }

  package mutating func closeReadEnd() {
    if readEnd >= 0 { close(readEnd) }
    readEnd = -1
  }

  package mutating func closeWriteEnd() {
    if writeEnd >= 0 { close(writeEnd) }
    writeEnd = -1
  }

  deinit {
    if readEnd >= 0 { close(readEnd) }
    if writeEnd >= 0 { close(writeEnd) }
  }
}

/// Why a process could not be started.
package struct SpawnFailure: Error, Hashable, Sendable {
  /// In the infinitive, as in "cannot make a pipe".
  package var operation: String
  package var errno: Int32
}
