package import ClassicBPF

/// One question about programs as such: what the kernel loads, and what it answers to calls under what it loaded. The
/// same seed and number give the same case on any machine.
package struct RawFilterCase: Hashable, Sendable {
  package var number: UInt64
  package var shape: Shape
  /// Programs to load one by one, without making calls; many are to be refused.
  package var trials: [Filter]
  /// Filters to install together and make calls under, oldest first.
  package var stack: [Filter]
  /// Whether the calls are made under the filters as they are too, killed processes included.
  package var realVerdicts: Bool

  package init(
    number: UInt64, shape: Shape, trials: [Filter] = [], stack: [Filter] = [], realVerdicts: Bool = true
  ) {
    self.number = number
    self.shape = shape
    self.trials = trials
    self.stack = stack
    self.realVerdicts = realVerdicts
  }

  /// How the case came about.
  package enum Shape: String, Hashable, Sendable, CaseIterable {
    /// A random graph of jumps over loaded words.
    case graph
    /// Long chains of arithmetic on loaded words, most of them returned.
    case arithmetic
    /// A list of tests of the number, as compilers write it.
    case dispatch
    /// A program of another shape, or a sample, with one small fault that it can be loaded with.
    case mutated
    /// Several filters at once.
    case stacked
    /// Hundreds to thousands of instructions.
    case long
    /// A stack whose total length stands at the kernel's limit.
    case chain
    /// Loaded only: a sound program with something broken.
    case broken
    /// Loaded only: programs at the edges of every check.
    case edges
    /// Loaded only: the next of all 65536 codes.
    case codes
  }
}

extension RawFilterCase {
  /// Which block of ``InstructionCodes`` a case of shape `codes` tries.
  package var codeBlock: Int {
    Int(number / RawFilterGenerator.period % UInt64(InstructionCodes.blockCount))
  }
}
