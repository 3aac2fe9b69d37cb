import ClassicBPF
import Generation
import Glibc
import Prediction
import Probing
import Profiles
import SeccompModel

/// What a workbench does with programs that nobody compiled.
extension Workbench {
  /// Judges one case about programs.
  func run(_ generated: RawFilterCase, random: RandomSource, effort: FilterEffort) throws -> CaseResult {
    var judging = FilterJudging(self, effort: effort)
    return try judging.judge(generated, random: random)
  }

  /// What the kernel is given for a program: itself, unless a test plants a fault.
  func given(_ filter: Filter) -> Filter { options.fault?.installed(filter) ?? filter }

  /// What the kernel should say to a stack.
  func forecast(_ stack: [Filter]) -> ChainForecast {
    ChainForecast(
      stack,
      rejections: stack.map { filter in
        options.fault?.accepts(filter).map { !$0 } ?? (filter.rejection != nil)
      })
  }

  /// Loads a stack, makes no call, and compares what the kernel says with the forecast; nil when they agree.
  func loadingDifference(_ stack: [Filter]) throws(ProbeError) -> Difference? {
    let forecast = forecast(stack).refusal
    var seen: ChainForecast.Refusal?
    do {
      try probe.install(stack.map(given), shield: .unshielded)
    } catch ProbeError.setUp(.filter, let filter, let errno) {
      seen = ChainForecast.Refusal(filter: filter, errno: errno)
    }
    guard seen != forecast else { return nil }
    // Where both refuse, but not the same program, the first of the two is the question.
    let place = min(forecast?.filter ?? .max, seen?.filter ?? .max)
    func answer(_ refusal: ChainForecast.Refusal?) -> Outcome {
      .returned(refusal.map { $0.filter == place ? -Int64($0.errno) : 0 } ?? 0)
    }
    var difference = Difference(
      kind: .kernelInstall, layer: place, call: Call(.syscall, rax: 0), predicted: answer(forecast),
      observed: answer(seen))
    difference.filters = Array(stack[...place])
    return difference
  }

  /// Whether the stack can be put on at all. Without SUSPEND_SECCOMP a kid puts it on itself, and every filter but the
  /// newest must let it go on, whatever the registers hold then.
  func canLoad(_ stack: [Filter]) -> Bool {
    guard !probe.isSuspended else { return true }
    return stack.dropLast().allSatisfy { filter in
      filter.rejection == nil && !filter.looksAtMoreThanTheNumber
        && filter.evaluate(probe.installationData).kind == .allow
    }
  }

  /// Whether the kernel takes the stack with the shield under it.
  func fitsShield(_ stack: [Filter]) -> Bool {
    let shield = Filter.shield(isGated: !probe.isSuspended)
    return ChainForecast([shield] + stack, rejections: Array(repeating: false, count: stack.count + 1))
      .refusal == nil
  }

  /// The verdicts of every filter of a stack for the first `count` calls, where the comparisons look for them.
  func predict(stack: inout [PreparedFilter], count: Int) {
    let newest = stack.count - 1
    reserveOlderVerdicts(newest)
    for layer in stack.indices {
      predict(&stack[layer], count: count)
      if layer < newest { _ = olderVerdicts[layer].update(fromContentsOf: verdicts[..<count]) }
    }
    for index in 0..<count { checks[index] = PolicyCheck.decided }
  }

  /// The live calls and what they do unfiltered, made on first use; nil without the privilege for it.
  func liveBaseline() -> ActionCacheEquivalence.LiveBaseline? {
    if let known = liveBaselineMade { return known.baseline }
    var entryPaths = [EntryPath.syscall]
    if features[.ia32Emulation] { entryPaths.append(.int80) }
    // Whatever is missing for it is missing every time.
    let made =
      geteuid() == 0 ? try? ActionCacheEquivalence.LiveBaseline(entryPaths: entryPaths) : nil
    liveBaselineMade = LiveBaselineMade(baseline: made)
    return made
  }

  /// What came of making the baseline.
  struct LiveBaselineMade {
    var baseline: ActionCacheEquivalence.LiveBaseline?
  }
}

extension PreparedFilter {
  private static let anyLayer = Layer(profile: .init(defaultAction: .allow))
  private static let anyOracle = PolicyOracle(rules: [], defaultAction: .allow)

  /// A program that is held against the kernel only; there is no policy for it.
  init(raw filter: Filter) throws(FilterRejection) {
    try self.init(Self.anyLayer, installed: filter, oracle: Self.anyOracle)
  }
}

extension Filter {
  /// What the checker says against the program.
  var rejection: FilterRejection? {
    do throws(FilterRejection) {
      try check()
      return nil
    } catch {
      return error
    }
  }

  /// Whether an answer may depend on the arguments or on where the call was made.
  fileprivate var looksAtMoreThanTheNumber: Bool {
    instructions.contains { $0.opcode == .loadAbsolute && $0.k > DataWord.architecture.offset }
  }
}

extension Opcode {
  /// The place in ``FilterTally/operations``.
  var position: Int? { Self.positions[Int(rawValue)] }

  private static let positions: [Int?] = {
    var positions = [Int?](repeating: nil, count: 256)
    for (index, opcode) in Opcode.allCases.enumerated() { positions[Int(opcode.rawValue)] = index }
    return positions
  }()
}
