package import Scripts
import SeccompModel

/// What one step must come to.
package struct StepExpectation: Hashable, Sendable {
  package var result: Result
  /// The words that the step reads from the scratch memory; nil where they are not looked at.
  package var words: [Word]?
  /// How many signals' handlers ran since the actor's step before; nil where nobody counts.
  package var signals: Int?
  /// How often a repeated call succeeded; nil where nobody counts.
  package var successes: Int?

  package enum Result: Hashable, Sendable {
    /// The call came back with this.
    case returned(Int64)
    /// The call came back with one of these.
    case returnedAny([Int64])
    /// The call came back with a number above 0: an id.
    case returnedPositive
    /// The call came back with a number of at least 0: a descriptor.
    case succeeded
    /// The call came back with what an earlier step came back with.
    case returnedAsStep(Int)
    case trapped(Trap)
    case trappedAndReturned(Trap, Int64)
    case blocked
    case stopped
    case ended(StepResult.Ending)
    /// The actor is no more, however it ended.
    case endedAnyhow
    /// What /proc says; nil is not looked at.
    case status(mode: Int, filters: Int?, noNewPrivileges: Bool?)
    /// Mere preparation: anything but a step that hung or could not be taken.
    case over
  }

  /// What SIGSYS must tell the handler.
  package struct Trap: Hashable, Sendable {
    package var errno: Int32
    package var number: Int32
    package var architecture: UInt32
    /// 0 is the address after the instruction that entered the kernel; nil is any but that.
    package var callAddress: UInt64?
    package var rax: UInt64

    package static let x86_64 = AuditToken.x86_64
    package static let i386 = AuditToken.i386

    package init(
      errno: Int32, number: Int32, architecture: UInt32 = Trap.x86_64, callAddress: UInt64? = 0,
      rax: UInt64? = nil
    ) {
      self.errno = errno
      self.number = number
      self.architecture = architecture
      self.callAddress = callAddress
      self.rax = rax ?? UInt64(UInt32(bitPattern: number))
    }
  }

  /// What a word of the scratch memory must be.
  package enum Word: Hashable, Sendable {
    case exactly(UInt64)
    /// What a step came back with.
    case asStep(Int)
    case notZero
    case any
  }

  package init(
    _ result: Result, words: [Word]? = nil, signals: Int? = nil, successes: Int? = nil
  ) {
    self.result = result
    self.words = words
    self.signals = signals
    self.successes = successes
  }
}

extension StepExpectation {
  package static func returns(_ value: Int64) -> StepExpectation { .init(.returned(value)) }
  package static func returnsAny(_ values: Int64...) -> StepExpectation { .init(.returnedAny(values)) }
  package static func fails(_ error: ErrorNumber) -> StepExpectation { .init(.returned(-error.rawValue)) }
  package static let positive = StepExpectation(.returnedPositive)
  package static let succeeds = StepExpectation(.succeeded)
  package static func same(as step: Int) -> StepExpectation { .init(.returnedAsStep(step)) }
  package static func traps(_ trap: Trap) -> StepExpectation { .init(.trapped(trap)) }
  package static func traps(_ trap: Trap, returning value: Int64) -> StepExpectation {
    .init(.trappedAndReturned(trap, value))
  }
  package static let blocks = StepExpectation(.blocked)
  package static let stops = StepExpectation(.stopped)
  /// The whole process died by this signal, without a core.
  package static func dies(by signal: Int32, core: Bool = false) -> StepExpectation {
    .init(.ended(.signalled(signal, core: core)))
  }
  /// The whole process exited.
  package static func exits(_ status: Int32) -> StepExpectation { .init(.ended(.exited(status))) }
  /// Only the thread is no more.
  package static let threadEnds = StepExpectation(.ended(.thread))
  package static let over = StepExpectation(.over)
  package static let endsAnyhow = StepExpectation(.endedAnyhow)
  package static func status(mode: Int, filters: Int? = nil, noNewPrivileges: Bool? = nil) -> StepExpectation
  {
    .init(.status(mode: mode, filters: filters, noNewPrivileges: noNewPrivileges))
  }

  /// The same, and these words are read.
  package func reading(_ words: Word...) -> StepExpectation {
    var expectation = self
    expectation.words = words
    return expectation
  }

  /// The same, and so many handlers ran before.
  package func after(signals: Int) -> StepExpectation {
    var expectation = self
    expectation.signals = signals
    return expectation
  }

  /// The same, when the call had succeeded so often.
  package func after(successes: Int) -> StepExpectation {
    var expectation = self
    expectation.successes = successes
    return expectation
  }
}

/// `asm-generic/errno-base.h` and `asm-generic/errno.h`, as far as the scenarios speak of them.
package enum ErrorNumber: Int64, Sendable {
  case notPermitted = 1  // EPERM
  case noEntry = 2  // ENOENT
  case noSuchProcess = 3  // ESRCH
  case interrupted = 4  // EINTR
  case noSuchAddress = 6  // ENXIO
  case tooBig = 7  // E2BIG
  case badDescriptor = 9  // EBADF
  case tryAgain = 11  // EAGAIN
  case noMemory = 12  // ENOMEM
  case accessDenied = 13  // EACCES
  case badAddress = 14  // EFAULT
  case busy = 16  // EBUSY
  case invalid = 22  // EINVAL
  case tooManyDescriptors = 24  // EMFILE
  case noSuchCall = 38  // ENOSYS
  case notSupported = 95  // EOPNOTSUPP
  case inProgress = 115  // EINPROGRESS
}
