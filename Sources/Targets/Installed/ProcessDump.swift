/// Everything that binds a process, read in one moment.
package struct ProcessDump: Hashable, Sendable {
  package var process: Int32
  /// `Seccomp` of its status.
  package var mode: ProcessStatus.Mode?
  /// Oldest first, as the kernel keeps them.
  package var filters: [InstalledFilter]
  /// Threads of the process that have another number of filters than its first.
  package var otherThreads: [OtherThread]

  package struct OtherThread: Hashable, Sendable {
    package var id: Int32
    package var filterCount: Int
  }

  package init(of process: Int32) throws(InspectionError) {
    let stopped = try StoppedProcess(process)
    filters = try stopped.filters()
    self.process = process
    mode = ProcessStatus.of(process)?.mode
    let count = filters.count
    otherThreads = ProcessStatus.threads(of: process).compactMap { thread in
      guard let other = ProcessStatus.of(thread)?.filterCount, other != count else { return nil }
      return OtherThread(id: thread, filterCount: other)
    }
  }
}
