package import ClassicBPF
package import SeccompModel

/// The ways through a filter, from its first instruction to a return: an input for each that some input goes, and a proof
/// for the others that none does.
package struct PathSearch: Sendable {
  package struct Result: Sendable {
    /// One for each way that some input goes; each was run and went it.
    package var inputs: [SeccompData] = []
    /// Ways that no input goes: proved.
    package var impossible = 0.0
    /// Ways that the solver did not tell of.
    package var undecided = 0.0
    /// Whether these are all. Otherwise there are more than the limit, and the search was given up.
    package var isComplete = true
  }

  /// Inputs that count.
  package var reach: [FilterEquivalence.Reach]
  package var limits: ProofLimits
  /// Ways that are gone at most.
  package var limit: Int

  package init(reach: [FilterEquivalence.Reach], limits: ProofLimits = ProofLimits(), limit: Int = 5000) {
    self.reach = reach
    self.limits = limits
    self.limit = limit
  }

  package func run(_ filter: Filter) throws(FilterRejection) -> Result {
    try filter.check()
    var walk = PathWalk(filter, reach, limits)
    walk.run(limit: limit)
    return walk.result
  }
}

/// One walk, depth first: the conditions of the way so far stand in the solver, and an input that goes it is known, so that
/// only the other side of each jump is a question.
private struct PathWalk {
  private enum Work {
    /// A way goes on here, where this input goes.
    case visit(Int, MachineTerm, Guide)
    /// It may go on here, if the condition can hold; with an input where that is known.
    case enter(Formula, Int, MachineTerm, Guide?)
    /// The end of what stands under a condition.
    case leave
  }

  /// An input and what it runs.
  private final class Guide {
    let input: SeccompData
    let way: FilterCoverage

    init(_ input: SeccompData, in filter: Filter) {
      self.input = input
      var way = FilterCoverage(of: filter)
      way.mark(input, in: filter)
      self.way = way
    }
  }

  private let filter: Filter
  private let counts: [Double]
  private let context = Z3Context()
  private let data: DataTerms
  private let solver: Z3Solver
  private var work: [Work] = []
  private(set) var result = PathSearch.Result()

  init(_ filter: Filter, _ reach: [FilterEquivalence.Reach], _ limits: ProofLimits) {
    self.filter = filter
    counts = filter.pathCounts
    data = DataTerms(context)
    solver = Z3Solver(context, limits)
    let (context, data) = (context, data)
    solver.require(context.any(reach.map { data.isWithin($0, in: context) }))
    work = [.enter(context.yes, 0, MachineTerm(context), nil)]
  }

  mutating func run(limit: Int) {
    while let next = work.popLast() {
      switch next {
      case .leave: solver.pop()
      case .visit(let pc, let machine, let guide):
        // An input goes on here, so that there is a further way.
        guard result.inputs.count < limit else {
          result.isComplete = false
          return
        }
        visit(pc, machine, guide)
      case .enter(let condition, let pc, let machine, let guide):
        enter(condition, pc, machine, guide)
      }
    }
  }

  /// - Parameter pc: with as many added as the filter has, for the 0 that the division there returns.
  private mutating func enter(_ condition: Formula, _ pc: Int, _ machine: MachineTerm, _ known: Guide?) {
    let ways = pc < filter.count ? counts[pc] : 1
    if condition == context.no {
      result.impossible += ways
      return
    }
    solver.push()
    solver.require(condition)
    var guide = known
    if guide == nil {
      switch solver.input(data) {
      case .none: result.impossible += ways
      case .unknown: result.undecided += ways
      case .some(let input): guide = Guide(input, in: filter)
      }
    }
    guard let guide else { return solver.pop() }
    work.append(.leave)
    work.append(.visit(pc, machine, guide))
  }

  private mutating func visit(_ start: Int, _ begin: MachineTerm, _ guide: Guide) {
    var (pc, machine) = (start, begin)
    while pc < filter.count, let opcode = filter.instructions[pc].opcode, !opcode.isReturn {
      let instruction = filter.instructions[pc]
      // The input was to go here; what it does is the evaluator's word.
      guard guide.way.contains(pc) else {
        result.undecided += counts[pc]
        return
      }
      if opcode == .jump {
        pc += 1 + Int(instruction.k)
      } else if opcode.isConditionalJump {
        let condition = machine.isTaken(instruction, opcode, in: context)
        let targets = [pc + 1 + Int(instruction.jumpTrue), pc + 1 + Int(instruction.jumpFalse)]
        let isTaken = guide.way.contains(FilterCoverage.Edge(programCounter: pc, taken: true))
        return split(condition, isTaken, targets, machine, guide)
      } else {
        if opcode == .divideX {
          let isZero = context.equal(machine.x, context.number(0))
          var next = machine
          next.run(instruction, opcode, over: data, in: context)
          return split(isZero, !guide.way.contains(pc + 1), [filter.count + pc, pc + 1], next, guide)
        }
        machine.run(instruction, opcode, over: data, in: context)
        pc += 1
      }
    }
    let division = pc - filter.count
    guard division < 0 ? guide.way.contains(pc) : guide.way.ends(at: division) else {
      result.undecided += 1
      return
    }
    result.inputs.append(guide.input)
  }

  /// Two ways on; the input goes one of them.
  private mutating func split(
    _ condition: Formula, _ holds: Bool, _ targets: [Int], _ machine: MachineTerm, _ guide: Guide
  ) {
    work.append(.enter(context.not(condition), targets[1], machine, holds ? nil : guide))
    work.append(.enter(condition, targets[0], machine, holds ? guide : nil))
  }
}

extension FilterCoverage {
  /// Whether, of one input, the last instruction is this, which neither jumps nor returns.
  func ends(at pc: Int) -> Bool { contains(pc) && !contains(pc + 1) }
}

extension Filter {
  /// How many ways there are from each instruction to a return, whether some input goes them or not.
  fileprivate var pathCounts: [Double] {
    var counts = [Double](repeating: 0, count: count)
    for pc in instructions.indices.reversed() {
      guard let opcode = instructions[pc].opcode else { continue }
      let next = { (distance: Int) in pc + 1 + distance < count ? counts[pc + 1 + distance] : 0 }
      if opcode.isReturn {
        counts[pc] = 1
      } else if opcode.isConditionalJump {
        counts[pc] = next(Int(instructions[pc].jumpTrue)) + next(Int(instructions[pc].jumpFalse))
      } else {
        // A division by X = 0 returns.
        counts[pc] = next(opcode == .jump ? Int(instructions[pc].k) : 0) + (opcode == .divideX ? 1 : 0)
      }
    }
    return counts
  }

  /// How many ways there are from the first instruction to a return, whether some input goes them or not.
  package var pathCount: Double { pathCounts.first ?? 0 }
}
