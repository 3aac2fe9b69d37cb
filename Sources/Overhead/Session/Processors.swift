import CLinux

/// The processors that this process may run on.
package enum Processors {
  /// Ascending, of the first 1024 (CPU_SETSIZE of sched.h).
  package static var allowed: [Int] { (0..<1024).filter { clinux_may_run_on(Int32($0)) == 1 } }
}
