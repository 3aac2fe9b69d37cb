import ClassicBPF
import Scripts
import SeccompModel

/// Writes a script down step by step, each with what is expected of it.
package struct Play {
  private var script = Script()
  private var expectations: [StepExpectation] = []
  private var records: [RecordExpectation] = []
  /// Where memory that the play lays out for itself begins; scenarios name offsets below it.
  private var heap = 0x4000

  var claim: Scenario.ScriptedClaim {
    Scenario.ScriptedClaim(script: script, expectations: expectations, records: records)
  }

  // MARK: Steps

  /// The step's index.
  @discardableResult
  mutating func step(_ actor: Int, _ action: StepAction, _ expected: StepExpectation = .returns(0)) -> Int {
    script.steps.append(Step(actor, action))
    expectations.append(expected)
    return script.steps.count - 1
  }

  @discardableResult
  mutating func call(_ call: ScriptCall, _ expected: StepExpectation = .returns(0), by actor: Int = 0) -> Int
  {
    step(actor, .call(call), expected)
  }

  /// A call that is expected to wait, or to be stopped.
  @discardableResult
  mutating func begin(_ call: ScriptCall, _ expected: StepExpectation = .blocks, by actor: Int = 0) -> Int {
    step(actor, .begin(call), expected)
  }

  @discardableResult
  mutating func finish(_ actor: Int, _ expected: StepExpectation) -> Int { step(actor, .finish, expected) }

  mutating func end(of actor: Int, _ expected: StepExpectation) { step(actor, .end, expected) }

  mutating func status(
    of actor: Int, mode: Int, filters: Int? = nil, noNewPrivileges: Bool? = nil
  ) {
    step(actor, .status, .status(mode: mode, filters: filters, noNewPrivileges: noNewPrivileges))
  }

  mutating func spawnThread(_ actor: Int, by parent: Int = 0) { step(parent, .spawn(actor, .thread)) }

  mutating func spawnProcess(_ actor: Int, flags: UInt32 = 0, by parent: Int = 0) {
    step(parent, .spawn(actor, .process(flags: flags)))
  }

  mutating func spin(_ actor: Int = 0) { step(actor, .spin) }

  mutating func handle(
    _ disposition: SignalDisposition, of signal: Int32 = Signal.badCall, by actor: Int = 0
  ) {
    step(actor, .handle(signal: signal, disposition))
  }

  /// `prctl(PR_SET_NO_NEW_PRIVS)`, so that the scenario needs no privilege.
  mutating func setNoNewPrivileges(by actor: Int = 0) { call(.setNoNewPrivileges, by: actor) }

  // MARK: Filters

  /// The filter's index.
  mutating func filter(_ filter: Filter) -> Int {
    if let known = script.filters.firstIndex(of: filter) { return known }
    script.filters.append(filter)
    return script.filters.count - 1
  }

  /// seccomp(2), SECCOMP_SET_MODE_FILTER.
  @discardableResult
  mutating func install(
    _ program: Filter, flags: FilterFlags = [], by actor: Int = 0, _ expected: StepExpectation = .returns(0)
  ) -> Int {
    let index = filter(program)
    return call(.install(index, flags: flags.rawValue), expected, by: actor)
  }

  /// The same with a new listener: the step whose result is the descriptor.
  mutating func listen(_ program: Filter, flags: FilterFlags = [], by actor: Int = 0) -> Int {
    install(program, flags: flags.union(.newListener), by: actor, .succeeds)
  }

  // MARK: Memory

  /// Lays these bytes into the scratch memory before the first step, at a multiple of 16: their offset.
  mutating func memory(_ bytes: [UInt8]) -> Int {
    let offset = heap
    script.memory.append(.init(at: offset, bytes))
    heap += (bytes.count + 15) / 16 * 16
    return offset
  }

  mutating func memory(words: UInt64...) -> Int { memory(words.flatMap(Self.bytes)) }

  /// A text with its end, as C has it.
  mutating func text(_ text: String) -> Int { memory(Array(text.utf8) + [0]) }

  /// So many bytes of zeros.
  mutating func space(_ size: Int) -> Int {
    let offset = heap
    heap += (size + 15) / 16 * 16
    return offset
  }

  /// Copies bytes within the scratch memory: process_vm_readv(2) on oneself, the one call that moves memory.
  mutating func copy(from source: Int, _ size: Int, to destination: Int, by actor: Int = 0) {
    let local = memory(words: ScriptMemory.scratch + UInt64(destination), UInt64(size))
    let remote = memory(words: ScriptMemory.scratch + UInt64(source), UInt64(size))
    call(
      .named("process_vm_readv", [.thread(actor), .scratch(local), 1, .scratch(remote), 1, 0]),
      .returns(Int64(size)), by: actor)
  }

  static func bytes(_ word: UInt64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } }

  // MARK: Records

  /// What the audit log must say of the script.
  mutating func expect(record: RecordExpectation) { records.append(record) }
}

/// `SECCOMP_FILTER_FLAG_*` of linux/seccomp.h.
package struct FilterFlags: OptionSet, Hashable, Sendable {
  package var rawValue: UInt64
  package init(rawValue: UInt64) { self.rawValue = rawValue }
  package static let sync = FilterFlags(rawValue: 1)  // TSYNC
  package static let log = FilterFlags(rawValue: 2)
  package static let allowSpeculation = FilterFlags(rawValue: 4)  // SPEC_ALLOW
  package static let newListener = FilterFlags(rawValue: 8)
  package static let syncError = FilterFlags(rawValue: 16)  // TSYNC_ESRCH
  package static let waitKillable = FilterFlags(rawValue: 32)  // WAIT_KILLABLE_RECV
}

/// `SIG*` of asm/signal.h.
enum Signal {
  static let illegal: Int32 = 4  // SIGILL
  static let kill: Int32 = 9
  static let user1: Int32 = 10
  static let segmentation: Int32 = 11
  static let badCall: Int32 = 31  // SIGSYS
}
