/// What a measurement came to. Times are nanoseconds unless a unit is given.
package struct BenchReport: Codable, Hashable, Sendable {
  /// Of this layout.
  package static let currentFormat = 2
  package var format = BenchReport.currentFormat
  package var tool: String
  /// `quick`, `full`, `asked for` (a duration) or `interrupted`.
  package var extent: String
  /// The profile and the workload, if there was one.
  package var subject: Subject?
  package var environment: BenchEnvironment
  /// Of all intervals, 0 to 1.
  package var confidence: Double
  package var rounds: Int
  /// The share of measured processes that ran while nothing else slowed the processor, 0 to 1: figures are worked out of those.
  package var quietShare: Double
  package var conditions: [ConditionResult]
  /// How long it took, in seconds.
  package var seconds: Double
  /// A difference of two times that is not above this is not told from none.
  package var noiseFloor: Double
  /// The same thing against itself.
  package var controls: [FigureResult]
  package var figures: [FigureResult]
  package var relations: [RelationResult]
  package var distributions: [Distribution]
  package var memory: [MemoryResult]
  package var counts: [CountResult]
  /// What was not measured, and why.
  package var skips: [String]

  /// What a profile's figures are about.
  package struct Subject: Codable, Hashable, Sendable {
    package var profile: String
    package var workload: String
    /// Of the workload, all together; those that no figure is of (kills) too.
    package var calls: UInt64
    package var variants: [String]
    /// The calls, the most costly first.
    package var rows: [Row]

    package struct Row: Codable, Hashable, Sendable {
      package var call: String
      package var count: UInt64
      /// In the order of `variants`.
      package var costs: [Cost]
    }
    package struct Cost: Codable, Hashable, Sendable {
      /// What the filter says, and `cached` when the kernel does not ask it.
      package var answer: String
      /// Nil where there is none: the call kills its process, or could not be timed.
      package var figure: FigureResult?
    }
  }

  package func figure(_ id: String) -> FigureResult? { (figures + controls).first { $0.id == id } }
}

/// A figure's value.
package struct FigureResult: Codable, Hashable, Sendable {
  package var id: String
  package var title: String
  package var group: Figure.Group
  package var unit: String
  package var place: Double?
  package var isDifference: Bool
  package var estimate: Double
  /// Where another run on this machine would find it: ``within``, widened by what runs differ in besides
  /// (``Figure/betweenRuns``).
  package var interval: Interval
  /// What this run's rounds alone say, by bootstrap.
  package var within: Interval
  /// What noise alone may come to.
  package var floor: Double
  /// Whether it is told from zero: the interval does not hold it and the estimate is above the floor.
  package var isResolved: Bool

  /// Whether the same times stand on both sides, so that nothing is left to tell: two filters, say, that the cache answers for.
  package var isOfSameTimes: Bool {
    isDifference && estimate == 0 && floor == 0 && interval.low == 0 && interval.high == 0
  }
}

/// What became of something expected.
package struct RelationResult: Codable, Hashable, Sendable {
  package enum Verdict: String, Codable, Hashable, Sendable {
    case holds
    case fails
    /// The interval lies on both sides of the limit.
    case undecided
  }
  package var title: String
  package var kind: Figure.Relation.Kind
  /// The first side less the second.
  package var difference: FigureResult
  /// How far the difference may go.
  package var margin: Double
  package var verdict: Verdict
}

/// One thing that was timed, by itself.
package struct ConditionResult: Codable, Hashable, Sendable {
  package var id: String
  /// The trimmed mean of the quiet rounds.
  package var estimate: Double
  package var interval: Interval
  /// Of all blocks of all rounds.
  package var blocks: FiveNumbers
}

/// Kernel memory that a filter takes.
package struct MemoryResult: Codable, Hashable, Sendable {
  package var instructions: Int
  package var filters: Int
  /// Bytes a filter: of the repetitions, the least, the median and the greatest.
  package var bytes: FiveNumbers
}

/// What the processor counted for one call.
package struct CountResult: Codable, Hashable, Sendable {
  package var condition: String
  package var instructions: Double?
  package var cycles: Double?
}
