import ClassicBPF
import Scripts
import SeccompModel

// Who dies, and what its parent is told (kernel/seccomp.c, `__seccomp_filter`; kernel/exit.c, kernel/signal.c).
extension Scenario {
  static let kill = group("kill", roles + leaders + surroundings + cores)

  private static let killers: [(name: String, action: Action, endsProcess: Bool)] = [
    ("kill-thread", .killThread, false), ("kill-process", .killProcess, true),
    ("unknown", .unknown(0x1000_0000), true),
  ]

  private static func needs(_ action: Action) -> [KernelFact] {
    action.kind == .unknown ? [.fullActions, .unknownKillsProcess] : [.fullActions]
  }

  /// One of two threads makes the call.
  private static let roles = killers.flatMap { name, action, endsProcess -> [Scenario] in
    [1, 0].map { victim in
      let role = victim == 0 ? "leader" : "thread"
      return Scenario(
        "\(name)-from-\(role)",
        "\(action.kind) from \(victim == 0 ? "the first" : "a second") thread ends "
          + (endsProcess ? "the whole process by SIGSYS" : "that thread alone"),
        needs: needs(action),
        covers: action == .killThread
          ? ["global.KILL_thread"]
          : action == .killProcess ? ["global.KILL_process"] : ["global.KILL_unknown"]
      ) { play in
        play.setNoNewPrivileges()
        play.spawnThread(1)
        play.install(.on(Number.getpid, action), by: victim)
        if endsProcess {
          play.call(.getpid, .dies(by: Signal.badCall), by: victim)
          play.end(of: 1 - victim, .dies(by: Signal.badCall))
        } else {
          play.call(.getpid, .threadEnds, by: victim)
          play.call(.getpid, .positive, by: 1 - victim)
          play.call(.exitGroup(7), .exits(7), by: 1 - victim)
        }
      }
    }
  }

  private static let leaders: [Scenario] = [
    Scenario(
      "kill-thread-leader-then-exit", "when the leader was killed, the last thread's exit is the status"
    ) {
      $0.setNoNewPrivileges()
      $0.spawnThread(1)
      $0.install(.on(Number.getpid, .killThread))
      $0.call(.getpid, .threadEnds)
      $0.call(.exit(43), .exits(43), by: 1)
    },
    Scenario(
      "kill-thread-after-others-left", "KILL_THREAD ends the process when all other threads have exited"
    ) {
      $0.setNoNewPrivileges()
      $0.spawnThread(1)
      $0.call(.exit(0), .threadEnds, by: 1)
      $0.install(.on(Number.getpid, .killThread))
      $0.call(.getpid, .dies(by: Signal.badCall))
    },
    Scenario(
      "kill-thread-two-of-three", "KILL_THREAD ends thread after thread, and the last takes the process along"
    ) {
      $0.setNoNewPrivileges()
      $0.install(.on(Number.getpid, .killThread))
      $0.spawnThread(1)
      $0.spawnThread(2)
      $0.call(.getpid, .threadEnds, by: 1)
      $0.call(.getpid, .threadEnds, by: 0)
      $0.call(.getppid, .positive, by: 2)
      $0.call(.getpid, .dies(by: Signal.badCall), by: 2)
    },
  ]

  private static let surroundings: [Scenario] =
    [
      Scenario("kill-is-not-caught", "KILL_PROCESS does not run SIGSYS's handler", needs: [.fullActions]) {
        $0.setNoNewPrivileges()
        $0.handle(.record(flags: []))
        $0.install(.on(Number.getpid, .killProcess))
        $0.call(.getpid, .dies(by: Signal.badCall))
      },
      Scenario("kill-thread-is-not-caught", "KILL_THREAD does not run SIGSYS's handler") {
        $0.setNoNewPrivileges()
        $0.handle(.record(flags: []))
        $0.install(.on(Number.getpid, .killThread))
        $0.call(.getpid, .dies(by: Signal.badCall))
      },
      Scenario(
        "kill-is-not-ignored", "KILL_PROCESS ends a process that ignores SIGSYS", needs: [.fullActions]
      ) {
        $0.setNoNewPrivileges()
        $0.handle(.ignore)
        $0.install(.on(Number.getpid, .killProcess))
        $0.call(.getpid, .dies(by: Signal.badCall))
      },
      Scenario("kill-is-not-blocked", "KILL_PROCESS ends a process that blocks SIGSYS", needs: [.fullActions])
      {
        $0.setNoNewPrivileges()
        $0.step(0, .mask(signal: Signal.badCall, isBlocked: true))
        $0.install(.on(Number.getpid, .killProcess))
        $0.call(.getpid, .dies(by: Signal.badCall))
      },
      Scenario("kill-leaves-parent", "a killed child leaves its parent alone", needs: [.fullActions]) {
        $0.setNoNewPrivileges()
        $0.install(.on(Number.getpid, .killProcess))
        $0.spawnProcess(1)
        $0.call(.getpid, .dies(by: Signal.badCall), by: 1)
        $0.call(.getppid, .positive)
      },
      Scenario(
        "kill-on-one-argument", "a filter kills by one argument, and by no other value of it",
        covers: ["global.KILL_one_arg_one"]
      ) {
        $0.setNoNewPrivileges()
        $0.install(.on(Number.getpid, where: .low(argument: 0), is: 10, .killThread))
        $0.call(.named("getpid", [11]), .positive)
        $0.call(.named("getpid", [0, 10, 10, 10, 10, 10]), .positive)
        $0.call(.named("getpid", [10]), .dies(by: Signal.badCall))
      },
      Scenario(
        "kill-on-sixth-argument", "a filter kills by the sixth argument, and by no other value of it",
        covers: ["global.KILL_one_arg_six"]
      ) {
        $0.setNoNewPrivileges()
        $0.install(.on(Number.getpid, where: .low(argument: 5), is: 0x0c0f_fee0, .killThread))
        $0.call(.named("getpid", [1, 2, 3, 4, 5, 6]), .positive)
        $0.call(.named("getpid", [1, 2, 3, 4, 5, 0x0c0f_fee0]), .dies(by: Signal.badCall))
      },
    ]
    + [Action.killProcess, .killThread, .trap(0), .unknown(0x1000_0000)].map { action in
      Scenario(
        "\("\(action.kind)".lowercased().replacing("_", with: "-"))-ends-namespace-init",
        "\(action.kind) ends the init process of a PID namespace",
        needs: [.privilege, .fullActions, .since(5, 17, "a PID namespace's init does not survive")]
      ) {
        $0.setNoNewPrivileges()
        $0.spawnProcess(1, flags: UInt32(Namespace.process))
        $0.call(.getpid, .returns(1), by: 1)
        $0.install(.on(Number.getppid, action), by: 1)
        $0.call(.getppid, .dies(by: Signal.badCall), by: 1)
        $0.call(.getppid, .positive)
      }
    }

  // MARK: Cores

  /// In a mount namespace with an empty tmpfs for a working directory, so that the core goes with it.
  private static func core(_ name: String, _ claim: String, isDumpable: Bool, _ action: Action, core: Bool)
    -> Scenario
  {
    Scenario(name, claim, needs: [.privilege, .plainCores, .fullActions]) {
      let (none, root, place, type) = ($0.text("none"), $0.text("/"), $0.text("/tmp"), $0.text("tmpfs"))
      let unlimited = $0.memory(words: .max, .max)
      $0.spawnProcess(1, flags: UInt32(Namespace.mount))
      // MS_REC | MS_PRIVATE, mount(2).
      $0.call(.named("mount", [.scratch(none), .scratch(root), 0, 0x44000, 0]), by: 1)
      $0.call(.named("mount", [.scratch(none), .scratch(place), .scratch(type), 0, 0]), by: 1)
      $0.call(.named("chdir", [.scratch(place)]), by: 1)
      // RLIMIT_CORE, getrlimit(2); PR_SET_DUMPABLE.
      $0.call(.named("prlimit64", [0, 4, .scratch(unlimited), 0]), by: 1)
      $0.call(.named("prctl", [4, isDumpable ? 1 : 0, 0, 0, 0]), by: 1)
      $0.install(.on(Number.getpid, action), by: 1)
      $0.call(.getpid, .dies(by: Signal.badCall, core: core), by: 1)
    }
  }

  private static let cores: [Scenario] = [
    core(
      "core-of-kill-process", "KILL_PROCESS writes a core, and the status says so", isDumpable: true,
      .killProcess, core: true),
    core(
      "core-of-kill-thread", "KILL_THREAD of the only thread writes a core", isDumpable: true, .killThread,
      core: true),
    core("core-of-trap", "TRAP without a handler writes a core", isDumpable: true, .trap(1), core: true),
    core(
      "core-of-unknown", "an unknown action writes a core", isDumpable: true, .unknown(0x1000_0000),
      core: true),
    core(
      "no-core-when-not-dumpable", "a process that is not dumpable leaves no core, and the status says so",
      isDumpable: false, .killProcess, core: false),
  ]
}
