/// What an actor can do in one step.
package enum StepAction: Hashable, Sendable {
  /// Make a system call. It may end the actor, or stop it for its tracer; it must not block.
  case call(ScriptCall)
  /// Make a system call that blocks: the step is over when the actor waits in the kernel, or is stopped for its
  /// tracer, or the call is over after all.
  case begin(ScriptCall)
  /// Wait for the actor's begun call, or the one it was stopped in, to be over.
  case finish
  /// Make another actor.
  case spawn(Int, SpawnKind)
  /// Become another build of the program by execve(2), and go on as the same actor. Dispositions of signals become
  /// the default; of a process's threads only this one remains.
  case execute(ProgramKind)
  /// Set what a signal does.
  case handle(signal: Int32, SignalDisposition)
  /// Block a signal, or unblock it.
  case mask(signal: Int32, isBlocked: Bool)
  /// Ask /proc/PID/status of the actor. Taken by somebody else: the actor may be blocked, stopped, or under any filter.
  case status
  /// Wait until the actor's process is over, and tell how it ended. Taken by somebody else.
  case end
  /// From here on wait for the next step without system calls, which costs a processor: for an actor whose filters or
  /// strict mode would not let it sleep.
  case spin
  /// Execute `rdtsc`, which strict mode forbids.
  case readTimestampCounter
}

/// Whom an actor makes.
package enum SpawnKind: Hashable, Sendable {
  /// A process, by clone(2) with these further flags (`CLONE_NEW*`). It is nobody's child among the actors.
  case process(flags: UInt32)
  /// A thread of the actor's process.
  case thread

  package static let process = SpawnKind.process(flags: 0)
}

/// Builds of the program that actors run.
package enum ProgramKind: UInt32, Hashable, Sendable, CaseIterable {
  case x86_64 = 0
  case i386 = 1
}

/// What a signal does.
package enum SignalDisposition: Hashable, Sendable {
  case standard
  case ignore
  /// A handler that writes down what it is told and returns.
  case record(flags: HandlerFlags)
  /// A handler that writes down what it is told and leaves by a jump: the interrupted call never comes back, and
  /// rt_sigreturn(2) is not made.
  case escape(flags: HandlerFlags)

  /// `SA_*` of asm/signal.h, beside SA_SIGINFO and SA_RESTORER.
  package struct HandlerFlags: OptionSet, Hashable, Sendable {
    package var rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }
    package static let restart = HandlerFlags(rawValue: 0x1000_0000)
    package static let noDefer = HandlerFlags(rawValue: 0x4000_0000)
  }
}
