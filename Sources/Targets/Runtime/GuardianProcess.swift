internal import CLinux
internal import Glibc

/// A running guardian. It ends everything that it started when the write end of its lifeline is closed.
struct GuardianProcess: ~Copyable {
  let id: pid_t
  private var lifeline: Int32
  /// The read end of what it says while it runs: a byte when the payload starts, and the end.
  private let news: Int32
  private var ending: Capture.Ending?

  init(
    plan: borrowing SharedFile, report: borrowing SharedFile, scratch: Int32, payloadDescriptor: Int32?
  ) throws(RuntimeError) {
    let path = try GuardianLocation.find()
    let (lifelineEnd, lifeline) = try Self.pipe()
    let (news, newsEnd): (Int32, Int32)
    do {
      (news, newsEnd) = try Self.pipe()
    } catch {
      close(lifelineEnd)
      close(lifeline)
      throw error
    }
    // In the order of CLINUX_GUARDIAN_…_FD.
    let descriptors = [
      -1, -1, STDERR_FILENO, plan.descriptor, report.descriptor, lifelineEnd, newsEnd, scratch,
      payloadDescriptor ?? -1,
    ]
    var process: pid_t = 0
    var arguments = [strdup(path), nil]
    let spawned = clinux_spawn(path, &arguments, nil, descriptors, descriptors.count, &process)
    for argument in arguments { free(argument) }
    close(lifelineEnd)
    close(newsEnd)
    guard spawned == 0 else {
      close(lifeline)
      close(news)
      throw .system(operation: "start \(path)", errno: -spawned)
    }
    id = process
    self.lifeline = lifeline
    self.news = news
  }

  deinit {
    if lifeline >= 0 { close(lifeline) }
    close(news)
    var status: Int32 = 0
    // The kernel kills whatever it traces (PTRACE_O_EXITKILL).
    if ending == nil { _ = clinux_kill_and_reap(id, &status) }
  }

  private static func pipe() throws(RuntimeError) -> (readEnd: Int32, writeEnd: Int32) {
    var ends: (Int32, Int32) = (-1, -1)
    let piped = withUnsafeMutableBytes(of: &ends) {
      clinux_pipe($0.assumingMemoryBound(to: Int32.self).baseAddress)
    }
    guard piped == 0 else { throw .system(operation: "make a pipe", errno: -piped) }
    return ends
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
      var polled = pollfd(fd: news, events: Int16(POLLIN), revents: 0)
      let ready = poll(&polled, 1, Int32(clamping: (rest + 999_999) / 1_000_000))
      if ready < 0, errno == EINTR { continue }
      guard ready > 0 else { return .nothing }
      var byte: UInt8 = 0
      let count = read(news, &byte, 1)
      if count < 0, errno == EINTR { continue }
      return count > 0 ? .payloadStarted : .ended
    }
  }

  /// Tell it to come to an end.
  mutating func stop() {
    guard lifeline >= 0 else { return }
    close(lifeline)
    lifeline = -1
  }

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
