import ClassicBPF
import Prediction
import Scripts
import SeccompModel

/// The model of Linux 6.18 with everything that distributions configure.
func model(_ change: (inout KernelRules) -> Void = { _ in }, isPrivileged: Bool = true) -> ScriptModel {
  var rules = KernelRules.linux
  change(&rules)
  return ScriptModel(
    features: .assumed(version: KernelVersion(6, 18)), rules: rules, isPrivileged: isPrivileged)
}

/// A filter that answers `action` to one number, and ALLOW to all others.
func only(_ number: UInt32, _ action: Action) -> Filter {
  Filter([
    .load(.number), .jump(equal: number, then: 0, otherwise: 1), .return(action), .return(.allow),
  ])
}

func call(_ call: ScriptCall, by actor: Int = 0) -> Step { Step(actor, .call(call)) }

/// `prctl(PR_SET_NO_NEW_PRIVS)` and installations of the filters, the first one first.
func installed(_ count: Int, by actor: Int = 0) -> [Step] {
  [call(.setNoNewPrivileges, by: actor)] + (0..<count).map { call(.install($0), by: actor) }
}

extension StepPrediction {
  static func returns(_ value: Int64) -> StepPrediction { .exactly(.returned(value)) }
  static let killed = StepPrediction.exactly(.ended(.signalled(31, core: false)))
  static let killedStrictly = StepPrediction.exactly(.ended(.signalled(9, core: false)))
  static let notTaken = StepPrediction.exactly(.notTaken)
  static let threadEnded = StepPrediction.exactly(.ended(.thread))
  static func status(_ mode: Int, _ filters: Int, _ noNewPrivileges: Bool) -> StepPrediction {
    .exactly(.status(.init(mode: mode, filters: filters, noNewPrivileges: noNewPrivileges)))
  }
}
