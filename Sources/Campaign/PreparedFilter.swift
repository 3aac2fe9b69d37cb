package import ClassicBPF
package import Compilation
import Generation
package import Prediction
import Profiles
import SeccompModel

/// A compiled layer with the parties that answer for it: the interpreter, and the policy of the rules that the library
/// took.
///
/// A rule that the library refused is no part of the policy: the caller was told. That the profile asks for it all
/// the same is reported apart.
package struct PreparedFilter {
  package let layer: Layer
  /// The filter whose answers are predicted.
  package let filter: Filter
  package var evaluator: FilterEvaluator
  package let oracle: PolicyOracle
  /// The indices in the profile's rules that the oracle's rule indices stand for.
  package let acceptedRules: [Int]

  /// Throws what the kernel's checker would say against the program.
  package init(_ layer: Layer, _ compiled: CompiledFilter) throws(FilterRejection) {
    self.layer = layer
    filter = compiled.filter
    evaluator = try FilterEvaluator(compiled.filter)
    let rules = layer.profile.rules
    acceptedRules = compiled.ruleStatuses.indices.filter { compiled.ruleStatuses[$0] == .added }
    let listed = layer.architectures
    let present = listed.indices.filter {
      $0 < compiled.architectureStatuses.count && compiled.architectureStatuses[$0] == .present
    }
    // An attribute that the library refuses keeps its default; the caller was told.
    let takesBadArchitectureAction = !compiled.refusedAttributes.contains {
      $0.attribute == .badArchitectureAction
    }
    oracle = PolicyOracle(
      rules: acceptedRules.map { rules[$0] }, defaultAction: layer.profile.defaultAction,
      architectures: present.map { listed[$0] },
      badArchitectureAction: takesBadArchitectureAction ? layer.settings.badArchitectureAction : .killThread)
  }

  /// A filter that somebody else made of the layer, held against `oracle`.
  init(_ layer: Layer, installed filter: Filter, oracle: PolicyOracle) throws(FilterRejection) {
    self.layer = layer
    self.filter = filter
    self.oracle = oracle
    evaluator = try FilterEvaluator(filter)
    acceptedRules = Array(layer.profile.rules.indices)
  }
}
