import Scripts
import SeccompModel

// Actors come and go: kernel/fork.c, kernel/exit.c, fs/exec.c.
extension ScriptRun {
  /// The kernel raises a signal about what the actor did, whose default is to end the process.
  mutating func fault(_ actor: Int, _ signal: Int32) -> Fate {
    guard world.threads[actor]?.tracing != nil else { return die(actor, by: signal) }
    tellTracer(of: actor)
    world.threads[actor]?.tracing?.isReported = false
    world.threads[actor]?.activity = .stopped(nil, .fault)
    return .exactly(.stopped)
  }

  /// The actor's whole process dies of a signal.
  mutating func die(_ actor: Int, by signal: Int32) -> Fate {
    guard let process = world.threads[actor]?.process else { return .lost("no such actor") }
    if signal != rules.killSignal, signal != Signals.kill,
      world.processes[process].dispositions[signal].map({ $0 != .standard }) ?? false
    {
      return .lost("a handled signal \(signal)")
    }
    let fate = end(process, .signalled(signal, core: false))
    world.threads[actor]?.unseenEnding = nil
    return fate
  }

  /// The actor's thread exits; `lastEnds` is how its process ends if it was the last one.
  mutating func leave(_ actor: Int, lastEnds ending: StepResult.Ending) -> Fate {
    guard let process = world.threads[actor]?.process else { return .lost("no such actor") }
    if world.processes[process].threads.count <= 1 { return end(process, ending) }
    let wasTraced = world.threads[actor]?.tracing != nil
    world.processes[process].threads.removeAll { $0 == actor }
    bury(actor, .thread)
    world.threads[actor]?.unseenEnding = nil
    world.threads[actor]?.endedAlone = true
    releaseReceivers()
    return wasTraced ? .oneOf([.ended(.thread), .ended(.unknown)]) : .exactly(.ended(.thread))
  }

  /// A process is over.
  mutating func end(_ process: Int, _ ending: StepResult.Ending) -> Fate {
    for actor in world.processes[process].threads { bury(actor, ending) }
    world.processes[process].threads = []
    world.processes[process].ending = ending
    closeDescriptors(of: process) { _ in true }
    releaseReceivers()
    // Its pid namespace ends with it (zap_pid_ns_processes).
    for other in world.processes.indices
    where other != process && world.processes[other].namespaceInit == process
      && world.processes[other].ending == nil
    {
      _ = end(other, .signalled(Signals.kill, core: false))
    }
    return world.processes[process].wasTraced
      ? .oneOf([.ended(ending), .ended(.unknown)]) : .exactly(.ended(ending))
  }

  private mutating func bury(_ actor: Int, _ ending: StepResult.Ending) {
    if case .blocked(_, .reply(let listener, let index)) = world.threads[actor]?.activity {
      world.listeners[listener].notifications[index].progress = .over
    }
    tellTracer(of: actor)
    let before = world.threads[actor]?.activity
    world.threads[actor]?.activity = .over
    releaseFile(of: before)
    world.threads[actor]?.unseenEnding = ending
    world.threads[actor]?.tracing = nil
    for other in world.threads.indices where world.threads[other]?.tracing?.tracer == actor {
      let activity = world.threads[other]?.activity
      world.threads[other]?.tracing = nil
      if case .stopped = activity { lose("a stopped actor lost its tracer") }
    }
  }

  /// The tracer's process gets SIGCHLD, for which it stops if it is traced itself.
  mutating func tellTracer(of actor: Int) {
    guard let tracer = world.threads[actor]?.tracing?.tracer, let process = world.threads[tracer]?.process,
      world.processes[process].threads.contains(where: { world.threads[$0]?.tracing != nil })
    else { return }
    lose("a tracer that is traced hears of its tracee")
  }

  /// A signal ends another's process: that takes a moment, in which others still see what it held.
  mutating func endOther(_ process: Int, by signal: Int32) {
    let threads = world.processes[process].threads
    let isTied =
      world.processes[process].descriptors.values.contains { $0 != .sharedMemory }
      || threads.contains { world.threads[$0]?.tracing != nil || world.threads[$0]?.activity != .idle }
      || world.threads.contains { $0?.tracing.map { threads.contains($0.tracer) } ?? false }
    _ = end(process, .signalled(signal, core: false))
    if isTied { lose("the end of one who is tied to others") }
  }

  // MARK: Making actors

  mutating func spawn(_ child: Int, _ kind: SpawnKind, by actor: Int) -> Fate {
    guard let parent = world.threads[actor], world.threads.indices.contains(child),
      world.threads[child] == nil
    else { return .lost("an actor that is there already") }
    if let fate = machinery(.clone, by: actor) { return fate }
    if world.processes[parent.process].namespaceInit == parent.process, kind != .thread {
      // The init of a pid namespace may make no sibling (copy_process).
      return .failed(22)
    }
    var thread = parent
    thread.pendingSignals = 0
    thread.tracing = nil
    thread.spins = false
    switch kind {
    case .thread:
      if !rules.threadsInheritFilters { forgetFilters(of: &thread) }
      if !rules.childrenInheritNoNewPrivileges { thread.noNewPrivileges = false }
      world.processes[parent.process].threads.append(child)
    case .process(let flags):
      guard let process = newProcess(child, flags, parent, &thread) else {
        return .lost("clone flags that the model does not know")
      }
      guard process >= 0 else { return .failed(rules.namespaceErrno) }
      thread.process = process
    }
    world.threads[child] = thread
    if let reason = idleReason(of: child) { lose(reason) }
    return .returned(0)
  }

  /// The index of a new process; negative when clone(2) refuses (`EPERM`), nil when the model does not know.
  private mutating func newProcess(
    _ child: Int, _ flags: UInt32, _ parent: ThreadState, _ thread: inout ThreadState
  ) -> Int? {
    guard flags & ~CloneFlag.namespaces == 0 else { return nil }
    if flags & CloneFlag.newUser != 0 {
      guard parent.credentials.mayMakeNamespace else { return -1 }
      thread.credentials.enterNamespace(world.namespaces, capable: rules.userNamespaceGivesCapability)
      world.namespaces += 1
    } else if flags != 0, !parent.credentials.isCapable {
      return -1
    }
    if !rules.processesInheritFilters { forgetFilters(of: &thread) }
    if !rules.childrenInheritNoNewPrivileges { thread.noNewPrivileges = false }
    let index = world.processes.count
    var process = world.processes[parent.process]
    process.leader = child
    process.threads = [child]
    process.wasTraced = false
    process.pendingSignals = 0
    if flags & CloneFlag.newPid != 0 { process.namespaceInit = index }
    for case .listener(let listener, _) in process.descriptors.values {
      world.listeners[listener].references += 1
    }
    world.processes.append(process)
    return index
  }

  private func forgetFilters(of thread: inout ThreadState) {
    thread.newest = nil
    thread.filterCount = 0
    if thread.mode == .filter { thread.mode = .disabled }
  }

  mutating func execute(_ program: ProgramKind, by actor: Int) -> Fate {
    guard let thread = world.threads[actor] else { return .lost("no such actor") }
    if program == .i386, !features[.ia32Emulation] { return .lost("a 32-bit program on this kernel") }
    if let fate = machinery(.execve, by: actor) { return fate }
    guard world.processes[thread.process].leader == actor else { return .lost("execve of a thread") }
    // It waits for those to be reaped by their tracers (de_thread).
    guard
      world.processes[thread.process].threads.allSatisfy({ $0 == actor || world.threads[$0]?.tracing == nil })
    else { return .lost("execve beside a traced thread") }
    // A thread that ended under a tracer may still be there (de_thread).
    if world.processes[thread.process].wasTraced, thread.tracing == nil {
      return .lost("execve where a tracer may still hold a thread")
    }
    guard let credentials = thread.credentials.afterExec() else { return .lost("execve with mixed user ids") }
    guard credentials.real == firstUser else { return .lost("whether another user may read the program") }
    if let tracing = thread.tracing, !tracing.isSeized { return .lost("execve under an attached tracer") }
    for other in world.processes[thread.process].threads where other != actor {
      bury(other, .thread)
      world.threads[other]?.endedAlone = true
    }
    world.processes[thread.process].threads = [actor]
    world.processes[thread.process].leader = actor
    world.processes[thread.process].program = program
    if !rules.handlersSurviveExec {
      world.processes[thread.process].dispositions =
        world.processes[thread.process].dispositions.filter { $0.value == .ignore }
    }
    if rules.execClosesListener {
      closeDescriptors(of: thread.process) {
        if case .listener(_, closesOnExec: true) = $0 { true } else { false }
      }
    }
    world.threads[actor]?.credentials = credentials
    if !rules.filtersSurviveExec, var changed = world.threads[actor] {
      forgetFilters(of: &changed)
      world.threads[actor] = changed
    }
    if !rules.noNewPrivilegesSurviveExec { world.threads[actor]?.noNewPrivileges = false }
    if machinery(.mapMemory, by: actor) != nil { lose("a program that cannot begin") }
    return .returned(0)
  }
}
