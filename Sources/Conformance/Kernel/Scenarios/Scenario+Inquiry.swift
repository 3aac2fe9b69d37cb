import Scripts
import SeccompModel

// What seccomp(2) tells about itself (kernel/seccomp.c, `seccomp_get_action_avail`, `seccomp_get_notif_sizes`).
extension Scenario {
  static let inquiry = group("inquiry", known + unknown + errors + sizes + files)

  private static func availability(_ verdict: UInt32, _ play: inout Play) -> ScriptCall {
    let word = play.memory(words: UInt64(verdict))
    return .named("seccomp", [2, 0, .scratch(word)])
  }

  private static let known = [
    ActionKind.killProcess, .killThread, .trap, .errno, .notify, .trace, .log, .allow,
  ].map { kind in
    Scenario(
      "available-\(hex(kind.actionBits))", "SECCOMP_GET_ACTION_AVAIL knows \(kind)",
      needs: kind == .notify ? [.userNotification] : [.fullActions], covers: ["global.get_action_avail"]
    ) {
      let call = availability(kind.actionBits, &$0)
      $0.call(call)
    }
  }

  private static let unknown = [
    0x1000_0000, 0x9000_0000, 0x8001_0000, 0xffff_0000, 0x0001_0000, 0x0002_0000, 0x0004_0000, 0x7ffd_0000,
    0x7fff_0001, 0x0005_0001, 0x0003_ffff, 0x8000_0001, 1, 0xffff_ffff,
  ].map { (verdict: UInt32) in
    Scenario(
      "not-available-\(hex(verdict))", "SECCOMP_GET_ACTION_AVAIL does not know 0x\(hex(verdict)): EOPNOTSUPP",
      needs: [.fullActions], covers: ["global.get_action_avail"]
    ) {
      let call = availability(verdict, &$0)
      $0.call(call, .fails(.notSupported))
    }
  }

  private static let errors: [Scenario] = [
    Scenario("available-flags", "SECCOMP_GET_ACTION_AVAIL takes no flags: EINVAL", needs: [.fullActions]) {
      let word = $0.memory(words: 0)
      $0.call(.named("seccomp", [2, 1, .scratch(word)]), .fails(.invalid))
      $0.call(.named("seccomp", [2, 1, 0]), .fails(.invalid))
    },
    Scenario(
      "available-unreadable", "SECCOMP_GET_ACTION_AVAIL of an address that cannot be read is EFAULT",
      needs: [.fullActions]
    ) {
      $0.call(.named("seccomp", [2, 0, 0]), .fails(.badAddress))
      $0.call(.named("seccomp", [2, 0, 0x1000]), .fails(.badAddress))
    },
    Scenario(
      "available-without-no-new-privs", "asking takes neither no_new_privs nor a capability",
      needs: [.privilege, .fullActions]
    ) {
      $0.call(.named("setresuid", [65534, 65534, 65534]))
      let call = availability(0, &$0)
      $0.call(call)
    },
  ]

  private static let sizes: [Scenario] = [
    Scenario(
      "notification-sizes", "SECCOMP_GET_NOTIF_SIZES says 80, 24 and 64", needs: [.userNotification],
      covers: ["global.seccomp_get_notif_sizes"]
    ) {
      let place = $0.space(8)
      $0.call(
        ScriptCall.named("seccomp", [3, 0, .scratch(place)]).reading(at: place),
        StepExpectation.returns(0).reading(.exactly(80 | 24 << 16 | 64 << 32)))
    },
    Scenario(
      "notification-sizes-flags", "SECCOMP_GET_NOTIF_SIZES takes no flags: EINVAL", needs: [.userNotification]
    ) {
      let place = $0.space(8)
      $0.call(
        ScriptCall.named("seccomp", [3, 1, .scratch(place)]).reading(at: place),
        StepExpectation.fails(.invalid).reading(.exactly(0)))
    },
    Scenario(
      "notification-sizes-unwritable",
      "SECCOMP_GET_NOTIF_SIZES to an address that cannot be written is EFAULT",
      needs: [.userNotification]
    ) {
      $0.call(.named("seccomp", [3, 0, 0]), .fails(.badAddress))
    },
  ]

  // MARK: /proc/sys/kernel/seccomp

  private static func words(of text: String) -> [StepExpectation.Word] {
    var bytes = Array(text.utf8)
    bytes += Array(repeating: 0, count: (8 - bytes.count % 8) % 8)
    return stride(from: 0, to: bytes.count, by: 8).map { start in
      .exactly((0..<8).reduce(0) { $0 | UInt64(bytes[start + $1]) << UInt64(8 * $1) })
    }
  }

  private static let files: [Scenario] = [
    Scenario(
      "actions-avail-file", "actions_avail lists the eight actions, strongest first",
      needs: [.fullActions, .userNotification]
    ) {
      let path = $0.text("/proc/sys/kernel/seccomp/actions_avail")
      let text = "kill_process kill_thread trap errno user_notif trace log allow\n"
      let place = $0.space(256)
      let file = $0.call(.named("open", [.scratch(path), 0, 0]), .succeeds)
      var expected = StepExpectation.returns(Int64(text.utf8.count))
      expected.words = words(of: text)
      $0.call(
        ScriptCall.named("read", [.result(file), .scratch(place), 256]).reading(at: place, 8), expected)
    },
    Scenario(
      "actions-avail-file-read-only", "actions_avail cannot be opened for writing", needs: [.fullActions]
    ) {
      let path = $0.text("/proc/sys/kernel/seccomp/actions_avail")
      $0.call(.named("setresuid", [65534, 65534, 65534]), .over)
      $0.call(.named("open", [.scratch(path), 1, 0]), .fails(.accessDenied))
    },
    Scenario(
      "actions-logged-refuses-allow", "actions_logged takes neither allow nor an unknown name: EINVAL",
      needs: [.privilege, .fullActions]
    ) {
      let path = $0.text("/proc/sys/kernel/seccomp/actions_logged")
      let file = $0.call(.named("open", [.scratch(path), 1, 0]), .succeeds)
      for text in ["allow", "bogus", "log bogus", "kill_process allow"] {
        let words = $0.text(text)
        $0.call(
          .named("write", [.result(file), .scratch(words), .value(UInt64(text.utf8.count))]), .fails(.invalid)
        )
      }
    },
    Scenario(
      "actions-logged-needs-privilege", "actions_logged is not written without CAP_SYS_ADMIN",
      needs: [.privilege, .fullActions]
    ) {
      let path = $0.text("/proc/sys/kernel/seccomp/actions_logged")
      let text = $0.text("bogus")
      let file = $0.call(.named("open", [.scratch(path), 1, 0]), .succeeds)
      $0.call(.named("setresuid", [65534, 65534, 65534]))
      $0.call(.named("write", [.result(file), .scratch(text), 5]), .fails(.notPermitted))
    },
  ]
}
