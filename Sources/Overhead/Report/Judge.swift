/// Works figures out of what a session measured in its quiet rounds, and says which of them are told from noise.
package struct Judge {
  /// The share of an estimate by which runs on one machine differ, beyond what the rounds of one run show: its speed is not
  /// quite the same from one minute to the next, nor is where the kernel puts things. Measured by pairs of whole runs
  /// (docs/overhead.md).
  package static let betweenRuns = 0.005

  private let data: SessionData
  package let quietRounds: [Int]
  private let bootstrap: Bootstrap
  /// What the difference of two times may be by noise alone: the farthest that any control's interval goes.
  package let noiseFloor: Double
  package let controls: [FigureResult]

  package init(_ data: SessionData, controls: [Figure], bootstrap: Bootstrap) {
    self.data = data
    self.bootstrap = bootstrap
    let quietRounds = data.quietRounds
    self.quietRounds = quietRounds
    let results = controls.compactMap { control in
      data.values(of: control.weights, in: quietRounds).map {
        Self.result(control, $0, bootstrap, floor: 0)
      }
    }
    noiseFloor = results.map(\.within.reach).max() ?? 0
    self.controls = results
  }

  /// nil when something of it was not measured.
  package func result(_ figure: Figure) -> FigureResult? {
    // A control is a difference of two times, each with weight 1: others' noise goes with the root of the sum of
    // their weights' squares.
    let norm = figure.weights.values.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return values(of: figure.weights).map {
      Self.result(figure, $0, bootstrap, floor: noiseFloor * norm / 2.0.squareRoot())
    }
  }

  package func result(_ condition: String) -> ConditionResult? {
    guard let values = values(of: [condition: 1]) else { return nil }
    return ConditionResult(
      id: condition, estimate: TrimmedMean.of(values), interval: bootstrap.interval(of: values),
      blocks: FiveNumbers(data.blocks[condition] ?? []))
  }

  package func relation(_ figure: Figure) -> RelationResult? {
    guard let relation = figure.relation, var result = result(figure),
      case let sides = relation.sides.compactMap(values), sides.count == relation.sides.count
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
      margin = max(2, sides.map(TrimmedMean.of).min().map { $0 / 10 } ?? 0)
      let isOutside = interval.low > margin || interval.high < -margin
      verdict = interval.reach <= margin ? .holds : isOutside ? .fails : .undecided
    }
    return RelationResult(
      title: figure.title, kind: relation.kind, difference: result, margin: margin, verdict: verdict)
  }

  private func values(of weights: [String: Double]) -> [Double]? {
    data.values(of: weights, in: quietRounds)
  }

  private static func result(
    _ figure: Figure, _ values: [Double], _ bootstrap: Bootstrap, floor: Double
  ) -> FigureResult {
    let estimate = TrimmedMean.of(values)
    let within = bootstrap.interval(of: values)
    // A control is this run's affair alone, and the floor is made of them.
    let widening = figure.group == .control && floor == 0 ? 0 : floor + betweenRuns * abs(estimate)
    return FigureResult(
      id: figure.id, title: figure.title, group: figure.group, unit: figure.unit, place: figure.place,
      isDifference: figure.isDifference, estimate: estimate,
      interval: Interval(low: within.low - widening, high: within.high + widening), within: within,
      floor: floor,
      isResolved: within.excludesZero && abs(estimate) > floor)
  }
}
