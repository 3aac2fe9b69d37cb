/// A quantity that is a sum of conditions' times, each with a weight: a difference, a slope over several lengths, a mean
/// over a workload. It has a value in every round, of times that lie close together.
package struct Figure: Hashable, Sendable {
  package var id: String
  /// What a reader calls it.
  package var title: String
  /// Of the value: `ns`, `ns/instruction`, …
  package var unit: String
  package var group: Group
  package var weights: [String: Double]
  /// Where it stands along its group's axis (a length, a position), if there is one.
  package var place: Double?
  /// Whether it is a difference, which can be too small to be resolved; else a time.
  package var isDifference: Bool
  /// The share of its estimate by which whole runs on one machine differ, beyond what the rounds of one show: the processor's speed
  /// is not quite the same from one minute to the next, nor is where the kernel puts things (measured by pairs of whole runs,
  /// docs/overhead.md).
  package var betweenRuns = Figure.ofCalls
  package static let ofCalls = 0.005
  /// For what switches processes or allocates memory.
  package static let ofProcesses = 0.02
  /// What is expected of it, if anything is.
  package var relation: Relation?

  package init(
    _ id: String, _ title: String, _ group: Group, _ weights: [String: Double], unit: String = "ns",
    place: Double? = nil, isDifference: Bool = true
  ) {
    self.id = id
    self.title = title
    self.unit = unit
    self.group = group
    self.weights = weights
    self.place = place
    self.isDifference = isDifference
  }

  /// Something expected of a difference of two sides.
  package struct Relation: Hashable, Sendable {
    package enum Kind: String, Codable, Hashable, Sendable {
      /// The first side is no more than the second.
      case atMost
      /// Both sides are about the same: within 2 ns or a tenth of the lesser.
      case about
    }
    package var kind: Kind
    package var sides: [[String: Double]]
  }

  /// What belongs together in a report.
  package enum Group: String, Codable, Hashable, Sendable, CaseIterable {
    case entry, stack, length, position, arguments, entries, denials, installation, relations, control,
      profile
  }

  /// The slope of a straight line by least squares over `points`, in the second value's unit for one of the first.
  package static func slope(_ points: [(place: Double, condition: String)]) -> [String: Double] {
    let mean = points.reduce(0) { $0 + $1.place } / Double(points.count)
    let spread = points.reduce(0) { $0 + ($1.place - mean) * ($1.place - mean) }
    var weights: [String: Double] = [:]
    for point in points { weights[point.condition, default: 0] += (point.place - mean) / spread }
    return weights
  }

  /// `weights` with others added, each times a factor.
  package static func sum(_ terms: [(Double, [String: Double])]) -> [String: Double] {
    var sum: [String: Double] = [:]
    for (factor, weights) in terms { for (id, weight) in weights { sum[id, default: 0] += factor * weight } }
    return sum.filter { $0.value != 0 }
  }
}
