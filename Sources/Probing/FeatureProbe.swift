import ClassicBPF
import CLinux
package import Prediction
import SeccompModel

/// Finds out which of the model's kernel exceptions hold here, by making the calls: distributions backport, so no
/// version number is asked.
package enum FeatureProbe {
  /// An errno that none of the calls below returns by itself.
  private static let denial: UInt16 = 3911

  /// What is looked for. Not the rest: kids have one thread, so killing it is killing the process, and no call enters by
  /// the vsyscall page.
  package static let probed = KernelException.ID.allCases.filter {
    $0 != .unknownKillsProcess && $0 != .vsyscallPage
  }

  /// Probes this kernel. Takes a probe of its own and a few milliseconds.
  package static func detect(_ options: Probe.Options = .init()) throws(ProbeError) -> KernelFeatures {
    let probe = try Probe(options)
    var features = KernelFeatures()
    let native = try outcomes(
      [335, 336, 39, 0x1_0000_0027].map { Call(.syscall, rax: $0) }, under: deny(denial), on: probe)
    features[.uretprobeExempt] = native[0] != .returned(-Int64(denial))
    features[.uprobeExempt] = native[1] != .returned(-Int64(denial))
    let capped = try outcomes([Call(.syscall, rax: 39)], under: deny(0xffff), on: probe)
    features[.errnoCapped] = capped[0] == .returned(-4095)

    let compat = try outcomes([Call(.int80, rax: 20)], under: deny(denial), on: probe)
    features[.ia32Emulation] = compat[0] == .returned(-Int64(denial))

    // KILL_PROCESS outranks ERRNO only where all action bits count. The older filter denies getpid alone: under the
    // fallback a kid puts on the newer one itself.
    let full = try outcomes(
      [Call(.syscall, rax: 39)], under: [deniesGetpid, always(.killProcess)], on: probe)
    features[.fullActions] = full[0] == .died(signal: 31)
    let notify = try outcomes(
      [Call(.syscall, rax: 39)], under: [always(.notify)], on: probe, shield: .unshielded)
    features[.userNotification] = notify[0] == .returned(-38)

    // Allowed for real, and harmless: getpid by an x32 number and with high bits in rax; 512, x32's rt_sigaction,
    // without bit 30 and with arguments that it refuses.
    let onlyThese = only([39, 39 | x32SyscallBit, 512], otherwise: .errno(denial))
    let refused = Arguments(.max, .max, .max, .max)
    let dispatched = try outcomes(
      [
        Call(.syscall, rax: UInt64(39 | x32SyscallBit)), Call(.syscall, rax: 0x1_0000_0027),
        Call(.syscall, rax: 512, arguments: refused),
      ],
      under: [onlyThese], on: probe, shield: .unshielded)
    features[.x32Calls] = dispatched[0] != .returned(-38)
    features[.lowNumberDispatch] = dispatched[1] != .returned(-38)
    features[.separateX32Table] = dispatched[2] == .returned(-38)
    // Not looked for: kids have one thread, so killing it is killing the process; no call enters by the vsyscall page.
    return features
  }

  private static func outcomes(
    _ calls: [Call], under stack: [Filter], on probe: Probe, shield: Shield = .standard
  ) throws(ProbeError) -> [Outcome?] {
    try probe.install(stack, shield: shield)
    _ = probe.calls.update(fromContentsOf: calls)
    _ = try probe.run(count: calls.count)
    return calls.indices.map { probe.outcome($0) }
  }

  private static func always(_ action: Action) -> Filter {
    Filter([Instruction(.returnK, k: action.verdict.rawValue)])
  }

  private static func deny(_ errno: UInt16) -> [Filter] { [always(.errno(errno))] }

  private static var deniesGetpid: Filter {
    Filter([
      Instruction(code: 0x20, k: 0), Instruction(code: 0x15, jumpTrue: 0, jumpFalse: 1, k: 39),
      Instruction(.returnK, k: Action.errno(denial).verdict.rawValue),
      Instruction(.returnK, k: Action.allow.verdict.rawValue),
    ])
  }

  /// Allows these native numbers and nothing else.
  private static func only(_ numbers: [UInt32], otherwise action: Action) -> Filter {
    var instructions = [Instruction(code: 0x20, k: 0)]
    for (index, number) in numbers.enumerated() {
      instructions.append(
        Instruction(code: 0x15, jumpTrue: UInt8(numbers.count - index), jumpFalse: 0, k: number))
    }
    instructions.append(Instruction(.returnK, k: action.verdict.rawValue))
    instructions.append(Instruction(.returnK, k: Action.allow.verdict.rawValue))
    return Filter(instructions)
  }
}
