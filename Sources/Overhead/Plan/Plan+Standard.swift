import Probing
import SeccompModel

extension Plan {
  /// What the machine's filters cost in general: the figures of `crosscheck bench` without a profile.
  ///
  /// - Parameter otherProcessor: where a listener that shares no processor with the caller runs, if there is one.
  package static func standard(otherProcessor: Int?) -> Plan {
    var plan = Plan.base()
    plan.addStacks()
    plan.addLengths()
    plan.addPositions()
    plan.addArguments()
    plan.addEntries()
    plan.addRelations()
    plan.addDenials(otherProcessor: otherProcessor)
    plan.addInstallations()
    return plan
  }

  /// What all others are held against: no filter, a filter that is never run, the shortest that is.
  package static func base() -> Plan {
    var plan = Plan()
    plan.time(Condition("loop", MeterTask(uncalibrated, rax: 0, entry: .none), .none))
    plan.control(allowed("no filter"))
    plan.control(allowed("cached", under: [SyntheticFilters.allowAll]))
    plan.control(allowed("1 filter", under: [SyntheticFilters.length(2)]))
    plan.time(allowed("2 filters", under: [SyntheticFilters.length(2), SyntheticFilters.length(2)]))
    plan.add(
      Figure(
        "native", "getppid without a filter", .entry, ["no filter": 1, "loop": -1], isDifference: false))
    plan.add(
      Figure(
        "entry", "having a filter at all (answered by the cache)", .entry, ["cached": 1, "no filter": -1]))
    plan.add(
      Figure(
        "miss", "the shortest filter that is run, beside no filter", .entry,
        ["1 filter": 1, "no filter": -1]))
    plan.add(
      Figure(
        "run", "the shortest filter that is run, beside the cache", .entry,
        ["1 filter": 1, "cached": -1]))
    return plan
  }

  private mutating func addStacks() {
    var points: [(place: Double, condition: String)] = []
    for count in 1...8 {
      let id = count == 1 ? "1 filter" : "\(count) filters"
      time(Self.allowed(id, under: Array(repeating: SyntheticFilters.length(2), count: count)))
      points.append((Double(count), id))
      add(
        Figure(
          "stack.\(count)", "\(id) of 2 instructions, beside no filter", .stack, [id: 1, "no filter": -1],
          place: Double(count)))
    }
    add(
      Figure(
        "filter", "each further filter of a stack", .stack, Figure.slope(points), unit: "ns/filter"))
    time(Self.allowed("8 cached", under: Array(repeating: SyntheticFilters.allowAll, count: 8)))
    add(
      Figure(
        "stack.cached", "8 filters that the cache answers for, beside 1", .stack,
        ["8 cached": 1, "cached": -1]))
  }

  /// What stays in a processor's first-level instruction cache (32 KiB) as machine code of about 9 bytes each; the slope is
  /// that of these. The longer ones are shown beside it.
  package static let lengths = [2, 52, 102, 202, 402, 802, 1602]
  package static let longLengths = [3202, 4096]

  /// Instructions for the control of what can be resolved: 5 ns at 0.14 ns each. Equally many in every run and on every
  /// machine, so that runs can be compared.
  static let delay = 36

  private mutating func addLengths() {
    for length in Self.lengths + Self.longLengths {
      let id = length == 2 ? "1 filter" : "\(length) instructions"
      let condition = Self.allowed(id, under: [SyntheticFilters.length(length)])
      if length == 402 { control(condition) } else { time(condition) }
      add(
        Figure(
          "length.\(length)", "a filter of \(length) instructions, beside no filter", .length,
          [id: 1, "no filter": -1], place: Double(length)))
    }
    let points = Self.lengths.map {
      (place: Double($0), condition: $0 == 2 ? "1 filter" : "\($0) instructions")
    }
    add(
      Figure(
        "instruction", "each instruction that is run", .length, Figure.slope(points), unit: "ns/instruction"))
    time(Self.allowed("102 and a delay", under: [SyntheticFilters.length(102 + Self.delay)]))
    add(
      Figure(
        "delay", "\(Self.delay) further instructions, which take some nanoseconds", .control,
        ["102 and a delay": 1, "102 instructions": -1]))
  }

  private mutating func addPositions() {
    let size = 400
    for position in [0, 99, 199, 299, 399] {
      let id = "list, place \(position + 1) of \(size)"
      time(Self.allowed(id, under: [SyntheticFilters.list(of: size, number: 110, at: position)]))
      add(
        Figure(
          "list.\(position + 1)", "\(id), beside no filter", .position, [id: 1, "no filter": -1],
          place: Double(position + 1)))
    }
    time(Self.allowed("tree of \(size)", under: [SyntheticFilters.tree(of: size, number: 110, at: 199)]))
    add(
      Figure(
        "tree", "binary tree of \(size) numbers, beside no filter", .position,
        ["tree of \(size)": 1, "no filter": -1]))
    add(
      Figure(
        "list-tree", "list, at its middle, beside the tree", .position,
        ["list, place 200 of \(size)": 1, "tree of \(size)": -1]))
  }

  private mutating func addArguments() {
    var points: [(place: Double, condition: String)] = []
    for count in [0, 1, 2, 3, 4, 6] {
      let id = "\(count) arguments"
      time(Self.allowed(id, under: [SyntheticFilters.arguments(count)]))
      points.append((Double(count), id))
      add(
        Figure(
          "arguments.\(count)",
          "a rule on \(count) \(count == 1 ? "argument" : "arguments"), beside no filter", .arguments,
          [id: 1, "no filter": -1], place: Double(count)))
    }
    add(
      Figure(
        "argument", "each argument that a rule compares (64 bits)", .arguments, Figure.slope(points),
        unit: "ns/argument"))
  }

  private mutating func addEntries() {
    time(Self.allowed("int80, no filter", entry: .int80))
    time(Self.allowed("int80, cached", under: [SyntheticFilters.allowAll], entry: .int80))
    time(Self.allowed("int80, 1 filter", under: [SyntheticFilters.length(2)], entry: .int80))
    add(
      Figure(
        "int80.native", "getppid by int $0x80 without a filter", .entries,
        ["int80, no filter": 1, "loop": -1], isDifference: false))
    add(
      Figure(
        "int80.entry", "int $0x80: having a filter at all", .entries,
        ["int80, cached": 1, "int80, no filter": -1]))
    add(
      Figure(
        "int80.miss", "int $0x80: the shortest filter that is run, beside no filter", .entries,
        ["int80, 1 filter": 1, "int80, no filter": -1]))
    add(
      Figure(
        "int80-syscall", "int $0x80 beside syscall, without a filter", .entries,
        ["int80, no filter": 1, "no filter": -1]))
  }
}
