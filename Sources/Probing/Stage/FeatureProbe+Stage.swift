import ClassicBPF
package import Prediction
import Scripts
import SeccompModel

// What takes more than one thread, or an entry that the probe does not have, to find out.
extension FeatureProbe {
  /// Probes this kernel with a stage's help: everything that ``KernelFeatures`` tells.
  package static func detect(
    on stage: Stage, _ options: Probe.Options = .init()
  ) throws(ProbeError) -> KernelFeatures {
    var features = try detect(options)
    // getcpu of the vsyscall page, which faults where the page is not emulated.
    let vsyscall = Step(0, .call(ScriptCall(.vsyscall, rax: 309)))
    features[.vsyscallPage] = try stage.play(Script(steps: [vsyscall])).first?.result == .returned(0)
    // An action that no kernel knows, seen by a second thread.
    let unknown = Filter([
      .load(.number), .jump(equal: 39, then: 0, otherwise: 1), .return(0x1000_0000), .return(.allow),
    ])
    let outcomes = try stage.play(
      Script(
        filters: [unknown],
        steps: [
          Step(0, .call(.setNoNewPrivileges)), Step(0, .spawn(1, .thread)), Step(1, .call(.install(0))),
          Step(1, .call(.getpid)),
        ]))
    features[.unknownKillsProcess] = outcomes.last?.result != .ended(.thread)
    return features
  }
}

extension FeatureProbe {
  /// Whether a script's first actor may install a filter without no_new_privs: whether it has CAP_SYS_ADMIN.
  package static func isPrivileged(on stage: Stage) throws(ProbeError) -> Bool {
    let outcomes = try stage.play(
      Script(filters: [Filter([.return(.allow)])], steps: [Step(0, .call(.install(0)))]))
    return outcomes.first?.result == .returned(0)
  }
}
