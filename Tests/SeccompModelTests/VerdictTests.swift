import CSeccomp
import SeccompModel
import Testing

@Suite("Actions and verdicts")
struct VerdictTests {
  /// An action, its verdict (`SECCOMP_RET_*`), its text.
  static let expected: [(Action, UInt32, String)] = [
    (.killProcess, SCMP_ACT_KILL_PROCESS, "KILL_PROCESS"),
    (.killThread, SCMP_ACT_KILL_THREAD, "KILL_THREAD"),
    (.trap(0), SCMP_ACT_TRAP, "TRAP(0)"),
    (.trap(0xffff), 0x0003_ffff, "TRAP(65535)"),
    (.errno(38), 0x0005_0026, "ERRNO(38)"),
    (.errno(4096), 0x0005_1000, "ERRNO(4096)"),
    (.notify, SCMP_ACT_NOTIFY, "USER_NOTIF"),
    (.trace(0), 0x7ff0_0000, "TRACE(0)"),
    (.trace(7), 0x7ff0_0007, "TRACE(7)"),
    (.log, SCMP_ACT_LOG, "LOG"),
    (.allow, SCMP_ACT_ALLOW, "ALLOW"),
    (.unknown(0x1234_0005), 0x1234_0005, "unknown(0x12340005)"),
    (.unknown(0x0001_0000), 0x0001_0000, "unknown(0x00010000)"),
  ]

  @Test("action to verdict and back, in the kernel's words", arguments: expected)
  func roundTrip(action: Action, rawValue: UInt32, text: String) {
    #expect(action.verdict.rawValue == rawValue)
    #expect(Verdict(rawValue: rawValue).action == action)
    #expect(Verdict(rawValue: rawValue).kind == action.kind)
    #expect(action.description == text)
    #expect(action.verdict.description == text)
  }

  @Test("each kind with action bits is known by them, and no other bits are")
  func kinds() {
    let known = ActionKind.allCases.filter { $0 != .unknown }
    #expect(known.count == 8)
    #expect(Set(known.map(\.actionBits)).count == 8)
    for upper in UInt32(0)...0xffff {
      let verdict = Verdict(rawValue: upper << 16 | 0xabcd)
      #expect(verdict.kind == known.first { $0.actionBits == upper << 16 } ?? .unknown)
      #expect(verdict.data == 0xabcd)
    }
  }

  @Test("data bits of actions that have none are dropped from the action and shown in the verdict")
  func ignoredData() {
    #expect(Verdict(rawValue: 0x7fff_0007).action == .allow)
    #expect(Verdict(rawValue: 0x7fff_0007).description == "ALLOW+0x7")
    #expect(Verdict(rawValue: 0x0000_00ff).action == .killThread)
    #expect(ActionKind.allCases.filter(\.hasData) == [.trap, .errno, .trace])
  }

  @Test("the kernel's order: KILL_PROCESS, KILL_THREAD, TRAP, ERRNO, USER_NOTIF, TRACE, LOG, ALLOW")
  func ranking() {
    let order: [Action] = [
      .killProcess, .killThread, .trap(9), .errno(1), .notify, .trace(3), .log, .allow,
    ]
    for (i, a) in order.enumerated() {
      for (j, b) in order.enumerated() {
        #expect(a.verdict.outranks(b.verdict) == (i < j), "\(a) over \(b)")
      }
    }
  }

  @Test("data decides nothing: equal actions do not outrank each other")
  func ties() {
    #expect(!Verdict(rawValue: 0x0005_0001).outranks(Verdict(rawValue: 0x0005_0002)))
    #expect(!Verdict(rawValue: 0x0005_0002).outranks(Verdict(rawValue: 0x0005_0001)))
  }

  @Test("unknown actions rank by their bits as a signed number")
  func unknownRanks() {
    #expect(Verdict(rawValue: 0xffff_0000).outranks(Action.killThread.verdict))
    #expect(Action.killProcess.verdict.outranks(Verdict(rawValue: 0x8001_0000)))
    #expect(Verdict(rawValue: 0x0001_0000).outranks(Action.trap(0).verdict))
    #expect(Action.killThread.verdict.outranks(Verdict(rawValue: 0x0001_0000)))
    #expect(Verdict(rawValue: 0x7ffe_0000).outranks(Action.allow.verdict))
  }

  @Test(
    "errno names are the kernel's",
    arguments: [
      (0, nil), (1, "EPERM"), (11, "EAGAIN"), (35, "EDEADLK"), (38, "ENOSYS"), (41, nil), (58, nil),
      (133, "EHWPOISON"), (134, nil), (-1, nil), (Int.min, nil), (Int.max, nil),
    ] as [(Int, String?)])
  func errnoNames(number: Int, name: String?) {
    #expect(errnoName(number) == name)
  }
}
