package import ClassicBPF
package import SeccompModel

/// Programs that show something wrong, alone or with a call.
package struct MinimizableFilters: Minimizable {
  /// The stack, oldest first.
  package var filters: [Filter]
  /// The witness; nil when loading alone shows the fault.
  package var call: Call?

  package init(filters: [Filter], call: Call?) {
    self.filters = filters
    self.call = call
  }

  package var calledName: String? { nil }

  package static var passes: [Minimizer.Pass<MinimizableFilters>] {
    Minimizer.programPasses + Minimizer.instructionPasses + Minimizer.callPasses()
  }

  package var size: CaseSize {
    var ranks: UInt64 = 0
    var distances: UInt64 = 0
    var weights: UInt64 = 0
    for filter in filters {
      for instruction in filter.instructions {
        ranks += PlainInstructions.rank(instruction.opcode)
        distances += UInt64(instruction.jumpTrue) + UInt64(instruction.jumpFalse)
        weights += PlainInstructions.weight(instruction)
      }
    }
    return CaseSize(
      components: [
        UInt64(filters.count), UInt64(filters.reduce(0) { $0 + $1.count }), ranks, distances, weights,
      ] + CaseSize.components(of: call))
  }

  /// The place of instruction `index`, counted through all filters.
  func place(_ index: Int) -> (filter: Int, pc: Int)? {
    var rest = index
    for (number, filter) in filters.enumerated() {
      if rest < filter.count { return (number, rest) }
      rest -= filter.count
    }
    return nil
  }
}

/// Which instructions a reader has the least to do with.
enum PlainInstructions {
  private static let order: [Opcode] = [
    .returnK, .loadImmediate, .loadAbsolute, .jump, .returnA, .jumpEqualK, .loadLength, .loadXImmediate,
    .copyAToX,
    .copyXToA,
  ]

  static func rank(_ opcode: Opcode?) -> UInt64 {
    guard let opcode else { return 100 }
    return UInt64(order.firstIndex(of: opcode) ?? order.count)
  }

  /// ERRNO(1) and ALLOW are the plainest returns, small constants plainer than large ones.
  static func weight(_ instruction: Instruction) -> UInt64 {
    guard instruction.opcode == .returnK else { return UInt64(instruction.k) }
    return CaseSize.rank(rule: Verdict(rawValue: instruction.k).action)
  }
}
