import Scripts
import SeccompModel

// SECCOMP_RET_USER_NOTIF and what a listener can be asked: seccomp_unotify(2); kernel/seccomp.c, seccomp_notify_ioctl.
extension ScriptRun {
  /// `SECCOMP_IOCTL_NOTIF_*` of linux/seccomp.h.
  private enum Request {
    static let receive: UInt32 = 0xc050_2100
    static let send: UInt32 = 0xc018_2101
    static let isValid: UInt32 = 0x4008_2102
    /// The number of ID_VALID before 5.9, which is still taken.
    static let isValidOld: UInt32 = 0x8008_2102
    static let setFlags: UInt32 = 0x4008_2104
  }

  /// The caller waits for an answer, if anybody listens to the filter that asked.
  mutating func notify(_ filter: Int?, _ actor: Int, _ registers: Registers) -> Fate {
    guard let filter, let listener = world.filters[filter].listener, world.listeners[listener].references > 0
    else { return .failed(rules.nobodyErrno) }
    world.listeners[listener].notifications.append(.init(actor: actor, progress: .waiting))
    world.listeners[listener].requests += 1
    let index = world.listeners[listener].notifications.count - 1
    let call = pending(registers)
    world.threads[actor]?.activity = .blocked(call, .reply(listener, index))
    wakeReceiver(of: listener)
    return .exactly(.blocked)
  }

  mutating func ioctl(_ arguments: CallArguments, _ registers: Registers, by actor: Int) -> Fate {
    guard let process = world.threads[actor]?.process, let number = arguments[0].value,
      let request = arguments[1].value
    else { return .lost("an ioctl that is not known") }
    guard let descriptor = world.processes[process].descriptors[Int(UInt32(truncatingIfNeeded: number))]
    else {
      return .failed(9)
    }
    guard case .listener(let listener, _) = descriptor else { return .lost("an ioctl of something else") }
    switch UInt32(truncatingIfNeeded: request) {
    case Request.receive: return receive(listener, arguments[2], registers, by: actor)
    case Request.send: return send(listener, arguments[2])
    case Request.isValid, Request.isValidOld: return isValid(listener, arguments[2])
    case Request.setFlags:
      guard let flags = arguments[2].value else { return .lost("flags that are not known") }
      return flags & ~1 == 0 ? .returned(0) : .failed(rules.replyErrno)
    default:
      return UInt8(truncatingIfNeeded: request >> 8) == 0x21
        ? .lost("a listener's request that the model does not know") : .failed(rules.replyErrno)
    }
  }

  // MARK: RECV

  private mutating func receive(
    _ listener: Int, _ address: Word, _ registers: Registers, by actor: Int
  ) -> Fate {
    guard let address = address.value else { return .lost("an address that is not known") }
    let size = Int(rules.notificationSizes.first ?? 80)
    switch world.memory.read(address, count: size) {
    case .fault: return .failed(rules.faultErrno)
    case .unknown: return .lost("memory that the model does not know")
    case .bytes(let bytes):
      if rules.receiveWantsZeroes, bytes.contains(where: { $0 != 0 }) { return .failed(rules.replyErrno) }
    }
    let isUsed = isInUse(listener)
    if isUsed, world.listeners[listener].requests > 0 {
      // What vanished before it was fetched still counts.
      world.listeners[listener].requests = max(0, world.listeners[listener].requests - 1)
      return deliverNotification(of: listener, to: address)
        ? .returned(0) : .failed(rules.unknownNotificationErrno)
    }
    guard isUsed else {
      return rules.unusedListenerAnswers ? .failed(rules.unknownNotificationErrno) : .lost("RECV for ever")
    }
    let call = pending(registers)
    // The call holds the file open, whoever closes the descriptor.
    world.listeners[listener].references += 1
    world.threads[actor]?.activity = .blocked(call, .notification(listener, address: address))
    return .exactly(.blocked)
  }

  /// Whether anybody lives who can notify this listener.
  private func isInUse(_ listener: Int) -> Bool {
    let filter = world.listeners[listener].filter
    return world.threads.contains { thread in
      guard let thread, thread.activity != .over else { return false }
      return world.chain(from: thread.newest).contains(filter)
    }
  }

  /// Hands over the oldest notification that waits; false without one.
  private mutating func deliverNotification(of listener: Int, to address: UInt64) -> Bool {
    guard let index = world.listeners[listener].notifications.firstIndex(where: { $0.progress == .waiting })
    else { return false }
    world.listeners[listener].notifications[index].progress = .received
    guard case .scratch(let offset) = ScratchMemory.place(of: address),
      let actor = Optional(world.listeners[listener].notifications[index].actor),
      case .blocked(let call, _) = world.threads[actor]?.activity
    else { return true }
    // struct seccomp_notif: id, pid, flags, data.
    world.memory.write(.notification(listener: listener, index), at: offset)
    world.memory.write(.unknown, at: offset + 8)
    let data = data(of: call.registers)
    world.memory.write(.known(UInt64(data.number) | UInt64(data.architecture) << 32), at: offset + 16)
    world.memory.write(
      call.registers.entry == .vsyscall ? .known(data.instructionPointer) : .unknown, at: offset + 24)
    for (number, word) in call.registers.words.enumerated() {
      world.memory.write(word, at: offset + 32 + 8 * number)
    }
    return true
  }

  /// One who waits in RECV gets what has just come.
  private mutating func wakeReceiver(of listener: Int) {
    let waiting = world.threads.count { thread in
      if case .blocked(_, .notification(listener, _)) = thread?.activity { true } else { false }
    }
    if waiting > 1 { return lose("which of several that wait in RECV gets it") }
    for actor in world.threads.indices {
      guard case .blocked(_, .notification(listener, let address)) = world.threads[actor]?.activity else {
        continue
      }
      world.listeners[listener].requests -= 1
      if deliverNotification(of: listener, to: address) { complete(actor, .returned(0)) }
      return
    }
  }

  /// Who waits in RECV for a filter that binds nobody any more is told (since 6.11).
  mutating func releaseReceivers() {
    for actor in world.threads.indices {
      guard case .blocked(_, .notification(let listener, _)) = world.threads[actor]?.activity,
        !isInUse(listener), rules.unusedListenerAnswers
      else { continue }
      complete(actor, .failed(rules.unknownNotificationErrno))
    }
  }

  // MARK: SEND and ID_VALID

  private func notification(_ listener: Int, _ id: Word) -> Int?? {
    switch id {
    case .notification(listener, let index): .some(index)
    case .notification, .thread: .some(nil)
    // Ids begin at a random number; the few that a script makes up are not among them.
    case .known: .some(nil)
    case .unknown: nil
    }
  }

  private mutating func send(_ listener: Int, _ address: Word) -> Fate {
    guard let address = address.value else { return .lost("an address that is not known") }
    guard case .scratch(let offset) = ScratchMemory.place(of: address), offset + 24 <= Script.scratchSize
    else {
      return ScratchMemory.place(of: address) == .unreadable
        ? .failed(rules.faultErrno) : .lost("memory that the model does not know")
    }
    guard let value = world.memory.word(at: offset + 8).value,
      let rest = world.memory.word(at: offset + 16).value
    else { return .lost("a reply that is not known") }
    let error = Int64(Int32(truncatingIfNeeded: rest))
    let flags = UInt32(truncatingIfNeeded: rest >> 32)
    if flags & ~rules.knownReplyFlags != 0 { return .failed(rules.replyErrno) }
    let goesOn = flags & 1 != 0
    if goesOn, rules.continueWantsZeroes, error != 0 || value != 0 { return .failed(rules.replyErrno) }
    guard let found = notification(listener, world.memory.word(at: offset)) else {
      return .lost("an id that is not known")
    }
    guard let index = found else { return .failed(rules.unknownNotificationErrno) }
    switch world.listeners[listener].notifications[index].progress {
    case .over: return .failed(rules.unknownNotificationErrno)
    case .replied:
      return .oneOf([.returned(-rules.repeatedReplyErrno), .returned(-rules.unknownNotificationErrno)])
    case .waiting: return .failed(rules.repeatedReplyErrno)
    case .received: break
    }
    let actor = world.listeners[listener].notifications[index].actor
    world.listeners[listener].notifications[index].progress = .replied
    reply(to: actor, value: Int64(bitPattern: value), error: error, goesOn: goesOn)
    return .returned(0)
  }

  private mutating func reply(to actor: Int, value: Int64, error: Int64, goesOn: Bool) {
    guard case .blocked(let call, _) = world.threads[actor]?.activity else { return }
    world.threads[actor]?.activity = .idle
    if goesOn, rules.continueRuns {
      let fate = run(call.registers, number: call.number, by: actor)
      settle(actor, fate)
      return
    }
    let capped = max(error, -rules.replyErrorCap)
    complete(
      actor, .returned(rules.replyErrorWins ? (error != 0 ? capped : value) : (value != 0 ? value : capped)))
  }

  /// A call that waited goes on to this.
  mutating func settle(_ actor: Int, _ fate: Fate) {
    if case .lost(let reason) = fate { lose(reason) }
    guard let thread = world.threads[actor] else { return }
    if thread.activity == .over {
      // It ended by another's doing: its own next step tells how.
      world.threads[actor]?.unseenEnding = world.processes[thread.process].ending ?? .thread
    }
    if thread.activity == .idle { complete(actor, fate) }
  }

  private func isValid(_ listener: Int, _ address: Word) -> Fate {
    guard let address = address.value else { return .lost("an address that is not known") }
    guard case .scratch(let offset) = ScratchMemory.place(of: address) else {
      return ScratchMemory.place(of: address) == .unreadable
        ? .failed(rules.faultErrno) : .open("memory that the model does not know")
    }
    guard let found = notification(listener, world.memory.word(at: offset)) else {
      return .open("an id that is not known")
    }
    guard let index = found, world.listeners[listener].notifications[index].progress == .received else {
      return .failed(rules.unknownNotificationErrno)
    }
    return .returned(0)
  }
}
