// setresuid(2) and unshare(2): kernel/sys.c, kernel/fork.c. Both change the calling thread only.
extension ScriptRun {
  mutating func setresuid(_ arguments: CallArguments, by actor: Int) -> Fate {
    guard let credentials = world.threads[actor]?.credentials,
      let real = arguments[0].value, let effective = arguments[1].value, let saved = arguments[2].value
    else { return .lost("user ids that are not known") }
    let asked = [real, effective, saved].map { UInt32(truncatingIfNeeded: $0) }
    let changes = asked.contains { $0 != .max }
    guard changes else { return .returned(0) }
    // Nobody writes a mapping for a namespace that a script makes, so that no id is valid there (make_kuid).
    guard credentials.namespace == 0 else { return .failed(22) }
    let old = [credentials.real, credentials.effective, credentials.saved]
    if !credentials.isCapable {
      for id in asked where id != .max && !old.contains(id) {
        guard old.allSatisfy({ $0 != nil }) else { return .lost("whose user ids are not known") }
        return .failed(1)
      }
    }
    let new = zip(asked, old).map { $0 == .max ? $1 : $0 }
    world.threads[actor]?.credentials.change(to: (new[0], new[1], new[2]))
    return .returned(0)
  }

  mutating func unshare(_ arguments: CallArguments, by actor: Int) -> Fate {
    guard let thread = world.threads[actor] else { return .lost("no such actor") }
    guard let flags = arguments[0].value, flags == UInt64(CloneFlag.newUser) else {
      return arguments[0] == .known(0)
        ? .returned(0) : .lost("unshare with flags that the model does not know")
    }
    // It stands for CLONE_THREAD too, which wants a process of one thread that is its leader.
    let process = world.processes[thread.process]
    guard process.threads == [actor], process.leader == actor else { return .failed(22) }
    if process.wasTraced { return .lost("a thread that its tracer may still hold") }
    guard thread.credentials.mayMakeNamespace else { return .failed(rules.namespaceErrno) }
    world.threads[actor]?.credentials.enterNamespace(
      world.namespaces, capable: rules.userNamespaceGivesCapability)
    world.namespaces += 1
    return .returned(0)
  }
}
