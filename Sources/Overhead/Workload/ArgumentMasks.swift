package import ClassicBPF
internal import CLinux
import SeccompModel

/// Which halves of arguments a counting keeps, for each number: those that tell apart calls which filters may answer, or
/// take time over, differently.
package struct ArgumentMasks: Hashable, Sendable {
  /// Two bits for each argument, by row of ``clinux_counter.h``.
  private(set) var rows = [UInt16](repeating: 0, count: Int(CLINUX_COUNTER_ROWS))
  /// Whether some filter looks at the instruction pointer for some number; a workload does not have that.
  package private(set) var missesInstructionPointer = false

  /// Keeps nothing: calls are counted by their numbers alone.
  package static let none = ArgumentMasks()

  private init() {}

  /// Keeps what the answers of `filters`, a stack in any order, can depend on; throws what the checker says against one of
  /// them.
  package init(_ filters: [Filter]) throws(FilterRejection) {
    for filter in filters {
      var walk = try DecisionWords(filter)
      for (index, abi) in CallABI.allCases.enumerated() {
        for number in 0...UInt32(CLINUX_COUNTER_NUMBERS) {
          // The last row stands for all numbers that are too high to be any kernel's.
          let isRest = number == UInt32(CLINUX_COUNTER_NUMBERS)
          let words = walk.words(
            number: isRest ? nil : number | abi.table.numberBits, architecture: abi.auditToken)
          if words.isEmpty { continue }
          rows[Int(clinux_counter_row(UInt32(index), number))] |= words.rawValue >> 4
          if !words.isDisjoint(with: .instructionPointer), !isRest { missesInstructionPointer = true }
        }
      }
    }
  }

  /// What is kept of the arguments of a call.
  package func words(_ abi: CallABI, _ number: UInt32) -> DataWordSet {
    let index = UInt32(CallABI.allCases.firstIndex(of: abi) ?? 0)
    return DataWordSet(rawValue: rows[Int(clinux_counter_row(index, number ^ abi.table.numberBits))] << 4)
  }
}
