package import ClassicBPF

/// How much of each case about programs is asked.
package struct FilterEffort: Hashable, Sendable {
  /// Calls drawn for a stack.
  package var calls = 160
  /// Of how many cases one gets a witness of every path of its newest filter too, found by exploring the program; the
  /// instructions of the largest that is explored; and the inputs tried for what cannot be solved.
  package var witnessesEvery: UInt64 = 17
  package var exploredInstructions = 120
  package var exploredSamples = 300
  /// Killing verdicts really made for a stack.
  package var kills = 4
  /// Of how many cases one makes real calls under the TRACE shield too, and how many calls.
  package var traceShieldEvery: UInt64 = 37
  package var traceCalls = 24
  /// Of how many cases one makes its vacant calls without a shield.
  package var vacantEvery: UInt64 = 9
  /// Of how many cases one is compared with its uncacheable form, and of how many of these one by live calls too.
  package var cacheEvery: UInt64 = 101
  package var cacheLiveEvery: UInt64 = 4

  package init() {}
}

/// A fault that a test plants between us and the kernel, to see that it is noticed.
package struct PlantedFault: Sendable {
  /// What the kernel is given for a program.
  package var installed: @Sendable (Filter) -> Filter = { $0 }
  /// What stands for the checker's answer; nil for its own.
  package var accepts: @Sendable (Filter) -> Bool? = { _ in nil }

  package init() {}
}
