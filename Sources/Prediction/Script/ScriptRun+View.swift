package import Scripts
import SeccompModel

// What a generator asks of the state that its script has come to.
extension ScriptRun {
  /// What an actor is at.
  package enum Condition: Hashable, Sendable {
    case absent, free, blocked, stopped
    /// Its call is over, and nobody has asked how.
    case returned
    case over
  }

  package func condition(of actor: Int) -> Condition {
    guard world.threads.indices.contains(actor), let thread = world.threads[actor] else { return .absent }
    switch thread.activity {
    case .idle: return .free
    case .blocked: return .blocked
    case .stopped: return .stopped
    case .done: return .returned
    case .over: return .over
    }
  }

  /// The first actor that is not there yet.
  package var nextActor: Int? { world.threads.firstIndex { $0 == nil } }

  package func program(of actor: Int) -> ProgramKind {
    world.threads[actor].map { world.processes[$0.process].program } ?? .x86_64
  }

  package func isFiltered(_ actor: Int) -> Bool { world.threads[actor]?.mode == .filter }
  package func isStrict(_ actor: Int) -> Bool { world.threads[actor]?.mode == .strict }
  package func spins(_ actor: Int) -> Bool { world.threads[actor]?.spins ?? false }
  package func isTraced(_ actor: Int) -> Bool { world.threads[actor]?.tracing != nil }

  /// Whether a process is over, so that asking for its end does not wait.
  package func isProcessOver(of actor: Int) -> Bool {
    guard let thread = world.threads[actor], !thread.endedAlone else { return false }
    let process = world.processes[thread.process]
    return process.ending != nil && !process.wasTraced
  }

  package func areOfOneProcess(_ one: Int, _ other: Int) -> Bool {
    world.threads[one]?.process == world.threads[other]?.process
  }

  /// Whether a stopped actor's call came by an i386 entry.
  package func isStoppedInCompatCall(_ actor: Int) -> Bool {
    guard case .stopped(let call?, _) = world.threads[actor]?.activity else { return false }
    return call.registers.entry == .int80 || call.registers.entry == .sysenter
  }

  package func leader(of actor: Int) -> Int {
    world.threads[actor].map { world.processes[$0.process].leader } ?? actor
  }

  /// Who waits for a listener's answer.
  package var hasWaiting: Bool {
    world.threads.contains { if case .blocked(_, .reply) = $0?.activity { true } else { false } }
  }

  /// Descriptors by which an actor reaches a listener, and whether a notification waits there.
  package func listeners(of actor: Int) -> [(descriptor: Int, hasNews: Bool)] {
    guard let process = world.threads[actor]?.process else { return [] }
    return world.processes[process].descriptors.sorted { $0.key < $1.key }.compactMap { number, descriptor in
      guard case .listener(let index, _) = descriptor else { return nil }
      return (number, world.listeners[index].notifications.contains { $0.progress == .waiting })
    }
  }

  /// Actors that this one traces.
  package func tracees(of actor: Int) -> [Int] {
    world.threads.indices.filter { world.threads[$0]?.tracing?.tracer == actor }
  }
}
