package import Scripts

/// Linux seccomp as a state machine: for each step of a script, what becomes of it.
///
/// The state is what the kernel keeps: for each thread its chain of filters, mode, no_new_privs and signal dispositions; for
/// each process its threads; listeners and their notifications; tracers. It is written from seccomp(2), ptrace(2) and
/// kernel/seccomp.c as of 6.18; what kernels differ in is in ``KernelFeatures``, and every number and choice that the rules
/// make is in ``KernelRules``.
package struct ScriptModel: Sendable {
  package var features: KernelFeatures
  package var rules: KernelRules
  /// Whether the first actor has CAP_SYS_ADMIN in the initial user namespace.
  package var isPrivileged: Bool

  package init(features: KernelFeatures, rules: KernelRules = .linux, isPrivileged: Bool) {
    self.features = features
    self.rules = rules
    self.isPrivileged = isPrivileged
  }

  /// One prediction for each step. Once a step may have done what the model cannot follow, all later ones are open.
  package func predict(_ script: Script) -> [StepPrediction] {
    var run = ScriptRun(self, script)
    return script.steps.map { run.take($0) }
  }
}
