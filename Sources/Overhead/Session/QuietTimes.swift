/// A session's times of conditions, one a round, and which of them count.
///
/// On a shared machine the processor has two states: alone, or slowed by what runs beside it on the same core, by 15 to 50 %, each
/// thing by another share. The state lasts from milliseconds to minutes, and how much of a run it takes is chance: means of
/// everything in two runs differed by 2 to 15 % (docs/overhead.md). A loop that only the processor's own speed decides tells the
/// states apart: it is a third to a half slower then, or not at all.
package struct QuietTimes: Hashable, Sendable {
  /// How much slower than the session's fastest twentieth a pace may be and be quiet.
  private static let tolerance: Float = 1.15

  /// Nanoseconds for one call, child or installation.
  package private(set) var times: [String: [Double]] = [:]
  /// The rounds whose times count, ascending.
  package private(set) var counted: [String: [Int]] = [:]
  /// The share of processes that ran while nothing slowed the processor, 0 to 1.
  package let share: Double

  /// - Parameter all: count whatever was measured.
  package init(_ data: SessionData, all: Bool = false) {
    let limit = all ? Float.infinity : Self.limit(data)
    var quiet = 0
    var processes = 0
    for (condition, samples) in data.samples where samples.count == data.rounds {
      let values = samples.map { $0.value(quietBelow: limit) }
      times[condition] = values.map { $0.time * data.nanosecondsPerTick }
      counted[condition] = Self.counted(values.map(\.isQuiet), values.map(\.pace))
      processes += values.count
      quiet += values.count(where: \.isQuiet)
    }
    share = processes == 0 ? 0 : Double(quiet) / Double(processes)
  }

  private static func limit(_ data: SessionData) -> Float {
    var paces = data.samples.values.flatMap { $0.flatMap(\.paces) }
    guard !paces.isEmpty else { return .infinity }
    paces.sort()
    return paces[paces.count / 20] * tolerance
  }

  /// Those that are quiet; where they are fewer than ``Session/leastRounds`` or a tenth, the least disturbed quarter.
  private static func counted(_ isQuiet: [Bool], _ paces: [Double]) -> [Int] {
    let quiet = isQuiet.indices.filter { isQuiet[$0] }
    guard quiet.count < max(Session.leastRounds, isQuiet.count / 10) else { return quiet }
    let kept = max(Session.leastRounds, isQuiet.count / 4)
    return paces.indices.sorted { paces[$0] < paces[$1] }.prefix(kept).sorted()
  }
}
