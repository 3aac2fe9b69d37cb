import ClassicBPF
import Scripts
import SeccompModel

// SECCOMP_IOCTL_NOTIF_ADDFD: a supervisor puts a descriptor into the caller's table (kernel/seccomp.c,
// `seccomp_notify_addfd`).
extension Scenario {
  static let notifyDescriptors = group("notify-descriptors", additions + refusals + replies)

  /// A child process, actor 1, waits in a notified getppid; actor 0 has received the notification. The child has the listener
  /// as its descriptor 0 and the stage's memory as 3, as the supervisor has.
  private static func received(
    _ name: String, _ claim: String, needs: [KernelFact] = [], covers: [String] = [],
    prepare: (inout Play) -> Void = { _ in },
    _ steps: (inout Play, _ listener: Int, _ notification: Int) -> Void
  ) -> Scenario {
    Scenario(
      name, claim, needs: [.userNotification, .memoryCopy, .notifyDescriptors] + needs, covers: covers
    ) { play in
      play.setNoNewPrivileges()
      let listener = play.listen(.on(Number.getppid, .notify))
      play.spawnProcess(1)
      prepare(&play)
      play.begin(.getppid, by: 1)
      let notification = play.receive(listener)
      steps(&play, listener, notification)
    }
  }

  private static func descriptorFlags(_ descriptor: UInt64, _ expected: StepExpectation, in play: inout Play)
  {
    // F_GETFD, fcntl(2).
    play.call(.named("fcntl", [.value(descriptor), 1]), expected, by: 1)
  }

  private static let additions: [Scenario] = [
    received(
      "add-descriptor", "ADDFD gives the caller the lowest free descriptor, and says which",
      covers: ["global.user_notification_addfd"]
    ) { play, listener, notification in
      play.addDescriptor(listener, for: notification, .init(source: 3), .returns(1))
      play.addDescriptor(listener, for: notification, .init(source: 3), .returns(2))
      play.addDescriptor(listener, for: notification, .init(source: 3), .returns(4))
      play.reply(listener, to: notification, value: 8)
      play.finish(1, .returns(8))
      descriptorFlags(1, .returns(0), in: &play)
      descriptorFlags(4, .returns(0), in: &play)
      descriptorFlags(5, .fails(.badDescriptor), in: &play)
    },
    received(
      "add-descriptor-at", "ADDFD with SETFD gives the caller the descriptor that was asked for",
      covers: ["global.user_notification_addfd"]
    ) { play, listener, notification in
      play.addDescriptor(listener, for: notification, .init(flags: 1, source: 3, target: 9), .returns(9))
      play.reply(listener, to: notification, value: 8)
      play.finish(1, .returns(8))
      descriptorFlags(9, .returns(0), in: &play)
      descriptorFlags(1, .fails(.badDescriptor), in: &play)
    },
    received(
      "add-descriptor-replaces", "ADDFD with SETFD replaces a descriptor that is in use",
      prepare: { $0.call(.named("dup2", [0, 7]), .returns(7), by: 1) }
    ) { play, listener, notification in
      play.addDescriptor(listener, for: notification, .init(flags: 1, source: 3, target: 7), .returns(7))
      play.reply(listener, to: notification, value: 8)
      play.finish(1, .returns(8))
      // Now it is the same file as 3: KCMP_FILE, kcmp(2).
      play.call(.named("kcmp", [.thread(1), .thread(1), 0, 7, 3]), .returns(0))
    },
    received(
      "add-descriptor-close-on-exec", "ADDFD takes O_CLOEXEC for the new descriptor",
      covers: ["global.user_notification_addfd"]
    ) { play, listener, notification in
      play.addDescriptor(
        listener, for: notification, .init(source: 3, descriptorFlags: 0x8_0000), .returns(1))
      play.reply(listener, to: notification, value: 8)
      play.finish(1, .returns(8))
      descriptorFlags(1, .returns(1), in: &play)
    },
    received(
      "add-descriptor-same-file", "an added descriptor is the supervisor's open file",
      needs: [.privilege], covers: ["global.kcmp", "global.user_notification_addfd"]
    ) { play, listener, notification in
      play.addDescriptor(listener, for: notification, .init(source: 3), .returns(1))
      play.call(.named("kcmp", [.thread(0), .thread(1), 0, 3, 1]), .returns(0))
      play.reply(listener, to: notification, value: 8)
      play.finish(1, .returns(8))
    },
    received(
      "add-descriptor-several-then-continue", "ADDFD may come before CONTINUE", needs: [.notifyContinue]
    ) {
      play, listener, notification in
      play.addDescriptor(listener, for: notification, .init(source: 3), .returns(1))
      play.reply(listener, to: notification, .init(flags: 1))
      play.finish(1, .positive)
      descriptorFlags(1, .returns(0), in: &play)
    },
  ]

  private static func refused(
    _ name: String, _ claim: String, covers: [String] = [], _ addition: Notify.Addition,
    _ expected: ErrorNumber
  ) -> Scenario {
    received(name, claim, covers: covers) { play, listener, notification in
      play.addDescriptor(listener, for: notification, addition, .fails(expected))
      play.reply(listener, to: notification, value: 8)
      play.finish(1, .returns(8))
      descriptorFlags(1, .fails(.badDescriptor), in: &play)
    }
  }

  /// A request of another size: its number says so (`_IOW('!', 3, size)`).
  private static func sized(_ size: UInt64) -> UInt64 { 0x4000_2103 | size << 16 }

  private static let refusals: [Scenario] = [
    refused(
      "add-descriptor-target-alone", "a descriptor that is asked for without SETFD is EINVAL",
      covers: ["global.user_notification_addfd"], .init(source: 3, target: 9), .invalid),
    refused(
      "add-descriptor-unknown-flag", "an unknown flag of ADDFD is EINVAL",
      covers: ["global.user_notification_addfd"], .init(flags: 4, source: 3), .invalid),
    refused(
      "add-descriptor-unknown-descriptor-flag", "any flag for the descriptor but O_CLOEXEC is EINVAL",
      covers: ["global.user_notification_addfd"], .init(source: 3, descriptorFlags: 0x800), .invalid),
    refused(
      "add-descriptor-bad-source", "a source that is no descriptor is EBADF",
      covers: ["global.user_notification_addfd"], .init(source: 99), .badDescriptor),
    received(
      "add-descriptor-unknown-id", "ADDFD for an id that nobody has is ENOENT",
      covers: ["global.user_notification_addfd"]
    ) { play, listener, notification in
      let request = play.memory(words: 1234, 3 << 32, 0)
      play.call(
        .named("ioctl", [.result(listener), .value(Notify.addDescriptor), .scratch(request)]),
        .fails(.noEntry))
      play.reply(listener, to: notification, value: 8)
      play.finish(1, .returns(8))
      play.addDescriptor(listener, for: notification, .init(source: 3), .fails(.noEntry))
    },
    received(
      "add-descriptor-size", "ADDFD of less than 24 bytes or a page and more is EINVAL",
      covers: ["global.user_notification_addfd"]
    ) { play, listener, notification in
      let request = play.memory(words: 1234, 3 << 32, 0, 0)
      for size in [20, 4096] as [UInt64] {
        play.call(
          .named("ioctl", [.result(listener), .value(sized(size)), .scratch(request)]), .fails(.invalid))
      }
      play.reply(listener, to: notification, value: 8)
      play.finish(1, .returns(8))
    },
    received(
      "add-descriptor-longer", "ADDFD of more bytes is read when they are zero, and else E2BIG",
      covers: ["global.user_notification_addfd"]
    ) { play, listener, _ in
      let zero = play.memory(words: 1234, 3 << 32, 0, 0)
      let more = play.memory(words: 1234, 3 << 32, 0, 1)
      play.call(.named("ioctl", [.result(listener), .value(sized(32)), .scratch(zero)]), .fails(.noEntry))
      play.call(.named("ioctl", [.result(listener), .value(sized(32)), .scratch(more)]), .fails(.tooBig))
    },
    received("add-descriptor-unreadable", "ADDFD of a request that cannot be read is EFAULT") {
      play, listener, _ in
      play.call(.named("ioctl", [.result(listener), .value(Notify.addDescriptor), 0]), .fails(.badAddress))
    },
    received(
      "add-descriptor-limit", "ADDFD beyond the caller's limit of descriptors is EMFILE",
      covers: ["global.user_notification_addfd_rlimit"], prepare: { limitDescriptors(to: 1, in: &$0, by: 1) }
    ) { play, listener, notification in
      play.addDescriptor(listener, for: notification, .init(source: 3), .fails(.tooManyDescriptors))
      play.addDescriptor(
        listener, for: notification, .init(flags: 1, source: 3, target: 9), .fails(.badDescriptor))
      play.reply(listener, to: notification, value: 8)
      play.finish(1, .returns(8))
    },
  ]

  // MARK: SEND

  private static let replies: [Scenario] = [
    received(
      "add-descriptor-and-send", "ADDFD with SEND answers the call with the new descriptor",
      needs: [.notifyDescriptorsSent], covers: ["global.user_notification_addfd"]
    ) { play, listener, notification in
      play.addDescriptor(listener, for: notification, .init(flags: 2, source: 3), .returns(1))
      play.finish(1, .returns(1))
      descriptorFlags(1, .returns(0), in: &play)
      play.reply(listener, to: notification, .init(value: 8), .fails(.noEntry))
    },
    received(
      "add-descriptor-at-and-send", "ADDFD with SETFD and SEND answers with the descriptor asked for",
      needs: [.notifyDescriptorsSent]
    ) { play, listener, notification in
      play.addDescriptor(listener, for: notification, .init(flags: 3, source: 3, target: 12), .returns(12))
      play.finish(1, .returns(12))
      descriptorFlags(12, .returns(0), in: &play)
    },
    received(
      "add-descriptor-then-send", "ADDFD with SEND may follow others",
      needs: [.notifyDescriptorsSent]
    ) { play, listener, notification in
      play.addDescriptor(listener, for: notification, .init(source: 3), .returns(1))
      play.addDescriptor(listener, for: notification, .init(flags: 2, source: 3), .returns(2))
      play.finish(1, .returns(2))
    },
    received(
      "add-descriptor-send-refused", "a refused ADDFD with SEND answers nothing: the call goes on waiting",
      needs: [.notifyDescriptorsSent], covers: ["global.user_notification_addfd_rlimit"],
      prepare: { limitDescriptors(to: 1, in: &$0, by: 1) }
    ) { play, listener, notification in
      play.addDescriptor(listener, for: notification, .init(flags: 2, source: 3), .fails(.tooManyDescriptors))
      play.call(Notify.isValid(listener, at: notification))
      play.reply(listener, to: notification, value: 8)
      play.finish(1, .returns(8))
    },
  ]
}
