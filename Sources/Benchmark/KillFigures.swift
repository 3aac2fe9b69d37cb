import Campaign
import ClassicBPF
import Probing
import SeccompModel

/// What a verdict that kills costs.
struct KillFigures {
  let workbench: Workbench
  let bare: BareLoop
  let subject: Subject
  let rounds: Int

  private static let kills = 500
  private static let installations = 20

  func measure() throws -> [Figure] {
    let filter = try workbench.filter(of: subject.killing)
    guard let call = killedCall(filter) else {
      return [Figure("kills", missing: "the profile lets every number through")]
    }
    workbench.probe.calls.prefix(Self.kills).indices.forEach { workbench.probe.calls[$0] = call }
    var deaths = Samples()
    var kills = Samples()
    var withInstallation = Samples()
    var installations = Samples()
    for round in 0..<rounds {
      var installation = 0.0
      for turn in 0..<3 {
        switch (round + turn) % 3 {
        case 0:
          deaths.append(try bare.run(.deaths, count: Self.kills, memoryOf: workbench.probe) / 1000)
        case 1:
          installation = try nanoseconds { try workbench.probe.install([filter]) }
          let batch = try nanoseconds {
            let report = try workbench.probe.run(count: Self.kills)
            guard report.kills == Self.kills else {
              throw BareLoop.Failure(description: "\(report.kills) kids of \(Self.kills) were killed")
            }
          }
          kills.append(batch / Double(Self.kills) / 1000)
          withInstallation.append((batch + installation) / Double(Self.kills) / 1000)
        default:
          installations.append(
            try bare.run(.installations, count: Self.installations, memoryOf: workbench.probe) / 1000)
        }
      }
    }
    var cheaper = Figure(
      "fork + install + kill + wait, over the probe with its install", "us/kill", installations,
      over: withInstallation, target: .ratioAtLeast(8))
    if !workbench.probe.isSuspended { cheaper.name += " (fallback: no SUSPEND_SECCOMP)" }
    return [
      Figure("child dying by ud2 (CLONE_VM|CLONE_VFORK), no filter", "us/kill", deaths),
      Figure(
        "KILL_PROCESS by the probe, \(Self.kills) under one install", "us/kill", kills, over: deaths,
        target: .ratioAtMost(1.3)),
      Figure("the same, its install included", "us/kill", withInstallation),
      cheaper,
    ]
  }

  /// A native number that the filter kills for, whatever the arguments are.
  private func killedCall(_ filter: Filter) -> Call? {
    (0...470).lazy.map { Call(.syscall, rax: $0) }.first {
      filter.evaluate($0.seccompData()).kind == .killProcess
    }
  }
}
