import ClassicBPF
import Scripts

/// A program as installation sees it.
struct CheckedProgram: Hashable, Sendable {
  var filter: Filter
  /// Whether the kernel would load it.
  var isSound: Bool
  /// What it counts towards the chain's limit.
  var length: Int
  /// Words of seccomp_data that it may load.
  var loads: UInt16
}

// SECCOMP_SET_MODE_FILTER: kernel/seccomp.c, seccomp_set_mode_filter.
extension ScriptRun {
  /// What an installation is about to do.
  struct Installation {
    var actor: Int
    var flags: UInt32
    var address: Word
    var isCompat: Bool
    /// Once it was read.
    var header: ProgramHeader?
    var program: CheckedProgram?

    func has(_ flag: UInt32) -> Bool { flags & flag != 0 }
  }

  mutating func install(flags: UInt32, _ address: Word, isCompat: Bool, by actor: Int) -> Fate {
    var installation = Installation(actor: actor, flags: flags, address: address, isCompat: isCompat)
    for check in rules.installChecks {
      switch check.subject {
      case .siblings:
        if let fate = obstacle(to: installation, errno: check.errno) { return fate }
      default:
        guard let passes = passes(check.subject, &installation) else {
          return .lost("a program that the model cannot read")
        }
        if !passes { return .failed(check.errno) }
      }
    }
    guard let program = installation.program else { return .lost("a program that was never read") }
    return attach(program, installation)
  }

  /// nil when the model does not know.
  private mutating func passes(_ subject: InstallCheck.Subject, _ installation: inout Installation) -> Bool? {
    guard let thread = world.threads[installation.actor] else { return nil }
    switch subject {
    case .knownFlags: return installation.flags & ~rules.knownFlags == 0
    case .tsyncListener:
      return !installation.has(rules.tsyncFlag) || !installation.has(rules.newListenerFlag)
        || installation.has(rules.tsyncErrnoFlag)
    case .waitKillable:
      return !installation.has(rules.waitKillableFlag) || installation.has(rules.newListenerFlag)
    case .program:
      guard let address = installation.address.value else { return nil }
      switch header(at: address, isCompat: installation.isCompat) {
      case .fault: return false
      case .unknown: return nil
      case .header(let header): installation.header = header
      }
      return true
    case .length:
      guard let count = installation.header?.count else { return nil }
      return count > 0 && count <= rules.longestProgram
    case .privilege:
      return thread.noNewPrivileges && rules.noNewPrivilegesSuffices
        || thread.credentials.isCapable && rules.capabilitySuffices
    case .address: return installation.header.map { $0.source != .null }
    case .instructions:
      guard let header = installation.header else { return nil }
      switch program(of: header) {
      case .fault: return false
      case .unknown: return nil
      case .program(let program): installation.program = program
      }
      return true
    case .validity: return installation.program?.isSound
    case .mode: return thread.mode != .strict
    case .listener:
      guard installation.has(rules.newListenerFlag), rules.listenerForbidsAnother else { return true }
      return !world.chain(from: thread.newest).contains { isListened($0) }
    case .chainLength:
      guard let program = installation.program else { return nil }
      let standing = thread.newest.map { world.filters[$0].chainLength } ?? 0
      return standing + program.length <= rules.longestChain
    case .siblings: return true
    }
  }

  private func isListened(_ filter: Int) -> Bool {
    guard let listener = world.filters[filter].listener else { return false }
    return world.listeners[listener].references > 0 || !rules.closedListenerFreesChain
  }

  /// The sibling that cannot take the caller's chain, as the installation answers it; nil without one.
  private func obstacle(to installation: Installation, errno: Int64) -> Fate? {
    guard installation.has(rules.tsyncFlag), let caller = world.threads[installation.actor] else {
      return nil
    }
    let chain = Array(world.chain(from: caller.newest))
    let isBlocked = world.processes[caller.process].threads.contains { actor in
      guard actor != installation.actor, let sibling = world.threads[actor] else { return false }
      switch sibling.mode {
      case .disabled: return false
      case .strict: return rules.tsyncRefusesStrict
      case .filter:
        let isAncestor = sibling.newest.map { chain.contains($0) } ?? true
        return isAncestor ? !rules.tsyncAcceptsAncestors : rules.tsyncRefusesDivergent
      }
    }
    guard isBlocked else { return nil }
    if installation.has(rules.tsyncErrnoFlag) || !rules.tsyncTellsThread { return .failed(errno) }
    return .returnedIn(1...(4 << 20))
  }

  /// `seccomp_attach_filter`
  private mutating func attach(_ program: CheckedProgram, _ installation: Installation) -> Fate {
    let actor = installation.actor
    guard let caller = world.threads[actor] else { return .lost("no such actor") }
    let index = world.filters.count
    world.filters.append(
      InstalledFilter(
        filter: program.filter, older: caller.newest,
        chainLength: program.length + rules.filterOverhead
          + (caller.newest.map { world.filters[$0].chainLength } ?? 0),
        loads: program.loads | (caller.newest.map { world.filters[$0].loads } ?? 0), ownLoads: program.loads,
        isSound: program.isSound, isLogged: installation.has(rules.logFlag),
        waitsKillable: installation.has(rules.waitKillableFlag)))
    world.threads[actor]?.newest = index
    world.threads[actor]?.filterCount += 1
    world.threads[actor]?.mode = .filter
    var answer: Int64 = 0
    if installation.has(rules.newListenerFlag) {
      let listener = world.listeners.count
      world.listeners.append(ListenerState(filter: index, references: 1))
      world.filters[index].listener = listener
      answer = Int64(open(.listener(listener, closesOnExec: true), in: caller.process))
    }
    if installation.has(rules.tsyncFlag) { synchronize(with: actor) }
    return .returned(answer)
  }

  /// `seccomp_sync_threads`
  private mutating func synchronize(with actor: Int) {
    guard let caller = world.threads[actor] else { return }
    for sibling in world.processes[caller.process].threads where sibling != actor {
      if rules.tsyncCopiesFilters {
        world.threads[sibling]?.newest = caller.newest
        world.threads[sibling]?.filterCount = caller.filterCount
        world.threads[sibling]?.mode = .filter
      }
      if caller.noNewPrivileges, rules.tsyncCopiesNoNewPrivileges {
        world.threads[sibling]?.noNewPrivileges = true
      }
    }
  }
}
