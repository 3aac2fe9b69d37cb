/// Why a process's filters could not be read.
package enum InspectionError: Error, Hashable, Sendable, CustomStringConvertible {
  case noSuchProcess(Int32)
  /// It has ended, and nobody has waited for it.
  case ended(Int32)
  case kernelThread(Int32)
  /// Another process traces it; there can be but one.
  case tracedBy(Int32, process: Int32)
  /// PTRACE_SEIZE was refused.
  case notPermitted(Int32)
  /// PTRACE_SECCOMP_GET_FILTER was refused.
  case filtersNotPermitted(Int32)
  /// A kernel without CONFIG_CHECKPOINT_RESTORE and CONFIG_SECCOMP_FILTER.
  case notSupported
  /// It sleeps where nothing interrupts it.
  case doesNotStop(Int32)
  case system(operation: String, process: Int32, errno: Int32)

  package var description: String {
    switch self {
    case .noSuchProcess(let process): "process \(process): there is no such process"
    case .ended(let process): "process \(process): it has ended (a zombie), and its filters with it"
    case .kernelThread(let process): "process \(process): a thread of the kernel, which no filter binds"
    case .tracedBy(let tracer, let process):
      "process \(process): it is traced by process \(tracer) already, and the kernel allows one tracer"
    case .notPermitted(let process):
      "process \(process): tracing it is not permitted (PTRACE_SEIZE: EPERM); that takes CAP_SYS_PTRACE"
    case .filtersNotPermitted(let process):
      "process \(process): reading its filters is not permitted (PTRACE_SECCOMP_GET_FILTER: EACCES); that takes "
        + "CAP_SYS_ADMIN, and a reader that runs under no filter itself"
    case .notSupported:
      "this kernel gives no filters back (PTRACE_SECCOMP_GET_FILTER: EIO); that takes CONFIG_CHECKPOINT_RESTORE"
    case .doesNotStop(let process):
      "process \(process): it did not stop to be looked at; it sleeps where nothing interrupts it (state D)"
    case .system(let operation, let process, let errno):
      "process \(process): \(operation) failed with errno \(errno)"
    }
  }
}
