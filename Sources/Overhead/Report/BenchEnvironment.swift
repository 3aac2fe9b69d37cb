import Foundation

/// What the figures depend on besides filters. What the machine does not tell is nil.
package struct BenchEnvironment: Codable, Hashable, Sendable {
  /// `uname -r`
  package var kernel: String
  package var processorModel: String?
  /// How many this process may use (sched_getaffinity(2)), and the one that was measured on.
  package var processors: Int
  package var processor: Int
  /// `constant_tsc` and `nonstop_tsc`: the clock does not follow the processor's speed.
  package var isClockSteady: Bool
  /// GHz
  package var clockRate: Double?
  package var hypervisor: String?
  package var governor: String?
  /// /proc/sys/net/core/bpf_jit_enable and bpf_jit_harden
  package var jit: String?
  package var jitHardening: String?
  /// /sys/devices/system/cpu/vulnerabilities, by name.
  package var mitigations: [String: String]
  /// How far this process may speculate past stores: what filters once turned off (Speculation_Store_Bypass).
  package var storeBypass: String?
  /// /proc/loadavg's first figure, before and after.
  package var loadBefore: Double?
  package var loadAfter: Double?

  /// This machine as it is now.
  package static func detect(processor: Int) -> BenchEnvironment {
    let cpu = text("/proc/cpuinfo") ?? ""
    let flags = field("flags", of: cpu)?.split(separator: " ").map(String.init) ?? []
    return BenchEnvironment(
      kernel: release ?? "unknown", processorModel: field("model name", of: cpu),
      processors: Processors.allowed.count, processor: processor,
      isClockSteady: flags.contains("constant_tsc") && flags.contains("nonstop_tsc"),
      hypervisor: flags.contains("hypervisor") ? text("/sys/class/dmi/id/sys_vendor") ?? "one" : nil,
      governor: text("/sys/devices/system/cpu/cpu\(processor)/cpufreq/scaling_governor"),
      jit: text("/proc/sys/net/core/bpf_jit_enable"),
      jitHardening: text("/proc/sys/net/core/bpf_jit_harden"),
      mitigations: mitigations(),
      storeBypass: field("Speculation_Store_Bypass", of: text("/proc/self/status") ?? ""),
      loadBefore: load(), loadAfter: nil)
  }

  /// `uname -r`
  static var release: String? { text("/proc/sys/kernel/osrelease") }

  static func load() -> Double? {
    text("/proc/loadavg").flatMap { $0.split(separator: " ").first }.flatMap { Double($0) }
  }

  private static func mitigations() -> [String: String] {
    let directory = "/sys/devices/system/cpu/vulnerabilities"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    return Dictionary(
      names.compactMap { name in text("\(directory)/\(name)").map { (name, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  private static func text(_ path: String) -> String? {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
    let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
    return trimmed.isEmpty ? nil : trimmed
  }

  /// The value of the first line `name: value`.
  private static func field(_ name: String, of text: String) -> String? {
    for line in text.split(separator: "\n") {
      guard let colon = line.firstIndex(of: ":") else { continue }
      guard line[..<colon].trimmingCharacters(in: .whitespaces) == name else { continue }
      return line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
    }
    return nil
  }
}
