import CLinux
import Glibc
import SiblingPrograms

/// A running probe. Ending it ends its zygote and kids too: they are one process group, and the kernel kills that
/// group when the write end of the lifeline is closed, however the driver ends.
final class ProbeProcess {
  let pid: pid_t
  private let lifeline: PipeEnds
  private var isReaped = false

  /// Starts `executable` over `memory`; `root` is an empty directory for live mode.
  init(executable: String, memory: Int32, root: Int32?) throws(ProbeError) {
    do throws(SpawnFailure) {
      var lifeline = try PipeEnds()
      pid = try Spawn.start(
        executable, [executable], inheritsEnvironment: false,
        descriptors: [-1, -1, 2, memory, lifeline.readEnd, root ?? -1])
      lifeline.closeReadEnd()
      self.lifeline = lifeline
    } catch {
      throw .system(doing: "trying to \(error.operation)", errno: error.errno)
    }
  }

  /// The wait status when the probe has ended by itself.
  func endedStatus() -> Int32? {
    var status: Int32 = 0
    guard !isReaped, clinux_reap(pid, 1, &status) == pid else { return nil }
    isReaped = true
    // Kids may have outlived it; the group exists as long as one of them does.
    kill(-pid, SIGKILL)
    return status
  }

  /// Waits for the process to end, and ends what is left of its group: the wait status, nil when it still runs.
  func awaitEnd(milliseconds: Int) throws(ProbeError) -> Int32? {
    var status: Int32 = 0
    let ended = clinux_await_end(pid, Int32(clamping: milliseconds), &status)
    guard ended >= 0 else { throw .system(doing: "waiting for a process of the probe", errno: -ended) }
    guard ended == pid else { return nil }
    isReaped = true
    kill(-pid, SIGKILL)
    return status
  }

  deinit {
    if !isReaped {
      kill(-pid, SIGKILL)
      var status: Int32 = 0
      _ = clinux_reap(pid, 0, &status)
    }
  }
}
