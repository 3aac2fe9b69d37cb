/// Works figures out of what a session measured, and says which of them are told from noise.
package struct Judge {
  private let data: SessionData
  private let times: QuietTimes
  private let replicates: [String: Replicates]
  private let bootstrap: Bootstrap
  /// What the difference of two times may be by noise alone: the farthest that any control's interval goes.
  package let noiseFloor: Double
  package let controls: [FigureResult]

  /// - Parameter all: work with whatever was measured, also with what was measured while something else slowed the processor.
  package init(_ data: SessionData, controls: [Figure], bootstrap: Bootstrap, all: Bool = false) {
    self.data = data
    self.bootstrap = bootstrap
    let times = QuietTimes(data, all: all)
    let draws = bootstrap.draws(of: data.rounds)
    let replicates = times.times.reduce(into: [String: Replicates]()) { replicates, condition in
      replicates[condition.key] = Replicates(
        condition.value, counted: times.counted[condition.key] ?? [], draws: draws)
    }
    self.times = times
    self.replicates = replicates
    self.controls = controls.compactMap { control in
      Self.sum(control.weights, replicates).map { Self.result(control, $0, bootstrap, floor: 0) }
    }
    noiseFloor = self.controls.map(\.within.reach).max() ?? 0
  }

  /// The share of measured processes that ran while nothing else slowed the processor, 0 to 1.
  package var quietShare: Double { times.share }

  /// nil when something of it was not measured.
  package func result(_ figure: Figure) -> FigureResult? {
    // A control is a difference of two times, each with weight 1: others' noise goes with the root of the sum of
    // their weights' squares.
    let norm = figure.weights.values.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return Self.sum(figure.weights, replicates).map {
      Self.result(figure, $0, bootstrap, floor: noiseFloor * norm / 2.0.squareRoot())
    }
  }

  package func result(_ condition: String) -> ConditionResult? {
    guard let sum = Self.sum([condition: 1], replicates) else { return nil }
    let blocks = (data.samples[condition] ?? []).flatMap {
      $0.times.map { Double($0) * data.nanosecondsPerTick }
    }
    return ConditionResult(
      id: condition, estimate: sum.estimate, interval: sum.interval(bootstrap), blocks: FiveNumbers(blocks))
  }

  package func relation(_ figure: Figure) -> RelationResult? {
    guard let relation = figure.relation, var result = result(figure),
      case let sides = relation.sides.compactMap({ Self.sum($0, replicates)?.estimate }),
      sides.count == relation.sides.count
    else { return nil }
    // Both sides were measured in the same rounds: what runs differ in is no matter.
    let interval = result.within
    result.interval = interval
    let margin: Double
    let verdict: RelationResult.Verdict
    switch relation.kind {
    case .atMost:
      margin = result.floor
      verdict = interval.high <= margin ? .holds : interval.low > margin ? .fails : .undecided
    case .about:
      margin = max(2, sides.min().map { $0 / 10 } ?? 0)
      let isOutside = interval.low > margin || interval.high < -margin
      verdict = interval.reach <= margin ? .holds : isOutside ? .fails : .undecided
    }
    return RelationResult(
      title: figure.title, kind: relation.kind, difference: result, margin: margin, verdict: verdict)
  }

  private static func result(
    _ figure: Figure, _ sum: Sum, _ bootstrap: Bootstrap, floor: Double
  ) -> FigureResult {
    let within = sum.interval(bootstrap)
    // A control is this run's affair alone, and the floor is made of them.
    let widening =
      figure.group == .control && floor == 0 ? 0 : floor + figure.betweenRuns * abs(sum.estimate)
    return FigureResult(
      id: figure.id, title: figure.title, group: figure.group, unit: figure.unit, place: figure.place,
      isDifference: figure.isDifference, estimate: sum.estimate,
      interval: Interval(low: within.low - widening, high: within.high + widening), within: within,
      floor: floor,
      isResolved: within.excludesZero && abs(sum.estimate) > floor)
  }
}

extension Judge {
  /// A weighted sum of conditions' times.
  private struct Sum {
    var estimate: Double
    var replicates: [Double]
    var count: Int

    func interval(_ bootstrap: Bootstrap) -> Interval {
      bootstrap.interval(around: estimate, replicates, count: count)
    }
  }

  private static func sum(_ weights: [String: Double], _ replicates: [String: Replicates]) -> Sum? {
    var sum = Sum(
      estimate: 0, replicates: [Double](repeating: 0, count: replicates.first?.value.values.count ?? 0),
      count: .max)
    // In one order, so that the same measurement gives the same last digit.
    for (condition, weight) in weights.sorted(by: { $0.key < $1.key }) {
      guard let part = replicates[condition], part.count > 0 else { return nil }
      sum.estimate += weight * part.estimate
      for index in sum.replicates.indices { sum.replicates[index] += weight * part.values[index] }
      sum.count = min(sum.count, part.count)
    }
    return sum
  }
}
