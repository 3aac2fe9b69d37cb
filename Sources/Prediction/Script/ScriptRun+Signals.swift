import Scripts

/// Numbers of asm/signal.h.
enum Signals {
  static let kill: Int32 = 9
  static let user1: Int32 = 10
  static let user2: Int32 = 12
  static let alarm: Int32 = 14
  static let terminate: Int32 = 15
  /// Those whose default is to end the process, and that nothing but a script sends.
  static let plain: Set<Int32> = [user1, user2, alarm, terminate]

  static func bit(_ signal: Int32) -> UInt64 { 1 << UInt64(signal - 1) }
}

// Dispositions, masks and signals from one actor to another: kernel/signal.c.
extension ScriptRun {
  mutating func handle(_ signal: Int32, _ disposition: SignalDisposition, by actor: Int) -> Fate {
    guard (1...64).contains(signal), signal != 9, signal != 19 else { return .failed(22) }
    if let fate = machinery(.signalAction, by: actor) { return fate }
    guard let process = world.threads[actor]?.process else { return .lost("no such actor") }
    if world.processes[process].threads.contains(where: { world.threads[$0]?.hasFreshSignal ?? false }) {
      return .lost("a disposition that changes while a signal is on its way")
    }
    world.processes[process].dispositions[signal] = disposition
    if disposition == .ignore {
      for thread in world.processes[process].threads {
        world.threads[thread]?.pendingSignals &= ~Signals.bit(signal)
      }
      world.processes[process].pendingSignals &= ~Signals.bit(signal)
    }
    return .returned(0)
  }

  mutating func mask(_ signal: Int32, _ isBlocked: Bool, by actor: Int) -> Fate {
    guard (1...64).contains(signal), signal != 9, signal != 19 else {
      return .lost("a mask for signal \(signal)")
    }
    if let fate = machinery(.signalMask, by: actor) { return fate }
    guard let thread = world.threads[actor] else { return .lost("no such actor") }
    guard !isBlocked else {
      world.threads[actor]?.blockedSignals |= Signals.bit(signal)
      return .returned(0)
    }
    world.threads[actor]?.blockedSignals &= ~Signals.bit(signal)
    let pending = thread.pendingSignals | world.processes[thread.process].pendingSignals
    guard pending & Signals.bit(signal) != 0 else { return .returned(0) }
    // A thread's own come first; of both, one is left, and nothing tells one from two.
    if thread.pendingSignals & world.processes[thread.process].pendingSignals & Signals.bit(signal) != 0 {
      return .lost("a signal that is pending twice")
    }
    world.threads[actor]?.pendingSignals &= ~Signals.bit(signal)
    world.processes[thread.process].pendingSignals &= ~Signals.bit(signal)
    return deliver(signal, to: actor) ?? .returned(0)
  }

  /// kill(2) of a process and tgkill(2) of a thread.
  mutating func send(_ signal: Int32, to target: Word, isToThread: Bool, by actor: Int) -> Fate {
    guard let sender = world.threads[actor] else { return .lost("no such actor") }
    guard case .thread(let other) = target, let thread = world.threads[other] else {
      return .lost("a signal to somebody else")
    }
    guard signal >= 0, signal <= 64 else { return .failed(22) }
    guard world.processes[sender.process].namespaceInit == nil else {
      return .lost("a signal out of a pid namespace")
    }
    guard thread.activity != .over else { return .lost("a signal to one who is no more") }
    guard let mayBeSent = sender.credentials.maySignal(thread.credentials) else {
      return .lost("whether one may signal the other")
    }
    if !mayBeSent, thread.process != sender.process { return .failed(1) }
    if signal == 0 { return .returned(0) }
    if signal == Signals.kill {
      guard thread.process == sender.process else {
        endOther(thread.process, by: signal)
        return .returned(0)
      }
      return die(actor, by: signal)
    }
    guard Signals.plain.contains(signal) else { return .lost("signal \(signal)") }
    if !isToThread, world.processes[thread.process].threads.count > 1 {
      let process = world.processes[thread.process]
      let isIgnored = process.threads.allSatisfy {
        world.threads[$0]?.tracing == nil
          && world.threads[$0].map { $0.blockedSignals & Signals.bit(signal) == 0 } ?? true
      }
      guard process.dispositions[signal] == .ignore, isIgnored else {
        return .lost("a signal that any thread may take")
      }
      return .returned(0)
    }
    if thread.blockedSignals & Signals.bit(signal) != 0 {
      // An ignored signal stays pending while it is blocked (sig_ignored).
      if isToThread {
        world.threads[other]?.pendingSignals |= Signals.bit(signal)
      } else {
        world.processes[thread.process].pendingSignals |= Signals.bit(signal)
      }
      return .returned(0)
    }
    if thread.process != sender.process, thread.tracing == nil,
      world.processes[thread.process].dispositions[signal] ?? .standard == .standard,
      world.processes[thread.process].namespaceInit != thread.process
    {
      endOther(thread.process, by: signal)
      return .returned(0)
    }
    let fate = deliver(signal, to: other)
    if other != actor { world.threads[other]?.hasFreshSignal = true }
    return other == actor || thread.process == sender.process && fate.isEnding
      ? fate ?? .returned(0) : .returned(0)
  }

  /// A signal that is not blocked reaches a thread; nil when it lives on as before.
  private mutating func deliver(_ signal: Int32, to actor: Int) -> Fate? {
    guard let thread = world.threads[actor] else { return nil }
    if thread.tracing != nil {
      lose("a signal to an actor that is traced")
      return nil
    }
    switch world.processes[thread.process].dispositions[signal] ?? .standard {
    case .ignore: return nil
    case .standard:
      if world.processes[thread.process].namespaceInit == thread.process {
        lose("a signal to the init of a pid namespace")
        return nil
      }
      return end(thread.process, .signalled(signal, core: false))
    case .escape:
      lose("a handler that leaves an actor's wait by a jump")
      return nil
    case .record(let flags): return interrupt(actor, flags, signal)
    }
  }

  /// A handler runs and returns: an idle actor goes on to wait, a call that waits is over or made again.
  private mutating func interrupt(
    _ actor: Int, _ flags: SignalDisposition.HandlerFlags, _ signal: Int32
  ) -> Fate? {
    guard let thread = world.threads[actor] else { return nil }
    if case .blocked(let call, let wait) = thread.activity {
      return interrupt(wait, of: actor, call, flags, signal)
    }
    if let fate = signalReturn(actor, flags) {
      if case .lost(let reason) = fate { lose(reason) }
      return fate
    }
    return nil
  }

  private mutating func interrupt(
    _ wait: Activity.Wait, of actor: Int, _ call: PendingCall, _ flags: SignalDisposition.HandlerFlags,
    _ signal: Int32
  ) -> Fate? {
    if case .reply(let listener, let index) = wait {
      let filter = world.filters[world.listeners[listener].filter]
      let isReceived = world.listeners[listener].notifications[index].progress == .received
      if !rules.signalsEndWait || filter.waitsKillable && isReceived && rules.waitKillableDefersSignals {
        world.threads[actor]?.pendingSignals |= Signals.bit(signal)
        return nil
      }
      world.listeners[listener].notifications[index].progress = .over
    }
    let before = world.threads[actor]?.activity
    world.threads[actor]?.activity = .idle
    releaseFile(of: before)
    if let fate = signalReturn(actor, flags) {
      if case .lost(let reason) = fate { lose(reason) }
      return fate
    }
    // ERESTARTNOHAND of pause(2) never repeats, ERESTARTSYS of the others does with SA_RESTART.
    if wait != .signal, flags.contains(.restart) {
      let fate = enter(actor, call.registers)
      if fate != .exactly(.blocked) { lose("a call that was made again") }
      return nil
    }
    world.threads[actor]?.activity = .done(.failed(rules.interruptedErrno))
    return nil
  }

  /// Handlers of signals that had to wait for a call run when it is over.
  mutating func deliverPending(to actor: Int) {
    guard let thread = world.living(actor) else { return }
    for signal in Signals.plain
    where thread.pendingSignals & ~thread.blockedSignals & Signals.bit(signal) != 0 {
      world.threads[actor]?.pendingSignals &= ~Signals.bit(signal)
      switch world.processes[thread.process].dispositions[signal] ?? .standard {
      case .ignore: continue
      case .record(let flags):
        guard let fate = signalReturn(actor, flags) else { continue }
        if case .lost(let reason) = fate { lose(reason) }
        return
      // The disposition may have changed since: it ends the process, whoever of it is at work.
      case .standard: return lose("a signal that had to wait for a call, and has no handler")
      case .escape: return lose("a handler that leaves an actor's wait by a jump")
      }
    }
  }
}

extension Fate? {
  /// Whether the step's actor is no more.
  var isEnding: Bool {
    switch self {
    case .exactly(.ended): true
    case .oneOf(let results): results.contains { if case .ended = $0 { true } else { false } }
    default: false
    }
  }
}
