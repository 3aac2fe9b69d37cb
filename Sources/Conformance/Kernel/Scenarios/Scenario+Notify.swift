import ClassicBPF
import Scripts
import SeccompModel

// A filter's listener and the life of a notification (kernel/seccomp.c, `seccomp_do_user_notification`, `seccomp_notify_recv`,
// `seccomp_notify_send`; seccomp_unotify(2)).
extension Scenario {
  static let notify = group("notify", replies + errors)

  /// A thread, actor 1, calls getppid under a filter that notifies; actor 0 has received the notification.
  static func notified(
    _ name: String, _ claim: String, needs: [KernelFact] = [], covers: [String] = [],
    _ steps: (inout Play, _ listener: Int, _ notification: Int) -> Void
  ) -> Scenario {
    waitingForReply(name, claim, needs: needs, covers: covers) { play, listener in
      let notification = play.receive(listener)
      steps(&play, listener, notification)
    }
  }

  /// The same before it is received.
  static func waitingForReply(
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
    notified(name, claim, covers: covers) { play, listener, notification in
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
    notified(
      "reply-continue", "a reply of CONTINUE lets the call run", needs: [.notifyContinue],
      covers: ["global.user_notification_continue"]
    ) { play, listener, notification in
      play.reply(listener, to: notification, .init(flags: 1))
      play.finish(1, .positive)
    },
    notified(
      "reply-continue-with-more", "CONTINUE with a value or an error is EINVAL, and the call goes on waiting",
      needs: [.notifyContinue], covers: ["global.user_notification_continue"]
    ) { play, listener, notification in
      play.reply(listener, to: notification, .init(value: 7, flags: 1), .fails(.invalid))
      play.reply(listener, to: notification, .init(error: -7, flags: 1), .fails(.invalid))
      play.reply(listener, to: notification, value: 3)
      play.finish(1, .returns(3))
    },
    notified("reply-unknown-flag", "a reply with an unknown flag is EINVAL, and the call goes on waiting") {
      play, listener, notification in
      play.reply(listener, to: notification, .init(flags: 2), .fails(.invalid))
      play.reply(listener, to: notification, .init(flags: 0x8000_0001), .fails(.invalid))
      play.reply(listener, to: notification, value: 3)
      play.finish(1, .returns(3))
    },
    notified(
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
    notified(
      "reply-twice", "a second reply is refused: EINPROGRESS, or ENOENT once the caller has gone on",
      covers: ["global.user_notification_basic"]
    ) { play, listener, notification in
      play.reply(listener, to: notification, value: 3)
      play.reply(listener, to: notification, .init(value: 4), .returnsAny(-115, -2))
      play.finish(1, .returns(3))
      play.reply(listener, to: notification, .init(value: 5), .fails(.noEntry))
    },
    waitingForReply("reply-unknown-id", "a reply to an id that nobody has is ENOENT") { play, listener in
      let bytes = play.memory(words: 1234, 0, 0)
      play.call(.named("ioctl", [.result(listener), .value(Notify.send), .scratch(bytes)]), .fails(.noEntry))
      let notification = play.receive(listener)
      play.reply(listener, to: notification, value: 8)
      play.finish(1, .returns(8))
    },
    waitingForReply("reply-unreadable", "a reply that cannot be read is EFAULT") { play, listener in
      play.call(.named("ioctl", [.result(listener), .value(Notify.send), 0]), .fails(.badAddress))
    },
    waitingForReply(
      "receive-into-used-memory", "receiving into memory that is not zero is EINVAL, and loses nothing",
      covers: ["global.user_notification_basic"]
    ) { play, listener in
      let used = play.memory(words: 0, 5, 0, 0, 0, 0, 0, 0, 0, 0)
      play.call(Notify.receive(listener, at: used), .fails(.invalid))
      let notification = play.receive(listener)
      play.reply(listener, to: notification, value: 8)
      play.finish(1, .returns(8))
    },
    waitingForReply(
      "receive-unwritable", "receiving to an address that cannot be written is EFAULT, and loses nothing",
      covers: ["global.user_notification_fault_recv"]
    ) { play, listener in
      play.call(.named("ioctl", [.result(listener), .value(Notify.receive), 0]), .fails(.badAddress))
      let notification = play.receive(listener)
      play.reply(listener, to: notification, value: 8)
      play.finish(1, .returns(8))
    },
    notified("id-valid", "ID_VALID is 0 while the call waits and ENOENT afterwards") {
      play, listener, notification in
      play.call(Notify.isValid(listener, at: notification))
      play.reply(listener, to: notification, value: 8)
      play.finish(1, .returns(8))
      play.call(Notify.isValid(listener, at: notification), .fails(.noEntry))
    },
    notified(
      "id-valid-old-number", "ID_VALID is known by its old, wrong number too",
      needs: [.since(5, 9, "ID_VALID's number was put right")]
    ) { play, listener, notification in
      play.call(Notify.isValid(listener, at: notification, request: Notify.isValidBefore))
    },
    waitingForReply("id-valid-unknown", "ID_VALID of an id that nobody has is ENOENT") { play, listener in
      let id = play.memory(words: 77)
      play.call(Notify.isValid(listener, at: id), .fails(.noEntry))
    },
    waitingForReply("unknown-request", "a request that listeners do not know is EINVAL") { play, listener in
      // TCGETS, and a number of the listener's own letter.
      for request in [0x5401, 0x4008_21ff] as [UInt64] {
        play.call(.named("ioctl", [.result(listener), .value(request), 0]), .fails(.invalid))
      }
    },
    waitingForReply(
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
}
