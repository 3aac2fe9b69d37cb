import ClassicBPF

/// Everything that binds a process, read in one moment.
package struct ProcessDump: Hashable, Sendable {
  package var process: Int32
  /// `Seccomp` of its status.
  package var mode: ProcessStatus.Mode?
  /// Oldest first, as the kernel keeps them.
  package var filters: [InstalledFilter]
  /// Threads of the process that are bound by other filters than its first: seccomp(2) binds the calling thread, and the
  /// others only with `SECCOMP_FILTER_FLAG_TSYNC`.
  package var otherThreads: [OtherThread]

  package struct OtherThread: Hashable, Sendable {
    package var id: Int32
    package var filterCount: Int
    /// Why its filters were not read; nil when they were, or their number tells enough.
    package var notRead: String?
  }

  package init(of process: Int32) throws(InspectionError) {
    let stopped = try StoppedProcess(process)
    let filters = try stopped.filters()
    let mode = ProcessStatus.of(process)?.mode
    self.process = process
    self.filters = filters
    self.mode = mode
    otherThreads = ProcessStatus.threads(of: process).filter { $0 != process }.compactMap { thread in
      Self.other(thread, than: filters, mode)
    }
  }

  /// The thread if what binds it is not this, or cannot be told.
  private static func other(
    _ thread: Int32, than filters: [InstalledFilter], _ mode: ProcessStatus.Mode?
  ) -> OtherThread? {
    // It may have ended meanwhile.
    guard let status = ProcessStatus.of(thread) else { return nil }
    if status.mode != mode {
      return OtherThread(id: thread, filterCount: status.filterCount ?? 0)
    }
    if let count = status.filterCount, count != filters.count {
      return OtherThread(id: thread, filterCount: count)
    }
    guard !filters.isEmpty else { return nil }
    do throws(InspectionError) {
      let stopped = try StoppedProcess(thread)
      let found = try stopped.filters()
      return found == filters ? nil : OtherThread(id: thread, filterCount: found.count)
    } catch {
      switch error {
      case .noSuchProcess, .ended: return nil
      default: return OtherThread(id: thread, filterCount: filters.count, notRead: "\(error)")
      }
    }
  }
}
