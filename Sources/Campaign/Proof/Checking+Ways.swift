import ClassicBPF
import Generation
import Prediction
import Probing
import Proving
import SeccompModel

/// What is known of the ways through a filter before its calls are made.
struct Ways {
  typealias Edge = FilterCoverage.Edge

  /// Sides of conditional jumps that a call in ``Checking/calls`` takes.
  var feasible: Set<Edge> = []
  /// That no call on x86 takes.
  var impossible: Set<Edge> = []
  /// That only calls take which cannot be made here.
  var beyond: Set<Edge> = []
  /// One input for each way; nil where there are too many.
  var paths: PathSearch.Result?
}

extension Workbench {
  /// What the probe's calls can show to a filter.
  var reach: [FilterEquivalence.Reach] {
    let pointers = probe.instructionPointers
    let native = FilterEquivalence.Reach(
      architecture: AuditToken.x86_64, instructionPointer: pointers.syscall,
      hiddenNumbers: hiddenNumbers.sorted())
    let compat = FilterEquivalence.Reach(
      architecture: AuditToken.i386, instructionPointer: pointers.int80)
    return features[.ia32Emulation] ? [native, compat] : [native]
  }
}

extension Checking {
  /// Adds a call for each way through the filter; where there are too many for that, one for each side of a conditional
  /// jump that the calls so far leave out. What no call takes is proved so.
  mutating func takeEveryWay(
    _ prepared: PreparedFilter, _ explored: FilterPaths
  ) throws(FilterRejection) {
    let (filter, reach) = (prepared.filter, workbench.reach)
    let paths = try PathSearch(reach: reach, limits: Self.limits).run(filter)
    if paths.isComplete {
      calls += paths.inputs.compactMap(call)
      ways.paths = paths
    }
    var planned = FilterCoverage(of: filter)
    calls.withUnsafeBufferPointer { mark($0, prepared, in: &planned) }
    ways.impossible = Set(explored.unreachableEdges)
    let left = planned.untaken.filter { !ways.impossible.contains($0) }
    let here = try EdgeSearch(reach: reach, limits: Self.limits).decide(left, in: filter)
    var elsewhere: [Ways.Edge] = []
    for (edge, answer) in zip(left, here) {
      switch answer {
      case .taken(let input):
        ways.feasible.insert(edge)
        call(input).map { calls.append($0) }
      case .impossible: elsewhere.append(edge)
      case .unknown: break
      }
    }
    let anywhere = try EdgeSearch(reach: FilterEquivalence.Reach.x86, limits: Self.limits)
      .decide(elsewhere, in: filter)
    for (edge, answer) in zip(elsewhere, anywhere) {
      switch answer {
      case .taken: ways.beyond.insert(edge)
      case .impossible: ways.impossible.insert(edge)
      case .unknown: break
      }
    }
    ways.feasible.formUnion(filter.edges.filter(planned.contains))
  }

  /// The call that shows an input within the probe's reach.
  private func call(_ input: SeccompData) -> Call? {
    var input = input
    // The probe calls from the one place that was asked for.
    input.instructionPointer = 0
    return CallGenerator.call(from: input)
  }

  /// Notes what runs for calls; those that the kernel shows to no filter run nothing.
  func mark(
    _ calls: UnsafeBufferPointer<Call>, _ prepared: PreparedFilter, in coverage: inout FilterCoverage
  ) {
    let pointers = workbench.probe.instructionPointers
    let hidden = workbench.hiddenNumbers
    let shown = calls.filter { $0.entryPath != .syscall || !hidden.contains($0.number) }
    shown.withUnsafeBufferPointer {
      prepared.evaluator.mark($0, instructionPointers: pointers, in: &coverage)
    }
  }

  /// What became of the sides of conditional jumps, over the calls made.
  func edgeCoverage(_ filter: Filter, _ coverage: FilterCoverage) -> CheckReport.Edges {
    let all = filter.edges
    let taken = Set(all.filter(coverage.contains))
    let lines = Disassembler(filter).lines
    let missed = ways.feasible.subtracting(taken).sorted {
      ($0.programCounter, $0.taken ? 1 : 0) < ($1.programCounter, $1.taken ? 1 : 0)
    }
    return CheckReport.Edges(
      feasible: ways.feasible.union(taken).count, taken: taken.count, impossible: ways.impossible.count,
      beyond: ways.beyond.count,
      open: all.count - ways.feasible.union(taken).union(ways.impossible).union(ways.beyond).count,
      missed: missed.map { "\(lines[$0.programCounter]), \($0.taken ? "taken" : "not taken")" },
      paths: filter.pathCount, pathsTaken: ways.paths?.inputs.count,
      pathsImpossible: ways.paths?.impossible, pathsOpen: ways.paths?.undecided)
  }

  /// Where a run contradicts a proof: what no call does was seen to be done. One of the two is wrong, and it is ours.
  var contradictions: [CheckReport.DifferenceGroup] {
    guard let prepared, let coverage, let paths else { return [] }
    let filter = prepared.filter
    let lines = Disassembler(filter).lines
    let edges = filter.edges.filter { coverage.contains($0) && ways.impossible.contains($0) }
    let instructions = Set(paths.unreachable).filter { coverage.contains($0) }.sorted()
    let found =
      instructions.map { "\(lines[$0]), run" }
      + edges.map { "\(lines[$0.programCounter]), \($0.taken ? "taken" : "not taken")" }
    guard let first = found.first else { return [] }
    return [
      CheckReport.DifferenceGroup(
        kind: "a call did what no call does by the proof: a bug of crosscheck", call: "the whole filter",
        witness: first, count: found.count)
    ]
  }

  /// What was not exercised, with the reason.
  var edgesLeftOut: [String] {
    guard let prepared, let coverage else { return [] }
    let edges = edgeCoverage(prepared.filter, coverage)
    var words: [String] = []
    if edges.beyond > 0 {
      words.append(
        "\(edges.beyond) sides of jumps: taken only by calls that cannot be made here (numbers that this kernel shows "
          + "to no filter, other addresses, or int $0x80 where there is none)")
    }
    if edges.open > 0 {
      words.append("\(edges.open) sides of jumps: the solver did not tell whether some call takes them")
    }
    if let open = edges.pathsOpen, open > 0 {
      words.append("\(WayCount.words(open)) paths: the solver did not tell whether some call goes them")
    }
    return words
  }
}
