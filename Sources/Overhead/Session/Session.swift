import CLinux
import ClassicBPF
package import Probing

/// Times conditions in turn, round after round: a fresh process for each, each round in another order, so that what changes
/// in time, and what ran before, is the same for all.
package struct Session {
  package struct Options: Hashable, Sendable {
    /// How long all rounds may take together, in seconds.
    package var seconds: Double
    /// At the most, for what is kept of them: about 150 MB. A session has at least ``leastRounds``.
    package var rounds = 20_000
    /// Where the measured processes run.
    package var processor: Int

    package init(seconds: Double, processor: Int) {
      self.seconds = seconds
      self.processor = processor
    }
  }

  /// Fewer tell nothing about the spread.
  package static let leastRounds = 12

  /// Calls of a block: the same for all that are cheap. A block's beginning costs something too (the clock, the first call
  /// after it), and only where it is spread over equally many calls it cancels in a difference: with lengths chosen for each
  /// condition, the same thing differed from itself by 0.1 ns.
  private static let callsPerBlock = 512
  /// Nanoseconds that a block of dearer calls is to last at most: so that most blocks pass without a timer interrupt
  /// (250 to 1000 a second).
  private static let blockLength = 260_000.0
  private static let blocks = 20
  /// Children are dear: fewer of them.
  private static let childBlocks = 6

  private let conditions: [Condition]
  private let options: Options
  private let meter: Meter

  package init(_ conditions: [Condition], _ options: Options) throws(ProbeError) {
    self.conditions = conditions
    self.options = options
    meter = try Meter(processor: options.processor)
  }

  /// - Parameters:
  ///   - interruption: ends the session after the round that it comes in.
  ///   - progress: is told the share that is done, 0 to 1.
  /// - Throws: ``OverheadError``; ``OverheadError/interrupted(rounds:needed:)`` before ``leastRounds``.
  package func run(
    until interruption: Interruption = Interruption(), progress: (Double) -> Void = { _ in }
  ) throws -> SessionData {
    let rate = TickRate()
    let tasks = try calibrated(rate)
    var data = SessionData()
    let begin = clinux_monotonic_time()
    while data.rounds < options.rounds {
      let elapsed = Double(clinux_monotonic_time() - begin) / 1e9
      let perRound = data.rounds == 0 ? 0 : elapsed / Double(data.rounds)
      if data.rounds >= Self.leastRounds, elapsed + perRound > options.seconds { break }
      if interruption.isRequested {
        guard data.rounds >= Self.leastRounds else {
          throw OverheadError.interrupted(rounds: data.rounds, needed: Self.leastRounds)
        }
        break
      }
      progress(min(1, elapsed / options.seconds))
      try measureRound(tasks, into: &data)
    }
    data.nanosecondsPerTick = try rate.measured()
    return data
  }

  private func measureRound(_ tasks: [MeterTask], into data: inout SessionData) throws {
    for index in order(of: data.rounds) {
      let condition = conditions[index]
      let reading = try read(tasks[index], of: condition)
      let sample =
        switch condition.value {
        case .call: Sample(times: reading.perCall, paces: reading.paces)
        case .installation(let filter):
          Sample(times: [Double(reading.installations[filter])], paces: [reading.installationPaces[filter]])
        }
      data.append(sample, to: condition.id)
    }
    data.rounds += 1
  }

  /// By chance, not by rotation: what a process finds in caches and predictors depends on the one before it (0.1 ns, as the
  /// same thing against itself showed), so no two may always stand side by side.
  private func order(of round: Int) -> [Int] {
    var generator = SplitMix(seed: UInt64(round))
    var order = Array(conditions.indices)
    for index in order.indices.reversed() { order.swapAt(index, generator.below(index + 1)) }
    return order
  }

  private func read(_ task: MeterTask, of condition: Condition) throws -> MeterReading {
    let reading: MeterReading
    do {
      reading = try meter.run(task)
    } catch {
      throw OverheadError.failed(condition: condition.id, error)
    }
    if let complaint = condition.complaint(reading, calls: task.subject.calls) {
      throw OverheadError.unexpected(condition: condition.id, complaint)
    }
    return reading
  }

  /// The tasks with as many calls in a block as fit its length.
  private func calibrated(_ rate: TickRate) throws -> [MeterTask] {
    try conditions.map { condition in
      var task = condition.task
      guard case .call = condition.value else { return task }
      switch task.subject {
      case .calls:
        task.subject = .calls(perBlock: 32, blocks: 8)
        let pilot = try read(task, of: condition).perCall.sorted()
        let nanoseconds = try max(0.1, Quantiles.median(pilot) * rate.measured())
        var perBlock = Self.callsPerBlock
        while perBlock > 2, Double(perBlock) * nanoseconds > Self.blockLength { perBlock /= 2 }
        task.subject = .calls(perBlock: perBlock, blocks: Self.blocks)
      case .deaths(let death, _, _): task.subject = .deaths(death, perBlock: 2, blocks: Self.childBlocks)
      case .latencies, .hold: break
      }
      return task
    }
  }
}
