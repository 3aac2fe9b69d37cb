import Scripts

// File descriptors: a process's threads share them, its children have copies.
extension ScriptRun {
  /// `EBADF`, `EINVAL`
  private static let badDescriptor: Int64 = 9
  private static let invalid: Int64 = 22

  /// The lowest free number now stands for `descriptor`.
  mutating func open(_ descriptor: Descriptor, in process: Int) -> Int {
    let free = (0...).first { world.processes[process].descriptors[$0] == nil } ?? 0
    world.processes[process].descriptors[free] = descriptor
    return free
  }

  mutating func closeDescriptors(of process: Int, where isClosed: (Descriptor) -> Bool) {
    for (number, descriptor) in world.processes[process].descriptors where isClosed(descriptor) {
      world.processes[process].descriptors[number] = nil
      release(descriptor)
    }
  }

  private mutating func release(_ descriptor: Descriptor) {
    guard case .listener(let index, _) = descriptor else { return }
    world.listeners[index].references -= 1
    guard world.listeners[index].references == 0 else { return }
    // Those who wait for an answer get none (seccomp_notify_release).
    for (number, notification) in world.listeners[index].notifications.enumerated()
    where notification.progress == .waiting || notification.progress == .received {
      world.listeners[index].notifications[number].progress = .over
      complete(notification.actor, .failed(rules.nobodyErrno))
    }
  }

  /// A call that waited is over.
  mutating func complete(_ actor: Int, _ fate: Fate) {
    let before = world.threads[actor]?.activity
    guard before != .over else { return }
    world.threads[actor]?.activity = .done(fate)
    releaseFile(of: before)
    deliverPending(to: actor)
  }

  /// A call on a listener that waited no longer holds it open.
  mutating func releaseFile(of activity: Activity?) {
    guard case .blocked(_, .notification(let listener, _)) = activity else { return }
    release(.listener(listener, closesOnExec: true))
  }

  mutating func onDescriptor(_ call: ModelledCall, _ arguments: CallArguments, by actor: Int) -> Fate {
    guard let process = world.threads[actor]?.process, let value = arguments[0].value else {
      return .lost("a descriptor that is not known")
    }
    let number = Int(UInt32(truncatingIfNeeded: value))
    guard let descriptor = world.processes[process].descriptors[number] else {
      return .failed(Self.badDescriptor)
    }
    switch call {
    case .close:
      guard descriptor != .sharedMemory else { return .lost("the shared memory's descriptor is closed") }
      world.processes[process].descriptors[number] = nil
      release(descriptor)
      return .returned(0)
    case .dup:
      let copy = descriptor.duplicate
      if case .listener(let index, _) = copy { world.listeners[index].references += 1 }
      return .returned(Int64(open(copy, in: process)))
    case .read, .write:
      // A listener has no such operation.
      guard case .listener = descriptor else { return .lost("reading or writing the shared memory") }
      return .failed(Self.invalid)
    default: return .lost("a descriptor that is put in another's place")
    }
  }

  /// pidfd_open(2): of the leader of a process that lives.
  mutating func openProcess(_ arguments: CallArguments, by actor: Int) -> Fate {
    guard let process = world.threads[actor]?.process, case .thread(let target) = arguments[0],
      let thread = world.living(target), arguments[1] == .known(0),
      world.processes[thread.process].leader == target, world.processes[process].namespaceInit == nil
    else { return .lost("pidfd_open that the model does not follow") }
    return .returned(Int64(open(.process(thread.process), in: process)))
  }

  /// pidfd_getfd(2): a copy of another process's descriptor, closed on exec.
  mutating func copyDescriptor(_ arguments: CallArguments, by actor: Int) -> Fate {
    guard let thread = world.threads[actor], thread.credentials.isCapableInitially,
      let first = arguments[0].value, let second = arguments[1].value, arguments[2] == .known(0),
      case .process(let target) = world.processes[thread.process].descriptors[
        Int(UInt32(truncatingIfNeeded: first))],
      world.processes[target].ending == nil
    else { return .lost("pidfd_getfd that the model does not follow") }
    guard let found = world.processes[target].descriptors[Int(UInt32(truncatingIfNeeded: second))] else {
      return .failed(Self.badDescriptor)
    }
    var copy = found
    if case .listener(let index, _) = found {
      world.listeners[index].references += 1
      copy = .listener(index, closesOnExec: true)
    }
    return .returned(Int64(open(copy, in: thread.process)))
  }
}

extension Descriptor {
  /// What dup(2) makes: FD_CLOEXEC is not copied.
  var duplicate: Descriptor {
    if case .listener(let index, _) = self { return .listener(index, closesOnExec: false) }
    return self
  }
}
