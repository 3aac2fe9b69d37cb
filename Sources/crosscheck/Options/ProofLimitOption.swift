import ArgumentParser
import Campaign
import Generation
import Proving

/// How long a proof may take.
struct ProofLimitOption: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "For one question to the solver, by the clock; what takes longer is not proved.", valueName: "seconds"))
  var limit = 60.0

  init() {}

  func validate() throws {
    if !(limit > 0 && limit <= 86_400) {
      throw ValidationError("--limit is a number of seconds above 0, at most 86400, found \(limit)")
    }
  }

  func options(_ settings: FilterSettings, _ machine: MachineOptions) -> ProofOptions {
    var options = ProofOptions()
    options.settings = settings
    options.workbench = machine.workbench
    options.limits = ProofLimits(seconds: limit)
    return options
  }
}
