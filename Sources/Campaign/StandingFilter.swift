package import ClassicBPF
import Compilation
package import Generation
import Prediction
import Probing
package import SeccompModel

/// One filter that stays on, tagged, while batch after batch is drawn, predicted, made and compared: what a campaign
/// does with a case, without compiling and installing anew.
package struct StandingFilter {
  private let workbench: Workbench
  private var prepared: PreparedFilter
  private let returns: Workbench.TaggedReturns
  private let generator: CallGenerator

  package var filter: Filter { prepared.filter }

  /// Compiles and installs. Nil when no filter came of it, or one that cannot be tagged.
  package init?(_ layer: Layer, on workbench: Workbench) throws {
    guard case .compiled(let compiled) = try workbench.compile(layer) else { return nil }
    let prepared = try PreparedFilter(layer, compiled)
    var tally = Tally()
    var differences = DifferenceList(limit: 1)
    let returns = try workbench.installTagged(
      prepared, layer: 0, tally: &tally, differences: &differences)
    guard let returns else { return nil }
    self.prepared = prepared
    self.returns = returns
    self.workbench = workbench
    generator = CallGenerator(filter: compiled.filter, profile: layer.profile)
  }

  /// Draws `count` calls, lets `change` change them, predicts them by filter and policy, makes them and compares.
  package mutating func ask(
    count: Int, random: inout RandomSource, change: (UnsafeMutableBufferPointer<Call>) -> Void = { _ in }
  ) throws -> Tally {
    let batch = UnsafeMutableBufferPointer(rebasing: workbench.probe.calls[..<count])
    generator.fill(batch, using: &random)
    change(batch)
    var tally = Tally()
    var differences = DifferenceList(limit: 1)
    workbench.comparePolicy(&prepared, layer: 0, count: count, tally: &tally, differences: &differences)
    try workbench.compareTagged(returns, layer: 0, count: count, tally: &tally, differences: &differences)
    return tally
  }
}
