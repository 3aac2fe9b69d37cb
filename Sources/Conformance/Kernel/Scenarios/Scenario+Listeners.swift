import ClassicBPF
import Scripts
import SeccompModel

// Listeners themselves: how many there may be, what closing one does, in which order calls are received, and what is left when
// nobody is bound any more (kernel/seccomp.c, `init_listener`, `seccomp_notify_poll`, `seccomp_notify_release`).
extension Scenario {
  static let listeners = group("listeners", open + queues + endings)

  private static let open: [Scenario] = [
    waitingForReply("listener-closed-before-receive", "closing the listener ends a call that waits: ENOSYS") {
      play, listener in
      play.call(.named("close", [.result(listener)]))
      play.finish(1, .fails(.noSuchCall))
    },
    notified(
      "listener-closed-after-receive", "closing the listener ends a call that was received: ENOSYS",
      covers: ["global.user_notification_closed_listener"]
    ) { play, listener, _ in
      play.call(.named("close", [.result(listener)]))
      play.finish(1, .fails(.noSuchCall))
      play.call(.getppid, .fails(.noSuchCall), by: 1)
    },
    waitingForReply("listener-duplicate-stays", "a duplicate keeps a closed listener alive") {
      play, listener in
      let duplicate = play.call(.named("dup", [.result(listener)]), .succeeds)
      play.call(.named("close", [.result(listener)]))
      let notification = play.receive(duplicate)
      play.reply(duplicate, to: notification, value: 8)
      play.finish(1, .returns(8))
    },
    Scenario(
      "listener-closed-before-call", "a call under a filter whose listener is closed is ENOSYS",
      needs: [.userNotification], covers: ["global.user_notification_closed_listener"]
    ) {
      $0.setNoNewPrivileges()
      let listener = $0.listen(.on(Number.getppid, .notify))
      $0.call(.named("close", [.result(listener)]))
      $0.call(.getppid, .fails(.noSuchCall))
    },
    Scenario(
      "listener-second", "a second listener in one chain is EBUSY, and installs nothing",
      needs: [.userNotification], covers: ["global.user_notification_basic"]
    ) {
      $0.setNoNewPrivileges()
      _ = $0.listen(.on(Number.getppid, .notify))
      $0.install(.on(Number.getpid, .errno(5)), flags: .newListener, .fails(.busy))
      $0.call(.getpid, .positive)
      $0.status(of: 0, mode: 2, filters: 1)
    },
    Scenario(
      "listener-second-after-close", "a new listener is allowed once the first is closed",
      needs: [.userNotification]
    ) {
      $0.setNoNewPrivileges()
      let first = $0.listen(.on(Number.getppid, .notify))
      let duplicate = $0.call(.named("dup", [.result(first)]), .succeeds)
      $0.call(.named("close", [.result(first)]))
      $0.install(.on(Number.getpid, .errno(5)), flags: .newListener, .fails(.busy))
      $0.call(.named("close", [.result(duplicate)]))
      _ = $0.listen(.on(Number.getpid, .errno(5)))
      $0.call(.getpid, .returns(-5))
    },
    Scenario(
      "listener-of-child", "a child of a process with a listener cannot have another: EBUSY",
      needs: [.userNotification]
    ) {
      $0.setNoNewPrivileges()
      _ = $0.listen(.on(Number.getppid, .notify))
      $0.spawnProcess(1)
      $0.install(.always(.allow), flags: .newListener, by: 1, .fails(.busy))
    },
    Scenario(
      "listeners-of-siblings", "two threads may each have a listener of their own",
      needs: [.userNotification, .memoryCopy]
    ) {
      $0.setNoNewPrivileges()
      $0.spawnThread(1)
      $0.spawnThread(2)
      let first = $0.listen(.on(Number.getppid, .notify), by: 1)
      let second = $0.listen(.on(Number.getppid, .notify), by: 2)
      $0.begin(.getppid, by: 1)
      $0.begin(.getppid, by: 2)
      let ofSecond = $0.receive(second)
      let ofFirst = $0.receive(first)
      $0.reply(second, to: ofSecond, value: 22)
      $0.reply(first, to: ofFirst, value: 11)
      $0.finish(1, .returns(11))
      $0.finish(2, .returns(22))
    },
    Scenario("listener-close-on-exec", "the listener is closed by execve", needs: [.userNotification]) {
      $0.setNoNewPrivileges()
      let listener = $0.listen(.on(Number.getppid, .notify))
      // F_GETFD, FD_CLOEXEC.
      $0.call(.named("fcntl", [.result(listener), 1]), .returns(1))
      $0.step(0, .execute(.x86_64))
      $0.call(.named("fcntl", [.result(listener), 1]), .fails(.badDescriptor))
      $0.call(.getppid, .fails(.noSuchCall))
    },
    Scenario("listener-gone-after-exec", "after execve nobody listens: ENOSYS", needs: [.userNotification]) {
      $0.setNoNewPrivileges()
      let listener = $0.listen(.on(Number.getppid, .notify))
      let id = $0.memory(words: 1)
      $0.call(Notify.isValid(listener, at: id), .fails(.noEntry))
      $0.step(0, .execute(.x86_64))
      $0.call(Notify.isValid(listener, at: id), .fails(.badDescriptor))
      $0.call(.getppid, .fails(.noSuchCall))
    },
    Scenario(
      "listener-weaker-than-errno", "a call that another filter denies is not notified",
      needs: [.userNotification]
    ) {
      $0.setNoNewPrivileges()
      $0.install(.on(Number.getppid, .errno(5)))
      _ = $0.listen(.on(Number.getppid, .notify))
      $0.call(.getppid, .returns(-5))
    },
    Scenario(
      "listener-stronger-than-log", "a call that other filters allow or log is notified",
      needs: [.userNotification, .fullActions]
    ) {
      $0.setNoNewPrivileges()
      $0.spawnThread(1)
      $0.install(.on(Number.getppid, .log), by: 1)
      _ = $0.listen(.on(Number.getppid, .notify), by: 1)
      $0.install(.on(Number.getppid, .allow), by: 1)
      $0.begin(.getppid, by: 1)
    },
  ]

  /// `struct pollfd` at a place, for descriptor 50.
  private static func poll(_ place: Int, is events: UInt64) -> (ScriptCall, StepExpectation) {
    (
      ScriptCall.named("poll", [.scratch(place), 1, 0]).reading(at: place),
      StepExpectation.returns(events == 0 ? 0 : 1).reading(.exactly(50 | 5 << 32 | events << 48))
    )
  }

  private static func polls(_ listener: Int, in play: inout Play) -> Int {
    play.call(.named("dup2", [.result(listener), 50]), .returns(50))
    // POLLIN 1 | POLLOUT 4; what poll(2) found comes above.
    return play.memory(words: 50 | 5 << 32)
  }

  private static let queues: [Scenario] = [
    Scenario(
      "poll-states", "poll says IN for what is not received, OUT for what is not answered, else nothing",
      needs: [.userNotification, .memoryCopy]
    ) { play in
      play.setNoNewPrivileges()
      play.spawnThread(1)
      play.spawnThread(2)
      let listener = play.listen(.on(Number.getppid, .notify), flags: [], by: 1)
      let place = polls(listener, in: &play)
      func expect(_ events: UInt64) {
        let (call, expected) = poll(place, is: events)
        play.call(call, expected)
      }
      expect(0)
      play.begin(.getppid, by: 1)
      expect(1)
      let notification = play.receive(listener)
      expect(4)
      play.reply(listener, to: notification, value: 0)
      play.finish(1, .returns(0))
      expect(0)
    },
    Scenario(
      "poll-two-calls", "poll says IN and OUT while one call is received and another is not",
      needs: [.userNotification, .memoryCopy]
    ) { play in
      play.setNoNewPrivileges()
      play.spawnThread(1)
      let listener = play.listen(.on(Number.getppid, .notify), by: 1)
      play.spawnThread(2, by: 1)
      let place = polls(listener, in: &play)
      play.begin(.getppid, by: 1)
      _ = play.receive(listener)
      play.begin(.getppid, by: 2)
      let (call, expected) = poll(place, is: 5)
      play.call(call, expected)
    },
    Scenario(
      "receive-waits", "receiving waits until a call is there", needs: [.userNotification, .memoryCopy]
    ) {
      $0.setNoNewPrivileges()
      $0.spawnThread(1)
      let listener = $0.listen(.on(Number.getppid, .notify), by: 1)
      let place = $0.space(80)
      $0.begin(Notify.receive(listener, at: place))
      $0.begin(.getppid, by: 1)
      $0.finish(0, .returns(0))
      $0.reply(listener, to: place, value: 8)
      $0.finish(1, .returns(8))
    },
    Scenario(
      "queue-in-order", "calls are received in the order in which they were made",
      needs: [
        .userNotification, .memoryCopy, .since(5, 19, "notifications are received first in, first out"),
      ],
      covers: ["global.user_notification_fifo"]
    ) { play in
      play.setNoNewPrivileges()
      play.spawnThread(1)
      let listener = play.listen(.on(Number.getppid, .notify), by: 1)
      for actor in 2...5 { play.spawnThread(actor, by: 1) }
      let order = [3, 1, 5, 2, 4]
      let ids = order.map { play.call(.named("gettid"), .positive, by: $0) }
      for actor in order { play.begin(.getppid, by: actor) }
      var notifications: [Int] = []
      for id in ids {
        let place = play.space(80)
        notifications.append(place)
        play.call(
          Notify.receive(listener, at: place).reading(at: place, 2),
          StepExpectation.returns(0).reading(.notZero, .asStep(id)))
      }
      // Answered in another order, each gets its own.
      for index in order.indices.reversed() {
        play.reply(listener, to: notifications[index], value: Int64(order[index]))
        play.finish(order[index], .returns(Int64(order[index])))
      }
    },
    Scenario(
      "queue-ids-differ", "each call has an id of its own, one more than the call before",
      needs: [.userNotification, .memoryCopy]
    ) { play in
      play.setNoNewPrivileges()
      play.spawnThread(1)
      let listener = play.listen(.on(Number.getppid, .notify), by: 1)
      play.begin(.getppid, by: 1)
      let first = play.receive(listener)
      play.reply(listener, to: first, value: 1)
      play.finish(1, .returns(1))
      play.begin(.getppid, by: 1)
      let second = play.receive(listener)
      // The first one's id is nobody's now.
      play.reply(listener, to: first, .init(value: 9), .fails(.noEntry))
      play.reply(listener, to: second, value: 2)
      play.finish(1, .returns(2))
    },
  ]

  private static let endings: [Scenario] = [
    Scenario(
      "listener-hang-up", "poll says HUP when nobody is left who is bound by the filter",
      needs: [.userNotification, .since(6, 11, "a thread lets go of its filters when it exits")],
      covers: ["global.user_notification_filter_empty", "global.user_notification_filter_empty_threaded"]
    ) { play in
      play.setNoNewPrivileges()
      play.spawnThread(1)
      let listener = play.listen(.on(Number.getppid, .notify), by: 1)
      play.spawnThread(2, by: 1)
      let place = polls(listener, in: &play)
      func expect(_ events: UInt64) {
        let (call, expected) = poll(place, is: events)
        play.call(call, expected)
      }
      expect(0)
      play.call(.exit(0), .threadEnds, by: 1)
      expect(0)
      play.call(.exit(0), .threadEnds, by: 2)
      expect(0x10)
    },
    Scenario(
      "receive-ends-when-unused", "receiving ends with ENOENT when nobody is left who is bound by the filter",
      needs: [.userNotification, .since(6, 11, "receiving does not outlast the filter's users")],
      covers: ["global.user_ioctl_notification_filter_empty"]
    ) {
      $0.setNoNewPrivileges()
      $0.spawnThread(1)
      let listener = $0.listen(.on(Number.getppid, .notify), by: 1)
      let place = $0.space(80)
      $0.begin(Notify.receive(listener, at: place))
      $0.call(.exit(0), .threadEnds, by: 1)
      $0.finish(0, .fails(.noEntry))
    },
  ]
}
