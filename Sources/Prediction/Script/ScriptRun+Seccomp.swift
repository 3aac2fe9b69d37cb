// seccomp(2): kernel/seccomp.c, do_seccomp.
extension ScriptRun {
  mutating func seccomp(_ arguments: CallArguments, by actor: Int) -> Fate {
    guard let operation = arguments[0].value, let flags = arguments[1].value else {
      return .lost("an operation of seccomp that is not known")
    }
    let low = UInt32(truncatingIfNeeded: flags & rules.operationMask)
    switch operation & rules.operationMask {
    case rules.strictOperation:
      if rules.strictTakesNoArguments, low != 0 || arguments[2] != .known(0) {
        return .failed(rules.unknownOperationErrno)
      }
      return enterStrictMode(actor)
    case rules.filterOperation:
      return install(flags: low, arguments[2], isCompat: arguments.isCompat, by: actor)
    case rules.availabilityOperation: return availability(of: arguments[2], flags: low)
    case rules.sizesOperation: return sizes(to: arguments[2], flags: low)
    default: return .failed(rules.unknownOperationErrno)
    }
  }

  /// `seccomp_set_mode_strict`
  mutating func enterStrictMode(_ actor: Int) -> Fate {
    guard let thread = world.threads[actor] else { return .lost("no such actor") }
    if thread.mode == .filter, rules.filterForbidsStrict { return .failed(rules.unknownOperationErrno) }
    world.threads[actor]?.mode = .strict
    return .returned(0)
  }

  /// `seccomp_get_action_avail`
  private func availability(of address: Word, flags: UInt32) -> Fate {
    if flags != 0, rules.operationsTakeNoFlags { return .failed(rules.unknownOperationErrno) }
    guard let address = address.value else { return .lost("an address that is not known") }
    switch world.memory.read(address, count: 4) {
    case .fault: return .failed(rules.faultErrno)
    case .unknown: return .open("memory that the model does not know")
    case .bytes(let bytes):
      let action = UInt32(truncatingIfNeeded: bytes.littleEndian) & rules.availabilityMask
      let isThere = rules.availableActions.contains(action)
      return isThere ? .returned(0) : .failed(rules.unavailableErrno)
    }
  }

  /// `seccomp_get_notif_sizes`
  private mutating func sizes(to address: Word, flags: UInt32) -> Fate {
    if flags != 0, rules.operationsTakeNoFlags { return .failed(rules.unknownOperationErrno) }
    guard let address = address.value else { return .lost("an address that is not known") }
    switch ScratchMemory.place(of: address) {
    case .unreadable: return .failed(rules.faultErrno)
    case .scratch(let offset):
      let bytes = rules.notificationSizes.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
      world.memory.write(bytes, at: offset)
      return .returned(0)
    case .program, .compatProgram, .unknown: return .lost("memory that the model does not know")
    }
  }
}
