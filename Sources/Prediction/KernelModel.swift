public import SeccompModel

/// What the kernel makes of a filter's verdict: from the verdicts of a stack of filters to what user space sees.
///
/// It speaks of filter mode on x86 kernels and of a process with one thread. The facts are those of
/// kernel/seccomp.c and of the entry code (arch/x86/entry), as of 6.18; what differs between kernels is in
/// ``KernelException`` and switched by ``features``.
public struct KernelModel: Sendable {
  public let features: KernelFeatures
  let numbers: KnownNumbers

  public init(features: KernelFeatures) {
    self.features = features
    numbers = .tables
  }

  /// The call's surroundings.
  public struct Context: Hashable, Sendable {
    public var shield: Shield
    /// Whether a tracer with PTRACE_O_TRACESECCOMP is attached. Under ``Shield/trace(marker:)`` there is one.
    public var hasTracer: Bool
    /// The filter in the stack that has a live listener; the kernel allows one at a time (EBUSY).
    public var listener: Int?
    /// Whether SIGSYS has a handler and is not blocked. If not, TRAP kills.
    public var hasSIGSYSHandler: Bool
    /// Whether that handler returns to where the call was made; false if it leaves by a jump.
    public var handlerReturns: Bool
    /// Whether it was installed with SA_RESTART.
    public var handlerRestarts: Bool
    /// Whether signals with handlers may arrive during the call.
    public var signalsMayArrive: Bool
    /// What filters see as `instruction_pointer`: the address after the entering instruction; for a vsyscall
    /// the slot's.
    public var instructionPointer: UInt64

    public init(
      shield: Shield = .none, hasTracer: Bool = false, listener: Int? = nil, hasSIGSYSHandler: Bool = true,
      handlerReturns: Bool = true, handlerRestarts: Bool = false, signalsMayArrive: Bool = false,
      instructionPointer: UInt64 = 0
    ) {
      self.shield = shield
      self.hasTracer = hasTracer
      self.listener = listener
      self.hasSIGSYSHandler = hasSIGSYSHandler
      self.handlerReturns = handlerReturns
      self.handlerRestarts = handlerRestarts
      self.signalsMayArrive = signalsMayArrive
      self.instructionPointer = instructionPointer
    }
  }

  /// A filter older than the whole stack, so that what the stack allows is not executed.
  public enum Shield: Hashable, Sendable {
    case none
    /// Answers `SECCOMP_RET_ERRNO | marker` to every call.
    case errno(marker: UInt16)
    /// Answers `SECCOMP_RET_TRACE | marker` to every call, with a tracer that skips it.
    case trace(marker: UInt16)

    /// Its verdict; nil without a shield.
    public var verdict: Verdict? {
      switch self {
      case .none: nil
      case .errno(let marker): Action.errno(marker).verdict
      case .trace(let marker): Action.trace(marker).verdict
      }
    }
  }

  /// Predicts one call under a stack of filters.
  ///
  /// - Parameter verdicts: what each filter returns for the call, oldest filter first; the shield not included.
  public func predict(_ verdicts: [Verdict], _ call: Call, _ context: Context) -> Prediction {
    verdicts.withUnsafeBufferPointer { predict($0, call, context) }
  }

  /// Predicts one call under one filter.
  public func predict(_ verdict: Verdict, _ call: Call, _ context: Context) -> Prediction {
    withUnsafePointer(to: verdict) { predict(UnsafeBufferPointer(start: $0, count: 1), call, context) }
  }

  /// The same for verdicts in a buffer, without allocating.
  package func predict(
    _ verdicts: UnsafeBufferPointer<Verdict>, _ call: Call, _ context: Context
  ) -> Prediction {
    if let expectation = expectationBeforeFilters(call) {
      return Prediction(expectation: expectation, verdict: Self.allow, decider: .notConsulted)
    }
    let (verdict, decider) = combine(verdicts, context.shield)
    return Prediction(
      expectation: expectation(of: verdict, decider, call, context), verdict: verdict, decider: decider)
  }

  /// SECCOMP_RET_ALLOW
  static let allow = Verdict(rawValue: 0x7fff_0000)
}
