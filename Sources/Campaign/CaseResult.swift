package import ClassicBPF
package import Compilation

/// What came of one case.
package struct CaseResult {
  package var tally = Tally()
  /// The first few differences of each kind.
  package var differences: [Difference] = []
  /// The stack, oldest first.
  package var layers: [Layer] = []
  /// The filters of the layers that compiled.
  package var filters: [Filter] = []
  /// What went wrong in compiling, if it did: the case ends there.
  package var compilerFailure: CompilerFailure?

  package init() {}
}

/// A compilation that gave no filter.
package struct CompilerFailure: Hashable, Sendable {
  package var layer: Int
  package var library: Int
  package var result: CompilationResult

  package init(layer: Int, library: Int, result: CompilationResult) {
    self.layer = layer
    self.library = library
    self.result = result
  }
}
