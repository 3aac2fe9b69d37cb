/// What a session measured: of each condition one sample a round, in the order of time. All conditions have equally many, and
/// those of one round were taken close together.
package struct SessionData: Hashable, Sendable {
  package private(set) var samples: [String: [Sample]] = [:]
  package internal(set) var rounds = 0
  /// Of the ticks that samples are in.
  package internal(set) var nanosecondsPerTick = 1.0

  package init() {}

  mutating func append(_ sample: Sample, to condition: String) {
    samples[condition, default: []].append(sample)
  }

  /// Some of the rounds, as a session of its own.
  package func part(_ range: Range<Int>) -> SessionData {
    var part = self
    part.samples = samples.mapValues { Array($0[range]) }
    part.rounds = range.count
    return part
  }
}
