internal import CLinux
internal import Glibc
import SiblingPrograms

/// A running guardian. It ends everything that it started when the write end of its lifeline is closed.
struct GuardianProcess: ~Copyable {
  let id: pid_t
  private var lifeline: PipeEnds
  /// The read end of what it says while it runs: a byte when the payload starts, and the end.
  private let news: PipeEnds
  private var ending: Capture.Ending?

  init(
    plan: borrowing SharedFile, report: borrowing SharedFile, scratch: Int32, payloadDescriptor: Int32?
  ) throws(RuntimeError) {
    let path = try GuardianLocation.find()
    do throws(SpawnFailure) {
      var lifeline = try PipeEnds()
      var news = try PipeEnds()
      id = try Spawn.start(
        path, [path],
        // In the order of CLINUX_GUARDIAN_…_FD.
        descriptors: [
          -1, -1, STDERR_FILENO, plan.descriptor, report.descriptor, lifeline.readEnd, news.writeEnd, scratch,
          payloadDescriptor ?? -1,
        ])
      lifeline.closeReadEnd()
      news.closeWriteEnd()
      self.lifeline = lifeline
      self.news = news
    } catch {
      throw .system(operation: error.operation, errno: error.errno)
    }
  }

  deinit {
    var status: Int32 = 0
    // The kernel kills whatever it traces (PTRACE_O_EXITKILL).
    if ending == nil { _ = clinux_kill_and_reap(id, &status) }
  }

  enum News: Hashable {
    case payloadStarted
    case ended
    case nothing
  }

  /// Wait for what it says next, at most so long.
  func awaitNews(_ limit: Duration) -> News {
    let until = clinux_monotonic_time() + limit.nanoseconds
    while true {
      let rest = max(0, until - clinux_monotonic_time())
      var polled = pollfd(fd: news.readEnd, events: Int16(POLLIN), revents: 0)
      let ready = poll(&polled, 1, Int32(clamping: (rest + 999_999) / 1_000_000))
      if ready < 0, errno == EINTR { continue }
      guard ready > 0 else { return .nothing }
      var byte: UInt8 = 0
      let count = read(news.readEnd, &byte, 1)
      if count < 0, errno == EINTR { continue }
      return count > 0 ? .payloadStarted : .ended
    }
  }

  /// Tell it to come to an end.
  mutating func stop() { lifeline.closeWriteEnd() }

  /// How it ended; it is waited for at most so long, and killed then. Nil: that was necessary.
  mutating func awaitEnd(_ limit: Duration) -> Capture.Ending? {
    if let ending { return ending }
    let until = clinux_monotonic_time() + limit.nanoseconds
    var hasEnded = false
    repeat {
      let rest = Duration.nanoseconds(max(0, until - clinux_monotonic_time()))
      switch awaitNews(rest) {
      case .payloadStarted: continue
      case .ended: hasEnded = true
      case .nothing: break
      }
      break
    } while true
    var status: Int32 = 0
    // Its end of the pipe is closed by its exit only.
    let reaped = hasEnded ? clinux_reap(id, 0, &status) : clinux_kill_and_reap(id, &status)
    let signal = status & 0x7f
    let end: Capture.Ending = signal == 0 ? .exited(status >> 8 & 0xff) : .signalled(signal)
    ending = end
    return hasEnded && reaped == id ? end : nil
  }
}
