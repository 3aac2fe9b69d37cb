import ClassicBPF
import Scripts

/// The calls of a filter's listener, seccomp_unotify(2); requests as linux/seccomp.h makes them with _IOWR and _IOW.
enum Notify {
  static let receive: UInt64 = 0xc050_2100  // SECCOMP_IOCTL_NOTIF_RECV
  static let send: UInt64 = 0xc018_2101  // SECCOMP_IOCTL_NOTIF_SEND
  static let isValid: UInt64 = 0x4008_2102  // SECCOMP_IOCTL_NOTIF_ID_VALID
  /// The number that ID_VALID had before 5.9: its direction was wrong.
  static let isValidBefore: UInt64 = 0x8008_2102
  static let addDescriptor: UInt64 = 0x4018_2103  // SECCOMP_IOCTL_NOTIF_ADDFD
  static let setFlags: UInt64 = 0x4008_2104  // SECCOMP_IOCTL_NOTIF_SET_FLAGS

  /// Takes the next notification, 80 bytes, which must be zero before.
  static func receive(_ listener: Int, at offset: Int) -> ScriptCall {
    .named("ioctl", [.result(listener), .value(receive), .scratch(offset)])
  }

  static func isValid(_ listener: Int, at offset: Int, request: UInt64 = isValid) -> ScriptCall {
    .named("ioctl", [.result(listener), .value(request), .scratch(offset)])
  }

  /// What a reply says, beside the id: `struct seccomp_notif_resp`.
  struct Reply {
    var value: Int64 = 0
    var error: Int32 = 0
    var flags: UInt32 = 0

    var bytes: [UInt8] {
      Play.bytes(UInt64(bitPattern: value))
        + Play.bytes(UInt64(UInt32(bitPattern: error)) | UInt64(flags) << 32)
    }
  }

  /// What is asked of ADDFD, beside the id: `struct seccomp_notif_addfd`.
  struct Addition {
    /// 1 SETFD, 2 SEND.
    var flags: UInt32 = 0
    var source: UInt32
    var target: UInt32 = 0
    /// O_CLOEXEC or 0.
    var descriptorFlags: UInt32 = 0

    var bytes: [UInt8] {
      Play.bytes(UInt64(flags) | UInt64(source) << 32)
        + Play.bytes(UInt64(target) | UInt64(descriptorFlags) << 32)
    }
  }
}

extension Play {
  /// Takes the next notification: where it stands.
  mutating func receive(_ listener: Int, by actor: Int = 0, _ expected: StepExpectation = .returns(0)) -> Int
  {
    let notification = space(80)
    call(Notify.receive(listener, at: notification), expected, by: actor)
    return notification
  }

  /// Puts an id that was received before bytes of the play's own, and makes a request of it.
  private mutating func request(
    _ request: UInt64, _ listener: Int, about notification: Int, _ bytes: [UInt8], by actor: Int,
    _ expected: StepExpectation
  ) {
    let whole = memory(Self.bytes(0) + bytes)
    copy(from: notification, 8, to: whole, by: actor)
    call(.named("ioctl", [.result(listener), .value(request), .scratch(whole)]), expected, by: actor)
  }

  mutating func reply(
    _ listener: Int, to notification: Int, _ reply: Notify.Reply, by actor: Int = 0,
    _ expected: StepExpectation = .returns(0)
  ) {
    request(Notify.send, listener, about: notification, reply.bytes, by: actor, expected)
  }

  mutating func reply(_ listener: Int, to notification: Int, value: Int64, by actor: Int = 0) {
    reply(listener, to: notification, Notify.Reply(value: value), by: actor)
  }

  mutating func addDescriptor(
    _ listener: Int, for notification: Int, _ addition: Notify.Addition, by actor: Int = 0,
    _ expected: StepExpectation
  ) {
    request(Notify.addDescriptor, listener, about: notification, addition.bytes, by: actor, expected)
  }
}
