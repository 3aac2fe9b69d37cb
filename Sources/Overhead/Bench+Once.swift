import Foundation
import Probing

// What is measured beside the rounds.
extension Bench {
  /// How long single calls take, of the conditions that `refused` does not name.
  func distributions(without refused: Set<String>) -> ([Distribution], skips: [String]) {
    let plan = Plan.standard(otherProcessor: otherProcessor).without(refused)
    let titles = [
      "loop": "the clock alone", "no filter": "no filter", "cached": "answered by the cache",
      "402 instructions": "402 instructions", "ERRNO": "ERRNO",
      "TRAP, and the handler's return": "TRAP",
      "NOTIFY, answered on the same processor": "NOTIFY",
    ]
    let items = plan.conditions.compactMap { condition in
      titles[condition.id].map { (name: $0, item: (title: $0, condition: condition)) }
    }
    return OncePart(name: "distributions", items: items).measured(until: interruption) {
      try distribution($0.title, of: $0.condition)
    }
  }

  private func distribution(_ title: String, of condition: Condition) throws -> Distribution {
    let isQuick = options.seconds < 60
    let (processes, calls) = isQuick ? (3, 10_000) : (20, 20_000)
    var task = condition.task
    // A notification is two switches: fewer of them.
    task.subject = .latencies(task.listener == nil ? calls : calls / 10)
    let rate = TickRate()
    var readings: [[UInt32]] = []
    for _ in 0..<processes {
      try interruption.check()
      let reading = try meter.run(task)
      if let complaint = condition.complaint(reading, calls: task.subject.calls) {
        throw OverheadError.unexpected(condition: condition.id, complaint)
      }
      readings.append(reading.latencies)
    }
    var histogram = LatencyHistogram()
    let nanoseconds = try rate.measured()
    for reading in readings { histogram.record(ticks: reading, nanosecondsPerTick: nanoseconds) }
    return histogram.distribution(title)
  }

  /// Kernel memory a filter, from what the whole machine uses with many of them and without.
  func memory() -> ([MemoryResult], skips: [String]) {
    guard KernelMemory.used() != nil else {
      return ([], ["memory: /proc/meminfo does not tell the kernel's"])
    }
    let items = [2, 102, 1002, 4002].map { (name: "a filter of \($0) instructions", item: $0) }
    return OncePart(name: "memory", items: items).measured(until: interruption, by: memory)
  }

  private func memory(of length: Int) throws -> MemoryResult {
    // A process holds at most 32768 instructions as the kernel translates them, each filter counted with four more
    // (MAX_INSNS_PER_PATH); a translation is little longer.
    let count = min(1000, 24_000 / (length + 12))
    let filter = SyntheticFilters.length(length)
    let task = MeterTask(.hold, rax: MeterTask.getppid, under: Array(repeating: filter, count: count))
    var bytes: [Double] = []
    for _ in 0..<7 {
      try interruption.check()
      let before = KernelMemory.settled() ?? 0
      var during = before
      _ = try meter.run(task) { during = KernelMemory.settled() ?? before }
      bytes.append(Double(during - before) / Double(count))
    }
    return MemoryResult(instructions: length, filters: count, bytes: FiveNumbers(bytes))
  }

  /// Instructions and cycles for a call, where the machine counts them; else why not.
  func counts() -> ([CountResult], skips: [String]) {
    for counter in [Meter.Counter.instructions, .cycles] {
      let obstacle = Meter.obstacle(to: counter)
      guard obstacle == 0 else {
        return (
          [],
          ["\(counter) were not counted: perf_event_open(2) says \(String(cString: strerror(obstacle)))"]
        )
      }
    }
    let conditions = Plan.base().conditions.filter { !$0.id.hasSuffix("'") && $0.task.entry != .none }
    return OncePart(name: "counts", items: conditions.map { (name: $0.id, item: $0) })
      .measured(until: interruption) { condition in
        CountResult(
          condition: condition.id, instructions: try perCall(.instructions, condition),
          cycles: try perCall(.cycles, condition))
      }
  }

  /// A count for one call: of two processes that differ in the number of calls only.
  private func perCall(_ counter: Meter.Counter, _ condition: Condition) throws -> Double? {
    var task = condition.task
    let counts = try [1, 5].map { blocks in
      try interruption.check()
      task.subject = .calls(perBlock: 20_000, blocks: blocks)
      return try meter.run(task, counting: counter).count
    }
    guard let few = counts[0], let many = counts[1] else { return nil }
    return (Double(many) - Double(few)) / 80_000
  }
}

/// What the kernel uses for itself.
enum KernelMemory {
  /// The same, when it has come to rest: filters are given back some time after their last process has ended.
  static func settled() -> Int? {
    var last = used()
    var equal = 0
    for _ in 0..<200 where equal < 8 {
      usleep(5000)
      let now = used()
      equal = now == last ? equal + 1 : 0
      last = now
    }
    return last
  }

  /// Bytes: vmalloc areas, slabs that cannot be given back, per-processor areas (proc_meminfo(5)).
  static func used() -> Int? {
    guard let text = try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8) else { return nil }
    let names = ["VmallocUsed:", "SUnreclaim:", "Percpu:"]
    let lines = text.split(separator: "\n").map { $0.split(separator: " ") }
    let kilobytes = names.compactMap { name in
      lines.first { $0.first.map(String.init) == name }.flatMap { $0.count > 1 ? Int($0[1]) : nil }
    }
    return kilobytes.count == names.count ? 1024 * kilobytes.reduce(0, +) : nil
  }
}
