import ClassicBPF
import Scripts
import SeccompModel

// The vsyscall page: three calls that are emulated, and filtered, without an entering instruction
// (arch/x86/entry/vsyscall/vsyscall_64.c).
extension Scenario {
  static let vsyscall = group("vsyscall", slots.flatMap(filtered) + others)

  private struct Slot {
    var name: String
    var number: UInt32
    var address: UInt64
    var result: StepExpectation

    var call: ScriptCall { ScriptCall(.vsyscall, rax: UInt64(number)) }
  }

  private static let slots = [
    Slot(name: "gettimeofday", number: 96, address: 0xffff_ffff_ff60_0000, result: .returns(0)),
    Slot(name: "time", number: 201, address: 0xffff_ffff_ff60_0400, result: .positive),
    Slot(name: "getcpu", number: 309, address: 0xffff_ffff_ff60_0800, result: .returns(0)),
  ]

  private static func filtered(_ slot: Slot) -> [Scenario] {
    let trap = StepExpectation.Trap(errno: 5, number: Int32(slot.number), callAddress: slot.address)
    return [
      filtered(slot, "allow", .allow, slot.result), filtered(slot, "log", .log, slot.result),
      filtered(slot, "errno", .errno(7), .returns(-7)), filtered(slot, "errno-zero", .errno(0), .returns(0)),
      filtered(slot, "trace", .trace(5), .fails(.noSuchCall)),
      filtered(slot, "notify", .notify, .fails(.noSuchCall)),
      filtered(slot, "trap", .trap(5), .traps(trap, returning: Int64(slot.number))),
      filtered(slot, "kill-thread", .killThread, .dies(by: Signal.badCall)),
      filtered(slot, "kill-process", .killProcess, .dies(by: Signal.badCall)),
      filtered(slot, "unknown", .unknown(0x1000_0000), .dies(by: Signal.badCall)),
      Scenario(
        "vsyscall-\(slot.name)-strict", "strict mode ends \(slot.name) of the vsyscall page by SIGKILL",
        needs: [.vsyscall]
      ) {
        $0.spin()
        $0.call(.enterStrictMode)
        $0.call(slot.call, .dies(by: Signal.kill))
      },
    ]
  }

  private static func filtered(_ slot: Slot, _ word: String, _ action: Action, _ expected: StepExpectation)
    -> Scenario
  {
    Scenario(
      "vsyscall-\(slot.name)-\(word)", "\(action) decides on \(slot.name) of the vsyscall page",
      needs: [.vsyscall, .fullActions, .userNotification]
    ) {
      $0.setNoNewPrivileges()
      $0.handle(.record(flags: []))
      $0.call(slot.call, slot.result)
      $0.install(.on(slot.number, AuditToken.x86_64, action))
      $0.call(slot.call, expected)
    }
  }

  private static let others: [Scenario] = [
    Scenario(
      "vsyscall-data", "the vsyscall page is shown with the slot's address",
      needs: [.vsyscall, .userNotification]
    ) {
      $0.setNoNewPrivileges()
      $0.spawnThread(1)
      let listener = $0.listen(.on(201, .notify), by: 1)
      $0.begin(slots[1].call, by: 1)
      let notification = $0.space(80)
      $0.call(
        Notify.receive(listener, at: notification).reading(at: notification + 16, 3),
        StepExpectation.returns(0).reading(
          .exactly(201 | UInt64(AuditToken.x86_64) << 32), .exactly(slots[1].address), .exactly(0)))
      $0.reply(listener, to: notification, value: 1234)
      $0.finish(1, .returns(1234))
    },
    Scenario("vsyscall-other-slot", "a denied slot leaves the others alone", needs: [.vsyscall]) {
      $0.setNoNewPrivileges()
      $0.install(.on(201, .errno(7)))
      $0.call(slots[0].call, .returns(0))
      $0.call(slots[1].call, .returns(-7))
      $0.call(slots[2].call, .returns(0))
    },
    Scenario(
      "vsyscall-fault-before-filter", "a pointer that cannot be written faults before any filter is asked",
      needs: [.vsyscall]
    ) {
      $0.setNoNewPrivileges()
      $0.install(.on(201, .errno(7)))
      $0.call(
        ScriptCall(.vsyscall, rax: 201, [.value(0xffff_8000_0000_0000)]), .dies(by: Signal.segmentation))
    },
  ]
}
