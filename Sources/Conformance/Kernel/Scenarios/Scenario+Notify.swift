import ClassicBPF
import Scripts
import SeccompModel

// A filter's listener and the life of a notification (kernel/seccomp.c, `seccomp_do_user_notification`, `seccomp_notify_recv`,
// `seccomp_notify_send`; seccomp_unotify(2)).
extension Scenario {
  static let notify = group("notify", replies + errors + listeners + queues + endings)

  /// A thread, actor 1, calls getppid under a filter that notifies; actor 0 has received the notification.
  private static func received(
    _ name: String, _ claim: String, needs: [KernelFact] = [], covers: [String] = [],
    _ steps: (inout Play, _ listener: Int, _ notification: Int) -> Void
  ) -> Scenario {
    waiting(name, claim, needs: needs, covers: covers) { play, listener in
      let notification = play.receive(listener)
      steps(&play, listener, notification)
    }
  }

  /// The same before it is received.
  private static func waiting(
    _ name: String, _ claim: String, needs: [KernelFact] = [], covers: [String] = [],
    _ steps: (inout Play, _ listener: Int) -> Void
  ) -> Scenario {
    Scenario(name, claim, needs: [.userNotification, .memoryCopy] + needs, covers: covers) { play in
      play.setNoNewPrivileges()
      play.spawnThread(1)
      let listener = play.listen(.on(Number.getppid, .notify), by: 1)
      play.begin(.getppid, by: 1)
      steps(&play, listener)
    }
  }

  private static func answer(
    _ name: String, _ claim: String, covers: [String] = [], _ reply: Notify.Reply, _ value: Int64
  ) -> Scenario {
    received(name, claim, covers: covers) { play, listener, notification in
      play.reply(listener, to: notification, reply)
      play.finish(1, .returns(value))
      play.call(.getpid, .positive, by: 1)
    }
  }

  private static let replies: [Scenario] = [
    answer(
      "reply-value", "the call returns the reply's value", covers: ["global.user_notification_basic"],
      .init(value: 0x1234), 0x1234),
    answer("reply-zero", "a reply of zeros makes the call return 0", .init(), 0),
    answer(
      "reply-value-64-bits", "the call returns all 64 bits of the reply's value", .init(value: 0x1_0000_0005),
      0x1_0000_0005),
    answer(
      "reply-negative-value", "a negative value looks like an error to the caller", .init(value: -1), -1),
    answer("reply-error", "the call returns the reply's error", .init(error: -5), -5),
    answer(
      "reply-error-and-value", "of an error and a value the error counts", .init(value: 9, error: -5), -5),
    answer(
      "reply-positive-error", "an error is not looked at: a positive one is a result", .init(error: 5), 5),
    answer("reply-huge-error", "an error is not looked at: -5000 is returned", .init(error: -5000), -5000),
    received(
      "reply-continue", "a reply of CONTINUE lets the call run", needs: [.notifyContinue],
      covers: ["global.user_notification_continue"]
    ) { play, listener, notification in
      play.reply(listener, to: notification, .init(flags: 1))
      play.finish(1, .positive)
    },
    received(
      "reply-continue-with-more", "CONTINUE with a value or an error is EINVAL, and the call goes on waiting",
      needs: [.notifyContinue], covers: ["global.user_notification_continue"]
    ) { play, listener, notification in
      play.reply(listener, to: notification, .init(value: 7, flags: 1), .fails(.invalid))
      play.reply(listener, to: notification, .init(error: -7, flags: 1), .fails(.invalid))
      play.reply(listener, to: notification, value: 3)
      play.finish(1, .returns(3))
    },
    received("reply-unknown-flag", "a reply with an unknown flag is EINVAL, and the call goes on waiting") {
      play, listener, notification in
      play.reply(listener, to: notification, .init(flags: 2), .fails(.invalid))
      play.reply(listener, to: notification, .init(flags: 0x8000_0001), .fails(.invalid))
      play.reply(listener, to: notification, value: 3)
      play.finish(1, .returns(3))
    },
    received(
      "reply-continue-minus-one", "CONTINUE of the call's own number, and a next call, are asked about again",
      needs: [.notifyContinue]
    ) { play, listener, notification in
      play.reply(listener, to: notification, .init(flags: 1))
      play.finish(1, .positive)
      play.begin(.getppid, by: 1)
      let next = play.receive(listener)
      play.reply(listener, to: next, value: 8)
      play.finish(1, .returns(8))
    },
  ]

  private static let errors: [Scenario] = [
    received(
      "reply-twice", "a second reply is refused: EINPROGRESS, or ENOENT once the caller has gone on",
      covers: ["global.user_notification_basic"]
    ) { play, listener, notification in
      play.reply(listener, to: notification, value: 3)
      play.reply(listener, to: notification, .init(value: 4), .returnsAny(-115, -2))
      play.finish(1, .returns(3))
      play.reply(listener, to: notification, .init(value: 5), .fails(.noEntry))
    },
    waiting("reply-unknown-id", "a reply to an id that nobody has is ENOENT") { play, listener in
      let bytes = play.memory(words: 1234, 0, 0)
      play.call(.named("ioctl", [.result(listener), .value(Notify.send), .scratch(bytes)]), .fails(.noEntry))
      let notification = play.receive(listener)
      play.reply(listener, to: notification, value: 8)
      play.finish(1, .returns(8))
    },
    waiting("reply-unreadable", "a reply that cannot be read is EFAULT") { play, listener in
      play.call(.named("ioctl", [.result(listener), .value(Notify.send), 0]), .fails(.badAddress))
    },
    waiting(
      "receive-into-used-memory", "receiving into memory that is not zero is EINVAL, and loses nothing",
      covers: ["global.user_notification_basic"]
    ) { play, listener in
      let used = play.memory(words: 0, 5, 0, 0, 0, 0, 0, 0, 0, 0)
      play.call(Notify.receive(listener, at: used), .fails(.invalid))
      let notification = play.receive(listener)
      play.reply(listener, to: notification, value: 8)
      play.finish(1, .returns(8))
    },
    waiting(
      "receive-unwritable", "receiving to an address that cannot be written is EFAULT, and loses nothing",
      covers: ["global.user_notification_fault_recv"]
    ) { play, listener in
      play.call(.named("ioctl", [.result(listener), .value(Notify.receive), 0]), .fails(.badAddress))
      let notification = play.receive(listener)
      play.reply(listener, to: notification, value: 8)
      play.finish(1, .returns(8))
    },
    received("id-valid", "ID_VALID is 0 while the call waits and ENOENT afterwards") {
      play, listener, notification in
      play.call(Notify.isValid(listener, at: notification))
      play.reply(listener, to: notification, value: 8)
      play.finish(1, .returns(8))
      play.call(Notify.isValid(listener, at: notification), .fails(.noEntry))
    },
    received(
      "id-valid-old-number", "ID_VALID is known by its old, wrong number too",
      needs: [.since(5, 9, "ID_VALID's number was put right")]
    ) { play, listener, notification in
      play.call(Notify.isValid(listener, at: notification, request: Notify.isValidBefore))
    },
    waiting("id-valid-unknown", "ID_VALID of an id that nobody has is ENOENT") { play, listener in
      let id = play.memory(words: 77)
      play.call(Notify.isValid(listener, at: id), .fails(.noEntry))
    },
    waiting("unknown-request", "a request that listeners do not know is EINVAL") { play, listener in
      // TCGETS, and a number of the listener's own letter.
      for request in [0x5401, 0x4008_21ff] as [UInt64] {
        play.call(.named("ioctl", [.result(listener), .value(request), 0]), .fails(.invalid))
      }
    },
    waiting(
      "set-flags", "SET_FLAGS knows SYNC_WAKE_UP alone", needs: [.notifyFlags],
      covers: ["global.user_notification_sync"]
    ) { play, listener in
      play.call(.named("ioctl", [.result(listener), .value(Notify.setFlags), 2]), .fails(.invalid))
      play.call(.named("ioctl", [.result(listener), .value(Notify.setFlags), 1]))
      let notification = play.receive(listener)
      play.reply(listener, to: notification, value: 8)
      play.finish(1, .returns(8))
    },
  ]

  private static let listeners: [Scenario] = [
    waiting("listener-closed-before-receive", "closing the listener ends a call that waits: ENOSYS") {
      play, listener in
      play.call(.named("close", [.result(listener)]))
      play.finish(1, .fails(.noSuchCall))
    },
    received(
      "listener-closed-after-receive", "closing the listener ends a call that was received: ENOSYS",
      covers: ["global.user_notification_closed_listener"]
    ) { play, listener, _ in
      play.call(.named("close", [.result(listener)]))
      play.finish(1, .fails(.noSuchCall))
      play.call(.getppid, .fails(.noSuchCall), by: 1)
    },
    waiting("listener-duplicate-stays", "a duplicate keeps a closed listener alive") { play, listener in
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
