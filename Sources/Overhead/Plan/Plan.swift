import ClassicBPF
import Probing

/// What a session times, and what is worked out from it.
package struct Plan: Hashable, Sendable {
  package private(set) var conditions: [Condition] = []
  package private(set) var figures: [Figure] = []
  /// Pairs of conditions that are the same thing under two names: what their difference comes to is noise.
  package private(set) var controls: [Figure] = []
  private var ids: Set<String> = []

  package init() {}

  /// Adds a condition unless one of its name is there.
  package mutating func time(_ condition: Condition) {
    if ids.insert(condition.id).inserted { conditions.append(condition) }
  }

  package mutating func add(_ figure: Figure) { figures.append(figure) }

  /// Leaves out conditions, and the figures that are made of them.
  package func without(_ ids: Set<String>) -> Plan {
    var plan = self
    plan.conditions.removeAll { ids.contains($0.id) }
    plan.figures.removeAll { !ids.isDisjoint(with: $0.weights.keys) }
    plan.controls.removeAll { !ids.isDisjoint(with: $0.weights.keys) }
    return plan
  }

  /// Times a condition a second time, as another one, and holds the two against each other.
  package mutating func control(_ condition: Condition) {
    var twin = condition
    twin.id += "'"
    time(condition)
    time(twin)
    controls.append(
      Figure(
        "A/A \(condition.id)", "\(condition.id) against itself", .control, [twin.id: 1, condition.id: -1]))
  }
}

extension Plan {
  /// The calls of a block are found by calibration; these stand until then.
  static let uncalibrated = MeterTask.Subject.calls(perBlock: 1, blocks: 1)

  /// getppid under a stack of filters that allow it.
  static func allowed(
    _ id: String, under filters: [Filter] = [], entry: MeterTask.Entry = .syscall
  ) -> Condition {
    let number = entry == .int80 ? MeterTask.getppid32 : MeterTask.getppid
    return Condition(id, MeterTask(uncalibrated, rax: number, under: filters, entry: entry), .succeeds)
  }
}
