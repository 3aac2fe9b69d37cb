import Scripts
import SeccompModel

// Which of several filters decides: the strongest action, compared signed on its upper 16 bits; between equal ones the
// newest filter (kernel/seccomp.c, `seccomp_run_filters`).
extension Scenario {
  static let precedence = group("precedence", pairs + ties + mixtures + stacks)

  /// From the strongest to the weakest, with data by which it can be told apart.
  static let ranked: [Action] = [
    .killProcess, .killThread, .trap(0x7a), .errno(123), .notify, .trace(9), .log, .allow,
  ]

  private static func word(_ action: Action) -> String {
    "\(action.kind)".lowercased().replacing("_", with: "-").replacing("user-notif", with: "notify")
  }

  // MARK: Two filters

  /// Every ordered pair. A thread makes the call, so that KILL_THREAD and KILL_PROCESS differ; the NOTIFY filter has a
  /// listener, so that NOTIFY waits where TRACE, without a tracer, fails.
  private static let pairs = ranked.indices.flatMap { older in
    ranked.indices.filter { $0 != older }.map { newer in pair(older, newer) }
  }

  private static func pair(_ older: Int, _ newer: Int) -> Scenario {
    let winner = ranked[min(older, newer)]
    let actions = [ranked[older], ranked[newer]]
    return Scenario(
      "pair-\(word(ranked[older]))-then-\(word(ranked[newer]))",
      "\(winner.kind) wins over \(ranked[max(older, newer)].kind), "
        + (older < newer ? "installed first" : "installed last"),
      needs: actions.contains(.notify)
        ? [.fullActions, .userNotification] : [.fullActions],
      covers: upstream(winner, isFirst: older < newer)
    ) { play in
      play.setNoNewPrivileges()
      play.spawnThread(1)
      play.handle(.escape(flags: []), by: 1)
      for action in actions {
        if action == .notify {
          _ = play.listen(.on(Number.getpid, action), by: 1)
        } else {
          play.install(.on(Number.getpid, action), by: 1)
        }
      }
      expectCall(of: winner, in: &play)
    }
  }

  private static func expectCall(of winner: Action, in play: inout Play) {
    switch winner {
    case .killProcess:
      play.call(.getpid, .dies(by: Signal.badCall), by: 1)
      play.end(of: 0, .dies(by: Signal.badCall))
      return
    case .killThread: play.call(.getpid, .threadEnds, by: 1)
    case .trap(let data): play.call(.getpid, .traps(.init(errno: Int32(data), number: 39)), by: 1)
    case .errno(let errno): play.call(.getpid, .returns(-Int64(errno)), by: 1)
    case .notify: play.begin(.getpid, by: 1)
    case .trace: play.call(.getpid, .fails(.noSuchCall), by: 1)
    case .log, .allow, .unknown: play.call(.getpid, .positive, by: 1)
    }
    play.call(.getpid, .positive, by: 0)
  }

  private static func upstream(_ winner: Action, isFirst: Bool) -> [String] {
    let suffix = isFirst ? "" : "_in_any_order"
    return switch winner {
    case .killProcess: ["precedence.kill_is_highest\(suffix)"]
    case .trap: ["precedence.trap_is_second\(suffix)"]
    case .errno: ["precedence.errno_is_third\(suffix)"]
    case .trace: ["precedence.trace_is_fourth\(suffix)"]
    case .log: ["precedence.log_is_fifth\(suffix)"] + (isFirst ? [] : ["precedence.allow_ok"])
    case .killThread, .notify, .allow, .unknown: []
    }
  }

  // MARK: Equal actions

  private static func tie(
    _ name: String, _ claim: String, _ errnos: [UInt16], newest: Int64, covers: [String] = []
  ) -> Scenario {
    Scenario(name, claim, covers: covers) { play in
      play.setNoNewPrivileges()
      for errno in errnos { play.install(.on(Number.getpid, .errno(errno))) }
      play.call(.getpid, .returns(newest))
    }
  }

  private static let ties: [Scenario] = [
    tie(
      "tie-errno-rising", "of two ERRNO the newest filter's data counts, the greater one", [7, 9], newest: -9,
      covers: ["global.ERRNO_order"]),
    tie(
      "tie-errno-falling", "of two ERRNO the newest filter's data counts, the lesser one", [9, 7], newest: -7),
    tie(
      "tie-errno-zero-newest", "ERRNO 0 of a newer filter wins over ERRNO 5: the call returns 0", [5, 0],
      newest: 0),
    tie("tie-errno-zero-oldest", "ERRNO 5 of a newer filter wins over ERRNO 0", [0, 5], newest: -5),
    tie("tie-errno-three", "of three ERRNO the newest filter's data counts", [11, 33, 22], newest: -22),
    tie(
      "tie-errno-capped", "data above MAX_ERRNO does not rank before it is cut", [4096, 65535, 3], newest: -3),
    Scenario("tie-errno-under-allow", "an ALLOW above two ERRNO leaves the newer of them to decide") {
      $0.setNoNewPrivileges()
      $0.install(.on(Number.getpid, .errno(9)))
      $0.install(.on(Number.getpid, .errno(7)))
      $0.install(.always(.allow))
      $0.call(.getpid, .returns(-7))
    },
    Scenario("tie-trap", "of two TRAP the newest filter's data arrives") {
      $0.setNoNewPrivileges()
      $0.handle(.escape(flags: []))
      $0.install(.on(Number.getpid, .trap(0x1111)))
      $0.install(.on(Number.getpid, .trap(0x0222)))
      $0.call(.getpid, .traps(.init(errno: 0x0222, number: 39)))
    },
    Scenario(
      "tie-notify-newest-without-listener",
      "of two USER_NOTIF the newest filter decides: it has no listener, and the older one's never hears",
      needs: [.userNotification]
    ) {
      $0.setNoNewPrivileges()
      _ = $0.listen(.on(Number.getpid, .notify))
      // Another filter than the first.
      $0.install(.on(Number.getpid, verdict: 0x7fc0_0001))
      $0.call(.getpid, .fails(.noSuchCall))
    },
    Scenario(
      "tie-notify-newest-with-listener", "of two USER_NOTIF the newest filter's listener is asked",
      needs: [.userNotification]
    ) {
      $0.setNoNewPrivileges()
      $0.spawnThread(1)
      $0.install(.on(Number.getpid, .notify), by: 1)
      _ = $0.listen(.on(Number.getpid, verdict: 0x7fc0_0001), by: 1)
      $0.begin(.getpid, by: 1)
    },
  ]

  // MARK: Unknown actions among known ones

  /// An unknown action keeps its numeric rank: a stronger known action hides it.
  private static let mixtures = unknownActions.flatMap { unknown -> [Scenario] in
    [Action.errno(5), .trace(1), .log].map { known in
      let isHidden = Int32(bitPattern: known.verdict.rawValue) < Int32(bitPattern: unknown)
      return Scenario(
        "unknown-\(hex(unknown))-with-\(word(known))",
        isHidden
          ? "\(known.kind) hides the unknown action 0x\(hex(unknown))"
          : "the unknown action 0x\(hex(unknown)) kills although a filter says \(known.kind)",
        needs: [.fullActions]
      ) { play in
        play.setNoNewPrivileges()
        play.install(.on(Number.getpid, verdict: unknown))
        play.install(.on(Number.getpid, known))
        switch known {
        case _ where !isHidden: play.call(.getpid, .dies(by: Signal.badCall))
        case .errno: play.call(.getpid, .returns(-5))
        case .trace: play.call(.getpid, .fails(.noSuchCall))
        default: play.call(.getpid, .positive)
        }
      }
    }
  }

  // MARK: More

  private static let stacks: [Scenario] = [
    Scenario(
      "stack-all-actions", "in a stack of all actions, weakest first, KILL_PROCESS decides",
      needs: [.fullActions], covers: ["precedence.kill_is_highest_in_any_order"]
    ) { play in
      play.setNoNewPrivileges()
      for action in ranked.reversed() { play.install(.on(Number.getpid, action)) }
      play.call(.getpid, .dies(by: Signal.badCall))
    },
    Scenario("stack-weakens-step-by-step", "each newer and stronger filter takes over from the one before") {
      play in
      play.setNoNewPrivileges()
      play.handle(.escape(flags: []))
      let pid = play.call(.getpid, .positive)
      play.install(.on(Number.getpid, .log))
      play.call(.getpid, .same(as: pid))
      play.install(.on(Number.getpid, .trace(1)))
      play.call(.getpid, .fails(.noSuchCall))
      play.install(.on(Number.getpid, .errno(5)))
      play.call(.getpid, .returns(-5))
      play.install(.on(Number.getpid, .trap(6)))
      play.call(.getpid, .traps(.init(errno: 6, number: 39)))
      play.install(.on(Number.getpid, .killThread))
      play.call(.getpid, .dies(by: Signal.badCall))
    },
    Scenario("newer-allow-overrides-nothing", "a newer filter that allows everything does not lift a denial")
    {
      $0.setNoNewPrivileges()
      $0.install(.on(Number.getppid, .errno(3)))
      $0.install(.always(.allow))
      $0.call(.getppid, .returns(-3))
    },
    Scenario(
      "newer-denial-after-cached-allow", "a call that an older filter always allows is denied by a newer one"
    ) {
      $0.setNoNewPrivileges()
      $0.install(.on(Number.unused, .allow))
      $0.call(.getppid, .positive)
      $0.install(.on(Number.getppid, .errno(3)))
      $0.call(.getppid, .returns(-3))
    },
    Scenario("all-filters-run", "filters of different numbers each bind their own") {
      $0.setNoNewPrivileges()
      $0.install(.on(Number.getpid, .errno(1)))
      $0.install(.on(Number.getppid, .errno(2)))
      $0.install(.on(102, .errno(3)))
      $0.call(.getpid, .returns(-1))
      $0.call(.getppid, .returns(-2))
      $0.call(.named("getuid"), .returns(-3))
      $0.call(.named("gettid"), .positive)
    },
  ]
}
