public import SeccompModel

extension KernelModel {
  /// `SIGSEGV` of asm/signal.h.
  private static let segmentationFault = Prediction.Expectation.exactly(.died(signal: 11))

  /// What happens to calls that filters are never asked about; nil for all others.
  @inline(__always)
  func expectationBeforeFilters(_ call: Call) -> Prediction.Expectation? {
    switch call.entryPath {
    case .syscall: return exemption(of: call) == nil ? nil : .runs
    case .int80: return features[.ia32Emulation] ? nil : Self.segmentationFault
    case .sysenter: return features[.ia32Emulation] ? nil : .unpredictable(.entryAbsent)
    case .vsyscall:
      guard features[.vsyscallPage] else { return Self.segmentationFault }
      return VsyscallSlot.faultsBeforeFilters(call)
    }
  }

  /// The result of a call that filters are not asked about, made by hand; nil for all others.
  public func resultOfExemptCall(_ call: Call) -> Outcome? { exemption(of: call)?.byHand }

  @inline(__always)
  private func exemption(of call: Call) -> SeccompExemption? {
    guard call.entryPath == .syscall, call.number == 335 || call.number == 336 else { return nil }
    return SeccompExemption.all.first { $0.number == call.number && features[$0.exception] }
  }

  /// What happens to a call that the filters let through.
  @inline(__always)
  func allowed(_ call: Call) -> Prediction.Expectation {
    let number = call.number
    switch call.entryPath {
    case .vsyscall: return .runs
    case .int80, .sysenter: return runs(numbers.i386, number)
    case .syscall:
      if !features[.lowNumberDispatch], Int64(bitPattern: call.rax) != Int64(Int32(bitPattern: number)) {
        return .unpredictable(.upperNumberBits)
      }
      if number & x32SyscallBit == 0 {
        let isOldX32 = features[.x32Calls] && !features[.separateX32Table] && (512...547).contains(number)
        return isOldX32 ? .runs : runs(numbers.x86_64, number)
      }
      guard features[.x32Calls] else { return Self.noSuchCall }
      let native = number ^ x32SyscallBit
      if !features[.separateX32Table], numbers.x86_64.contains(native) { return .runs }
      return runs(numbers.x32, native)
    }
  }

  @inline(__always)
  private func runs(_ table: KnownNumbers.Table, _ number: UInt32) -> Prediction.Expectation {
    if table.contains(number) { return .runs }
    // A kernel newer than the tables.
    return number >= table.firstFree && number <= features.highestNumber ? .runs : Self.noSuchCall
  }
}

/// The calls that the vsyscall page emulates: `gettimeofday`, `time`, `getcpu`
/// (arch/x86/entry/vsyscall/vsyscall_64.c).
private enum VsyscallSlot {
  /// Pointers are checked against the user half of the address space before seccomp is asked.
  @inline(__always)
  static func faultsBeforeFilters(_ call: Call) -> Prediction.Expectation? {
    let pointers: UInt64
    switch call.number {
    case 96, 309: pointers = max(call.arguments.a0, call.arguments.a1)
    case 201: pointers = call.arguments.a0
    default: return .unpredictable(.noVsyscallSlot)
    }
    // TASK_SIZE_MAX of asm/page_64.h with four-level tables, less the largest object written.
    return pointers < 0x7fff_ffff_f000 - 16 ? nil : .unpredictable(.userMemory)
  }
}
