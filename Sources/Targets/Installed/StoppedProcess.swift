internal import CLinux
import ClassicBPF
internal import Glibc

/// A process held still to be looked at; it goes on when this value is gone, with whatever signal was on its way.
///
/// To be used by the thread that made it: ptrace(2) knows tracers by their threads.
package struct StoppedProcess: ~Copyable {
  package let id: Int32
  private let heldSignal: Int32

  /// How long a process may take to stop.
  private static let timeoutMilliseconds: Int32 = 2000

  package init(_ id: Int32) throws(InspectionError) {
    guard let status = ProcessStatus.of(id) else { throw .noSuchProcess(id) }
    guard status.state != "Z", status.state != "X" else { throw .ended(id) }
    guard status.hasMemory else { throw .kernelThread(id) }
    guard status.tracer == 0 else { throw .tracedBy(status.tracer, process: id) }
    var signal: Int32 = 0
    let result = clinux_ptrace_stop(id, Self.timeoutMilliseconds, &signal)
    switch -result {
    case 0: break
    case ESRCH: throw .noSuchProcess(id)
    case EPERM: throw .notPermitted(id)
    case ETIMEDOUT: throw .doesNotStop(id)
    case let code: throw .system(operation: "PTRACE_SEIZE", process: id, errno: code)
    }
    self.id = id
    heldSignal = signal
  }

  deinit {
    // It may have been killed meanwhile: then there is nothing to let go.
    _ = clinux_ptrace_detach(id, heldSignal)
  }

  /// The filters, oldest first; none when it runs under no filter.
  package func filters() throws(InspectionError) -> [InstalledFilter] {
    let buffer = UnsafeMutableBufferPointer<Instruction>.allocate(capacity: Filter.maximumLength)
    defer { buffer.deallocate() }
    var filters: [InstalledFilter] = []
    while true {
      let index = UInt(filters.count)
      let count = clinux_seccomp_filter(id, index, buffer.baseAddress)
      switch Int32(-min(count, 0)) {
      case 0: break
      case ENOENT: return filters
      case EINVAL where filters.isEmpty: return []
      case EACCES: throw .filtersNotPermitted(id)
      case EIO: throw .notSupported
      case ESRCH: throw .noSuchProcess(id)
      case let code: throw .system(operation: "PTRACE_SECCOMP_GET_FILTER", process: id, errno: code)
      }
      var flags: UInt64 = 0
      let isTold = clinux_seccomp_filter_flags(id, index, &flags) == 0
      filters.append(
        InstalledFilter(
          filter: Filter(Array(buffer[..<count])), isLogged: isTold ? flags & Self.logFlag != 0 : nil))
    }
  }

  /// `SECCOMP_FILTER_FLAG_LOG` of linux/seccomp.h.
  static let logFlag: UInt64 = 1 << 1
}
