package import ClassicBPF

/// What one meter process is to time, under which filters.
package struct MeterTask: Hashable, Sendable {
  /// What is timed.
  package enum Subject: Hashable, Sendable {
    /// Blocks of calls in a row.
    case calls(perBlock: Int, blocks: Int)
    /// This many calls, each alone. The clock's own time is part of each.
    case latencies(Int)
    /// Blocks of children, each from clone(2) to wait4(2).
    case deaths(Death, perBlock: Int, blocks: Int)
    /// The installations only; the filters stay for as long as the driver looks.
    case hold

    /// Calls, or children, that are timed.
    package var calls: Int {
      switch self {
      case .calls(let perBlock, let blocks), .deaths(_, let perBlock, let blocks): perBlock * blocks
      case .latencies(let count): count
      case .hold: 0
      }
    }
  }

  /// How a child ends.
  package enum Death: UInt32, Hashable, Sendable {
    /// By the measured call, which a filter answers by killing.
    case call = 0
    /// By an undefined instruction: SIGILL, and no filter in it.
    case undefinedInstruction = 1
    /// By exit_group(2).
    case exit = 2
  }

  /// How the call enters the kernel.
  package enum Entry: UInt32, Hashable, Sendable {
    case syscall = 0
    case int80 = 1
    /// Not at all: what loop and clock take.
    case none = 2
  }

  /// Who answers the notifications of the newest filter, which then is installed with
  /// `SECCOMP_FILTER_FLAG_NEW_LISTENER`: another process, which lets the call return 0.
  package struct Listener: Hashable, Sendable {
    /// Where the answering process runs; nil: where the caller runs.
    package var processor: Int?
    /// Whether the kernel is told that caller and answerer take turns (`SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP`,
    /// Linux 6.6).
    package var isSynchronous = false

    package init(processor: Int? = nil, isSynchronous: Bool = false) {
      self.processor = processor
      self.isSynchronous = isSynchronous
    }
  }

  package var subject: Subject
  /// Oldest first.
  package var filters: [Filter]
  /// `SECCOMP_FILTER_FLAG_*` for each filter.
  package var flags: UInt32 = 0
  package var entry = Entry.syscall
  /// The number, in the whole register.
  package var rax: UInt64
  /// The argument registers; those not given are 0.
  package var arguments: [UInt64] = []
  package var listener: Listener?

  /// - Parameter rax: the call's number.
  package init(_ subject: Subject, rax: UInt64, under filters: [Filter] = [], entry: Entry = .syscall) {
    self.subject = subject
    self.rax = rax
    self.filters = filters
    self.entry = entry
  }

  /// getppid(2): it takes no argument, reads one word under RCU and is never answered from user space.
  package static let getppid: UInt64 = 110
  /// The same by `int $0x80`.
  package static let getppid32: UInt64 = 64
}
