import Scripts
import SeccompModel

// The calls that the kernel's own trampolines make and no filter is asked about (kernel/seccomp.c,
// `seccomp_uprobe_exception`): uretprobe 335 since 6.14, uprobe 336 since 6.18, by the native entry alone.
extension Scenario {
  static let exempt = group("exempt", exemptions.flatMap(bypassing) + others)

  private struct Exemption {
    var name: String
    var number: UInt32
    var fact: KernelFact
    /// By hand: SIGILL for 335; ENXIO for 336, since 7.2 EPROTO (arch/x86/kernel/uprobes.c).
    var byHand: StepExpectation
  }

  private static let exemptions = [
    Exemption(
      name: "uretprobe", number: Number.uretprobe, fact: .uretprobeExempt, byHand: .dies(by: Signal.illegal)),
    Exemption(name: "uprobe", number: Number.uprobe, fact: .uprobeExempt, byHand: .returnsAny(-6, -71)),
  ]

  /// Upstream attaches a probe and lets the trampoline make the call; here it is made by hand, which is refused in a way
  /// that no filter gives.
  private static func bypassing(_ exemption: Exemption) -> [Scenario] {
    let call = ScriptCall.syscall(UInt64(exemption.number))
    let actions: [(String, Action)] = [
      ("errno", .errno(777)), ("kill-process", .killProcess), ("kill-thread", .killThread),
      ("trap", .trap(1)),
      ("notify", .notify), ("trace", .trace(1)), ("unknown", .unknown(0x1000_0000)),
    ]
    let variants = ["not_attached", exemption.name == "uprobe" ? "uprobe_attached" : "uretprobe_attached"]
    let upstream = [
      "errno": "uprobe_block_syscall", "kill-process": "uprobe_default_block_with_syscall",
      "trap": "uprobe_default_block",
    ]
    return actions.map { word, action in
      Scenario(
        "\(exemption.name)-\(word)",
        "\(exemption.name) (\(exemption.number)) is not asked about under \(action.kind)",
        needs: [exemption.fact, .fullActions],
        covers: upstream[word].map { test in variants.map { "UPROBE.\($0).\(test)" } } ?? []
      ) {
        $0.setNoNewPrivileges()
        $0.spin()
        $0.install(.always(action))
        $0.call(call, exemption.byHand)
      }
    } + [
      Scenario(
        "\(exemption.name)-strict", "\(exemption.name) (\(exemption.number)) is let through in strict mode",
        needs: [exemption.fact]
      ) {
        $0.spin()
        $0.call(.enterStrictMode)
        $0.call(call, exemption.byHand)
      },
      Scenario(
        "\(exemption.name)-allowed",
        "\(exemption.name) (\(exemption.number)) made by hand is refused by itself",
        needs: [exemption.fact], covers: variants.map { "UPROBE.\($0).uprobe_default_allow" }
      ) {
        $0.setNoNewPrivileges()
        $0.install(.always(.allow))
        $0.call(call, exemption.byHand)
      },
      Scenario("\(exemption.name)-x32", "as an x32 number \(exemption.number) is filtered") {
        $0.setNoNewPrivileges()
        $0.install(.on(exemption.number | Number.x32Bit, .errno(777)))
        $0.call(.syscall(UInt64(exemption.number | Number.x32Bit)), .returns(-777))
      },
      Scenario(
        "\(exemption.name)-int80", "by int $0x80 the number \(exemption.number) is filtered",
        needs: [.compatCalls]
      ) {
        $0.setNoNewPrivileges()
        $0.install(.on(exemption.number, .errno(777)))
        $0.call(ScriptCall(.int80, rax: UInt64(exemption.number)), .returns(-777))
      },
    ]
  }

  private static let others: [Scenario] = [
    Scenario("exempt-neighbours", "the numbers around 335 and 336 are filtered") {
      $0.setNoNewPrivileges()
      $0.spin()
      $0.install(.always(.errno(777)))
      for number in [332, 333, 334, 337, 338, 339] as [UInt64] { $0.call(.syscall(number), .returns(-777)) }
    },
    Scenario("uprobe-upper-bits", "336 is recognised by the low half of rax", needs: [.uprobeExempt]) {
      $0.setNoNewPrivileges()
      $0.spin()
      $0.install(.always(.errno(777)))
      $0.call(.syscall(0x1_0000_0150), .returnsAny(-6, -71))
    },
  ]
}
