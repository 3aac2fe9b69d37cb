import Foundation
import Glibc

/// SIGINT and SIGTERM as a request to stop: the first is handed on, the second ends the process as if nobody had
/// caught it.
enum StopSignals {
  /// Calls `stop` from a thread of its own at the first of them. To be called before other threads start, because
  /// they inherit the mask; child processes start with an empty one (`clinux_spawn`).
  static func handle(_ stop: @escaping @Sendable () -> Void) {
    var signals = set
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    Thread.detachNewThread {
      _ = wait()
      stop()
      let second = wait()
      signal(second, SIG_DFL)
      var signals = set
      pthread_sigmask(SIG_UNBLOCK, &signals, nil)
      raise(second)
    }
  }

  private static var set: sigset_t {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    sigaddset(&signals, SIGTERM)
    return signals
  }

  /// The next of the two signals.
  private static func wait() -> Int32 {
    var signals = set
    var number: Int32 = 0
    while sigwait(&signals, &number) != 0 {}
    return number
  }
}
