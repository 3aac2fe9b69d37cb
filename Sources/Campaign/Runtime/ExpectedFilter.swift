import ClassicBPF
import Compilation
import Generation
import Prediction
import Profiles
import SeccompModel

/// The filter that a runtime should install for a profile, if it reads the text as its dialect says and if libseccomp
/// compiles as it does here.
struct ExpectedFilter {
  var translation: RuntimeReading.Translation
  /// The rules as the runtime hands them over, with libseccomp's answers.
  var layer: Layer
  var compiled: CompiledFilter
  /// libseccomp's program behind the runtime's prologue.
  var program: Filter
  /// The policy that the runtime enforces, read from the rules and never from a program.
  var oracle: PolicyOracle

  /// libseccomp's answers to rules that the runtime does not go on with.
  var refusedRules: [(rule: Rule, errno: Int32)] {
    zip(translation.rules, compiled.ruleStatuses).compactMap { rule, status in
      guard case .refused(let errno) = status else { return nil }
      return (rule, errno)
    }
  }

  enum Outcome {
    case filter(ExpectedFilter)
    /// libseccomp gives no program: neither will the runtime's.
    case failure(CompilationResult)
  }

  static func compile(
    _ translation: RuntimeReading.Translation, on workbench: Workbench
  ) throws -> Outcome {
    var layer = Layer(profile: Profile(translation))
    if let level = translation.optimizeLevel { layer.settings.optimizeLevel = Int(level) }
    let result = try workbench.compile(layer)
    guard case .compiled(let compiled) = result else { return .failure(result) }
    let refused = compiled.ruleStatuses.indices.filter { compiled.ruleStatuses[$0] != .added }
    return .filter(
      ExpectedFilter(
        translation: translation, layer: layer, compiled: compiled,
        program: translation.stub?.filter(before: compiled.filter) ?? compiled.filter,
        oracle: PolicyOracle(translation, refusedRules: Set(refused))))
  }
}

extension Profile {
  /// A profile whose rules are those of a translation, one by one.
  init(_ translation: RuntimeReading.Translation) {
    self.init(
      defaultAction: translation.defaultAction, architectures: translation.architectures,
      entries: translation.rules.map {
        Entry(names: [$0.name], action: $0.action, conditions: $0.conditions)
      })
  }
}
