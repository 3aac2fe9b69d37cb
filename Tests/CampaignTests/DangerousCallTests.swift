import CProbeProtocol
import ClassicBPF
import Compilation
import Foundation
import Generation
import Glibc
import Prediction
import ProfileFiles
import Profiles
import SeccompModel
import Testing

@testable import Campaign
@testable import Probing

@Suite("Dangerous calls under the shield")
struct DangerousCallTests {
  /// Each would end, suspend, copy or stop something if it were executed with good arguments. These arguments are such
  /// that, should a shield fail, the kernel refuses the call or only the probe's kid suffers: no good magic for reboot,
  /// signal 0 for kill, addresses that are not mapped.
  static let calls: [(name: String, arguments: Arguments)] = [
    ("reboot", Arguments(1, 2, 3, 4)), ("kexec_load", Arguments(0, .max, 1, .max)),
    ("exit_group", Arguments(3)), ("exit", Arguments(3)), ("kill", Arguments(0, 0)),
    ("kill", Arguments(UInt64(bitPattern: -1), 0)), ("tkill", Arguments(1, 0)), ("swapoff", Arguments(1)),
    ("swapon", Arguments(1)), ("init_module", Arguments(1, 1, 1)), ("finit_module", Arguments(.max, 1)),
    ("delete_module", Arguments(1, 0)), ("fork", Arguments()), ("vfork", Arguments()),
    ("clone", Arguments(17)), ("clone3", Arguments(1, 0)), ("execve", Arguments(1, 1, 1)),
    ("pause", Arguments()),
    ("sethostname", Arguments(1, 4)), ("umount2", Arguments(1, 0)), ("pivot_root", Arguments(1, 1)),
    ("mount", Arguments(1, 1, 1, 0, 0)), ("settimeofday", Arguments(1, 1)), ("ptrace", Arguments(.max, 0)),
    ("munmap", Arguments(1, 1)), ("rt_sigreturn", Arguments()),
  ]

  /// Executed, they tell something and change nothing.
  static let harmless = ["getpid", "getppid"]

  static func made(_ name: String, _ arguments: Arguments) -> [Call] {
    var made: [Call] = []
    if let number = SyscallTable.x86_64.number(named: name) {
      made.append(Call(.syscall, rax: UInt64(number), arguments: arguments))
    }
    if let number = SyscallTable.x32.number(named: name) {
      made.append(Call(.syscall, rax: UInt64(number), arguments: arguments))
    }
    if let number = SyscallTable.i386.number(named: name) {
      made.append(Call(.int80, rax: UInt64(number), arguments: arguments))
    }
    return made
  }

  /// What the machine would show of a call that was executed.
  struct Surroundings: Equatable {
    var hostname: String
    var mounts: String
    var modules: String
    var swaps: String
    /// The probe's own processes.
    var probe: Int

    init(of probe: Probe) throws {
      func read(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
      hostname = try read("/proc/sys/kernel/hostname")
      mounts = try read("/proc/self/mounts")
      modules = (try? read("/proc/modules")) ?? "no modules"
      swaps = try read("/proc/swaps")
      let group = try #require(probe.process).pid
      self.probe = try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { pid_t($0) }
        .count { getpgid($0) == group }
    }
  }

  static let shields: [Shield] = [.standard, .trace(marker: 999)]
  static let ways = [Probe.Options(), Probe.Options(usesFallback: true)]

  @Test(
    "a profile that allows everything: predicted, made, answered by the shield, and nothing executed",
    arguments: shields, ways)
  func shielded(shield: Shield, way: Probe.Options) throws {
    var options = Workbench.Options()
    options.probe = way
    let bench = try Workbench(options, features: try FeatureProbe.detect())
    let profile = try ProfileFile.read(Seeds.root + "/Corpus/profiles/allow-everything.json").profile
    let layer = Layer(profile: profile, settings: FilterSettings())
    guard case .compiled(let compiled) = try bench.compile(layer) else {
      Issue.record("the profile was not compiled")
      return
    }
    var prepared = try PreparedFilter(layer, compiled)
    let answer: Outcome =
      switch shield {
      case .errno(let marker): .returned(-Int64(marker))
      case .trace(let marker): .traced(message: UInt32(marker))
      case .unshielded: .lost
      }

    // The shield must be seen to work before anything else is made.
    try bench.probe.install([compiled.filter], shield: shield)
    let first = Self.harmless.flatMap { Self.made($0, Arguments()) }
    _ = bench.probe.calls.update(fromContentsOf: first)
    _ = try bench.probe.run(count: first.count)
    for index in first.indices { try #require(bench.probe.outcome(index) == answer, "\(first[index])") }

    let before = try Surroundings(of: bench.probe)
    let calls = Self.calls.flatMap { Self.made($0.name, $0.arguments) }
    #expect(calls.count >= 70)
    _ = bench.probe.calls.update(fromContentsOf: calls)
    let report = try bench.probe.run(count: calls.count)
    #expect(report == Probe.BatchReport())
    #expect(Int(bench.probe.memory.header.pointee.cursor) == calls.count)
    for index in calls.indices {
      #expect(bench.probe.outcome(index) == answer, "\(calls[index])")
      #expect(compiled.filter.evaluate(bench.data(of: calls[index])).action == .allow, "\(calls[index])")
    }
    #expect(try Surroundings(of: bench.probe) == before)

    // The same by the way that a check goes: policy, filter, return sites, real verdicts.
    var tally = Tally()
    var differences = DifferenceList(limit: 10)
    _ = bench.probe.calls.update(fromContentsOf: calls)
    bench.comparePolicy(&prepared, layer: 0, count: calls.count, tally: &tally, differences: &differences)
    try bench.compareTagging(prepared, layer: 0, count: calls.count, tally: &tally, differences: &differences)
    try bench.compareVerdicts(
      [prepared], count: calls.count, run: Workbench.RealRun(shield: shield), tally: &tally,
      differences: &differences)
    #expect(differences.kept.isEmpty)
    #expect(tally.policyDecided == calls.count && tally.taggedCalls == calls.count)
    #expect(tally.realCalls == calls.count && tally.endToEndAgreed == calls.count)
    #expect(tally.kills == 0 && tally.unpredictable == 0)
    #expect(try Surroundings(of: bench.probe) == before)
  }

  @Test("no call that might be executed is made without a shield")
  func vacant() throws {
    let bench = try Workbench(Workbench.Options(), features: try FeatureProbe.detect())
    for call in Self.calls.flatMap({ Self.made($0.name, $0.arguments) }) {
      let isX32 = call.entryPath == .syscall && call.number & x32SyscallBit != 0
      #expect(bench.isVacant(call) == (isX32 && !bench.features[.x32Calls]), "\(call)")
    }
    #expect(!bench.isVacant(Call(.syscall, rax: 0x4000_0000_0000_0000 | 169)))
    #expect(bench.isVacant(Call(.int80, rax: 0xffff_ffff)))
  }
}
