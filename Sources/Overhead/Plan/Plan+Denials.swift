import ClassicBPF
import Glibc
import Probing
import SeccompModel

extension Plan {
  mutating func addDenials(otherProcessor: Int?) {
    deny("errno", "ERRNO", .errno(SyntheticFilters.denial), .returns(-Int64(SyntheticFilters.denial)))
    deny("trace", "TRACE without a tracer", .trace(1), .returns(-Int64(ENOSYS)))
    deny("trap", "TRAP, and the handler's return", .trap(1), .traps)
    notify("notify", "NOTIFY, answered on the same processor", MeterTask.Listener())
    notify("notify.sync", "NOTIFY, the same with SYNC_WAKE_UP", MeterTask.Listener(isSynchronous: true))
    if let otherProcessor {
      notify(
        "notify.other", "NOTIFY, answered on another processor", MeterTask.Listener(processor: otherProcessor)
      )
    }
    death(
      "kill-process", "child killed by KILL_PROCESS", .call, .isKilled(SIGSYS),
      under: [Self.only(.killProcess)])
    death(
      "kill-thread", "child killed by KILL_THREAD", .call, .isKilled(SIGSYS), under: [Self.only(.killThread)])
    death(
      "sigill", "child that dies by SIGILL", .undefinedInstruction, .isKilled(SIGILL),
      under: [Self.only(.errno(1))])
    death("exit", "child that exits", .exit, .exits, under: [Self.only(.errno(1))])
    var kill = Figure(
      "kill", "KILL_PROCESS beside an exit", .denials,
      ["child killed by KILL_PROCESS": 1, "child that exits": -1])
    kill.betweenRuns = Figure.ofProcesses
    add(kill)
  }

  /// This action for getppid, everything else is allowed: what a meter needs itself.
  private static func only(_ action: Action) -> Filter {
    Filter([
      .load(.number), .jump(equal: UInt32(MeterTask.getppid), then: 0, otherwise: 1), .return(action),
      .return(.allow),
    ])
  }

  private mutating func deny(_ id: String, _ title: String, _ action: Action, _ outcome: Condition.Outcome) {
    let task = MeterTask(Self.uncalibrated, rax: MeterTask.getppid, under: [Self.only(action)])
    time(Condition(title, task, outcome))
    addTime(id, of: title)
  }

  private mutating func notify(_ id: String, _ title: String, _ listener: MeterTask.Listener) {
    var task = MeterTask(Self.uncalibrated, rax: MeterTask.getppid, under: [Self.only(.notify)])
    task.listener = listener
    time(Condition(title, task, .isAnswered))
    addTime(id, of: title, betweenRuns: Figure.ofProcesses)
  }

  private mutating func death(
    _ id: String, _ title: String, _ death: MeterTask.Death, _ outcome: Condition.Outcome,
    under filters: [Filter]
  ) {
    let task = MeterTask(
      .deaths(death, perBlock: 1, blocks: 1), rax: MeterTask.getppid, under: filters)
    time(Condition(title, task, outcome))
    addTime(id, of: title, betweenRuns: Figure.ofProcesses)
  }

  /// Of such calls the whole time is told: what is denied is not carried out, so there is nothing to subtract.
  private mutating func addTime(
    _ id: String, of title: String, betweenRuns: Double = Figure.ofCalls
  ) {
    var figure = Figure("denial.\(id)", title, .denials, [title: 1], isDifference: false)
    figure.betweenRuns = betweenRuns
    add(figure)
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
        var figure = Figure(
          "install.\(length).\(cached ? "cached" : "run")",
          "installing \(length) instructions, \(cached ? "the cache is built" : "nothing to cache")",
          .installation, [id: 1], place: Double(length), isDifference: false)
        figure.betweenRuns = Figure.ofProcesses
        add(figure)
      }
    }
  }
}
