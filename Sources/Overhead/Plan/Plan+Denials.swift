import ClassicBPF
import Glibc
import Probing
import SeccompModel

extension Plan {
  mutating func addDenials(otherProcessor: Int?) {
    deny("ERRNO", .errno(SyntheticFilters.denial), .returns(-Int64(SyntheticFilters.denial)))
    deny("TRACE without a tracer", .trace(1), .returns(-Int64(ENOSYS)))
    deny("TRAP, and the handler's return", .trap(1), .traps)
    notify("NOTIFY, answered on the same processor", MeterTask.Listener())
    notify("NOTIFY, the same with SYNC_WAKE_UP", MeterTask.Listener(isSynchronous: true))
    if let otherProcessor {
      notify("NOTIFY, answered on another processor", MeterTask.Listener(processor: otherProcessor))
    }
    death("child killed by KILL_PROCESS", .call, .isKilled(SIGSYS), under: [Self.only(.killProcess)])
    death("child killed by KILL_THREAD", .call, .isKilled(SIGSYS), under: [Self.only(.killThread)])
    death(
      "child that dies by SIGILL", .undefinedInstruction, .isKilled(SIGILL), under: [Self.only(.errno(1))])
    death("child that exits", .exit, .exits, under: [Self.only(.errno(1))])
    add(
      Figure(
        "kill", "KILL_PROCESS beside an exit", .denials,
        ["child killed by KILL_PROCESS": 1, "child that exits": -1]))
  }

  /// This action for getppid, everything else is allowed: what a meter needs itself.
  private static func only(_ action: Action) -> Filter {
    Filter([
      .load(.number), .jump(equal: UInt32(MeterTask.getppid), then: 0, otherwise: 1), .return(action),
      .return(.allow),
    ])
  }

  private mutating func deny(_ title: String, _ action: Action, _ outcome: Condition.Outcome) {
    let task = MeterTask(Self.uncalibrated, rax: MeterTask.getppid, under: [Self.only(action)])
    time(Condition(title, task, outcome))
    add(time(of: title))
  }

  private mutating func notify(_ title: String, _ listener: MeterTask.Listener) {
    var task = MeterTask(Self.uncalibrated, rax: MeterTask.getppid, under: [Self.only(.notify)])
    task.listener = listener
    time(Condition(title, task, .isAnswered))
    add(time(of: title))
  }

  private mutating func death(
    _ title: String, _ death: MeterTask.Death, _ outcome: Condition.Outcome, under filters: [Filter]
  ) {
    let task = MeterTask(
      .deaths(death, perBlock: 1, blocks: 1), rax: MeterTask.getppid, under: filters)
    time(Condition(title, task, outcome))
    add(time(of: title))
  }

  /// Of such calls the whole time is told: what is denied is not carried out, so there is nothing to subtract.
  private func time(of title: String) -> Figure {
    Figure("denial.\(title)", title, .denials, [title: 1], isDifference: false)
  }
}

extension Plan {
  mutating func addInstallations() {
    for length in [3, 103, 1003, 4003] {
      for cached in [true, false] {
        let id = "installing \(length), \(cached ? "with" : "without") cache"
        let filter = SyntheticFilters.installed(length, cached: cached)
        time(
          Condition(
            id, MeterTask(.calls(perBlock: 1, blocks: 1), rax: MeterTask.getppid, under: [filter]),
            .succeeds, value: .installation(0)))
        add(
          Figure(
            "install.\(length).\(cached ? "cached" : "run")",
            "installing \(length) instructions, \(cached ? "the cache is built" : "nothing to cache")",
            .installation, [id: 1], place: Double(length), isDifference: false))
      }
    }
  }
}
