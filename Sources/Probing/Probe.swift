import CLinux
import CProbeProtocol
package import ClassicBPF
package import SeccompModel

/// One probe: put a stack of filters on, write calls into ``calls``, run them, read what became of each.
///
/// A probe serves one thread. It outlives anything a verdict can do; when a call hangs or takes the whole probe
/// down, the probe is started again, the call is marked and the batch goes on behind it.
package final class Probe {
  package struct Options: Hashable, Sendable {
    /// Run calls in own namespaces as nobody; needs root.
    package var isLive = false
    /// Reinstall the filters for every killed call even where the kernel offers better.
    package var usesFallback = false

    package init(isLive: Bool = false, usesFallback: Bool = false) {
      self.isLive = isLive
      self.usesFallback = usesFallback
    }
  }

  /// What one batch took.
  package struct BatchReport: Hashable, Sendable {
    /// Kids that died in a call.
    package var kills = 0
    /// Calls that did not come back, made twice.
    package var hangs = 0
    /// Calls in which the probe itself was lost, made twice.
    package var losses = 0
  }

  /// Calls that one batch can hold.
  package static let batchCapacity = ProbeMemory.callCapacity
  /// Filters that one stack can hold, and their instructions together.
  package static let stackCapacity = ProbeMemory.filterCapacity
  package static let instructionCapacity = ProbeMemory.instructionCapacity
  /// Restarts in one batch after which the probe is given up.
  static let restartLimit = 64

  package let options: Options
  let memory: ProbeMemory
  let executable: String
  var process: ProbeProcess?
  private(set) var shield = Shield.unshielded

  package init(_ options: Options = Options()) throws(ProbeError) {
    self.options = options
    executable = try ProbeExecutable.path()
    memory = try ProbeMemory()
    try start()
  }

  /// The batch to run, to be filled from index 0.
  package var calls: UnsafeMutableBufferPointer<Call> { memory.calls }

  /// The file of the memory that this probe shares, laid out as probe_protocol.h says.
  package var memoryDescriptor: Int32 { memory.descriptor }

  /// The addresses that a filter sees as `instruction_pointer` for tested calls.
  package var instructionPointers: (syscall: UInt64, int80: UInt64) {
    (memory.header.pointee.syscall_ip, memory.header.pointee.int80_ip)
  }

  /// Whether one installation serves all kills (`PTRACE_O_SUSPEND_SECCOMP`); false for the fallback. Known
  /// after the first installation.
  package var isSuspended: Bool { memory.header.pointee.suspended != 0 }

  /// Why the fallback is used, as an errno; 0 when it is not.
  package var suspendErrno: Int32 { memory.header.pointee.suspend_error }

  /// Replaces the stack under test.
  ///
  /// - Parameters:
  ///   - stack: filters, oldest first.
  ///   - shield: what stands under them. `unshielded` executes what they allow.
  ///   - flags: `SECCOMP_FILTER_FLAG_*` for every filter of the stack.
  /// - Throws: `ProbeError.setUp(.filter, …)` when the kernel refuses a filter.
  package func install(_ stack: [Filter], shield: Shield = .standard, flags: UInt32 = 0) throws(ProbeError) {
    guard stack.count <= Self.stackCapacity else {
      throw .tooLarge("a stack of \(stack.count) filters; the probe holds \(Self.stackCapacity)")
    }
    let total = stack.reduce(0) { $0 + $1.count }
    guard total <= Self.instructionCapacity else {
      throw .tooLarge("a stack of \(total) instructions; the probe holds \(Self.instructionCapacity)")
    }
    self.shield = shield
    var first = 0
    for (index, filter) in stack.enumerated() {
      _ = memory.instructions[first...].update(fromContentsOf: filter.instructions)
      memory.filters[index] = probe_filter(
        first: UInt32(first), length: UInt32(filter.count), flags: flags, reserved: 0)
      first += filter.count
    }
    memory.header.pointee.filter_count = UInt32(stack.count)
    try installAgain()
  }

  /// Makes the first `count` calls of ``calls`` under the installed stack.
  ///
  /// A call that does not come back, or takes the probe with it, is made once more by itself: on a machine that has no time
  /// for the probe, that says nothing of the kernel.
  ///
  /// - Parameter patience: nanoseconds that one call may take before it is made again, then with eight times as many before
  ///   it counts as hung.
  package func run(count: Int, patience: Int64 = 2_000_000_000) throws(ProbeError) -> BatchReport {
    guard count <= Self.batchCapacity else {
      throw .tooLarge("a batch of \(count) calls; the probe holds \(Self.batchCapacity)")
    }
    guard let results = memory.results.baseAddress, let traps = memory.traps.baseAddress else {
      return BatchReport()
    }
    results.update(repeating: probe_result(), count: count)
    if case .trace = shield { traps.update(repeating: probe_trap(), count: count) }
    var report = BatchReport()
    var restarts = 0
    var first = 0
    var isSecondTime = false
    while first < count {
      let end = isSecondTime ? first + 1 : count
      let ending = try runOnce(
        first: first, count: end, patience: isSecondTime ? 8 * patience : patience)
      report.kills += Int(memory.header.pointee.kills)
      let cursor = Int(memory.header.pointee.cursor)
      guard let state = ending, cursor < end else {
        (first, isSecondTime) = (end, false)
        continue
      }
      if isSecondTime {
        memory.results[cursor].state = state
        if state == UInt32(PROBE_STATE_HUNG) { report.hangs += 1 } else { report.losses += 1 }
        first = cursor + 1
      } else {
        memory.results[cursor] = probe_result()
        memory.traps[cursor] = probe_trap()
        first = cursor
      }
      isSecondTime.toggle()
      restarts += 1
      guard restarts < Self.restartLimit else { throw .unstable(restarts: restarts) }
      try start()
      try installAgain()
    }
    return report
  }

  /// What became of call `index` of the last batch; nil when it was not made.
  package func outcome(_ index: Int) -> Outcome? {
    if case .trace = shield { return memory.outcome(index, isTraced: true) }
    return memory.outcome(index, isTraced: false)
  }

  /// Return values of calls that came back, for fast comparison: `states[i] == 1` means `values[i]` is rax.
  package var rawResults: UnsafeBufferPointer<RawResult> {
    UnsafeRawBufferPointer(memory.results).bindMemory(to: RawResult.self)
  }

  /// `struct probe_result` as Swift sees it.
  @frozen
  package struct RawResult {
    /// 1: the call came back.
    package var state: UInt32
    package var reserved: UInt32
    package var value: UInt64
  }
}

extension Probe {
  /// What a filter sees when a kid without SUSPEND_SECCOMP installs the next one:
  /// `seccomp(SECCOMP_SET_MODE_FILTER, 0, …)`.
  package var installationData: SeccompData {
    SeccompData(number: 317, architecture: AuditToken.x86_64, arguments: Arguments(1))
  }
}
