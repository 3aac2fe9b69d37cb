import ClassicBPF
import Scripts

/// What the kernel keeps of a script's processes and threads, as far as seccomp goes.
struct World: Sendable {
  /// By actor; nil before it is made.
  var threads: [ThreadState?]
  var processes: [ProcessState]
  /// Every filter that was installed.
  var filters: [InstalledFilter] = []
  var listeners: [ListenerState] = []
  var memory = ScratchMemory()
  /// User namespaces made so far; the initial one is 0.
  var namespaces = 1

  init(isPrivileged: Bool) {
    threads = Array(repeating: nil, count: Script.actorCapacity)
    processes = [ProcessState(leader: 0)]
    threads[0] = ThreadState(process: 0, credentials: Credentials(isPrivileged: isPrivileged))
  }

  /// The thread of an actor that lives.
  func living(_ actor: Int) -> ThreadState? {
    guard threads.indices.contains(actor), let thread = threads[actor], thread.activity != .over else {
      return nil
    }
    return thread
  }

  /// The filters of a thread, newest first.
  func chain(from newest: Int?) -> some Sequence<Int> {
    sequence(state: newest) { next -> Int? in
      defer { next = next.flatMap { filters[$0].older } }
      return next
    }
  }
}

/// A filter in its place: with those under it, which other threads may share.
struct InstalledFilter: Hashable, Sendable {
  var filter: Filter
  var older: Int?
  /// What it and those under it count towards the chain's limit, overheads included.
  var chainLength: Int
  /// Words of seccomp_data that it, or a filter under it, may load, a bit each.
  var loads: UInt16
  /// Those that it may load itself.
  var ownLoads: UInt16
  /// Whether the kernel would load it; the model runs no other.
  var isSound: Bool
  var listener: Int?
  var isLogged = false
  var waitsKillable = false
}

/// One actor.
struct ThreadState: Hashable, Sendable {
  /// SECCOMP_MODE_*
  enum Mode: Int, Hashable, Sendable { case disabled = 0, strict, filter }

  var process: Int
  var credentials: Credentials
  var mode = Mode.disabled
  /// The newest filter, an index into ``World/filters``.
  var newest: Int?
  var filterCount = 0
  var noNewPrivileges = false
  /// A bit for each signal.
  var blockedSignals: UInt64 = 0
  var pendingSignals: UInt64 = 0
  /// Another's signal may not have reached its handler yet.
  var hasFreshSignal = false
  /// Its tracer let it go on, and it comes to the next stop: nobody has seen it there yet.
  var hasFreshStop = false
  /// It waits without system calls.
  var spins = false
  var tracing: Tracing?
  var activity = Activity.idle
  /// How it ended, as far as the director has not seen it yet.
  var unseenEnding: StepResult.Ending?
  /// Whether only it ended, and its process went on.
  var endedAlone = false

  init(process: Int, credentials: Credentials) {
    self.process = process
    self.credentials = credentials
  }
}

/// What a thread does between steps.
enum Activity: Hashable, Sendable {
  /// It waits for its next step.
  case idle
  /// It waits in the kernel.
  case blocked(PendingCall, Wait)
  /// It waits for its tracer.
  case stopped(PendingCall?, Stop)
  /// Its begun call is over, and nobody has asked yet.
  case done(Fate)
  case over

  enum Wait: Hashable, Sendable {
    /// For a notification's reply: the listener and the notification.
    case reply(Int, Int)
    /// For a notification, to write it there.
    case notification(Int, address: UInt64)
    /// For a signal.
    case signal
  }

  enum Stop: Hashable, Sendable {
    /// PTRACE_EVENT_SECCOMP with this message.
    case verdict(message: UInt64)
    /// Before SIGSYS about a call is delivered.
    case signal(TrappedCall)
    /// Before a signal about a fault is delivered.
    case fault
  }
}

/// A call of which the kernel has begun.
struct PendingCall: Hashable, Sendable {
  var registers: Registers
  /// What a tracer may have changed.
  var number: UInt64
  var result: Int64
}

/// A call to which TRAP was said.
struct TrappedCall: Hashable, Sendable {
  var registers: Registers
  var data: UInt32
}

/// A tracer and what it asked for.
struct Tracing: Hashable, Sendable {
  var tracer: Int
  /// `PTRACE_O_*`
  var options: UInt64
  var isSeized: Bool
  /// Whether the tracer has been told of the stop.
  var isReported = false
}

/// A process: what its threads share.
struct ProcessState: Hashable, Sendable {
  var leader: Int
  /// The actors that live.
  var threads: [Int]
  var dispositions: [Int32: SignalDisposition] = [:]
  /// Signals to the process that all its threads block, a bit each.
  var pendingSignals: UInt64 = 0
  var descriptors: [Int: Descriptor] = [3: .sharedMemory]
  var program = ProgramKind.x86_64
  /// Once it is over.
  var ending: StepResult.Ending?
  /// Whether one of its threads ever had a tracer.
  var wasTraced = false
  /// The process that is init of its pid namespace; nil in the initial one.
  var namespaceInit: Int?

  init(leader: Int) {
    self.leader = leader
    threads = [leader]
  }
}

/// What a file descriptor stands for.
enum Descriptor: Hashable, Sendable {
  case sharedMemory
  case listener(Int, closesOnExec: Bool)
  /// A process, by one of its actors (pidfd_open(2)).
  case process(Int)
}

/// A listener: what NEW_LISTENER returned.
struct ListenerState: Hashable, Sendable {
  enum Progress: Hashable, Sendable {
    case waiting, received
    /// Answered, and the caller may not have noticed.
    case replied
    case over
  }

  struct Notification: Hashable, Sendable {
    var actor: Int
    var progress: Progress
  }

  /// The filter that it belongs to.
  var filter: Int
  /// Descriptors that are open on it, over all processes.
  var references: Int
  var notifications: [Notification] = []
  /// Notifications that came, less those that RECV went to fetch: what decides whether RECV waits.
  var requests = 0
}
