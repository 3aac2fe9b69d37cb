import Foundation
import Glibc

/// Where the figures were measured.
enum Machine {
  static var text: String {
    """
    processor  \(processor), \(ProcessInfo.processInfo.activeProcessorCount) online
    kernel     \(kernel)
    clock      \(read("/sys/devices/system/clocksource/clocksource0/current_clocksource"))
    load       \(load)
    """
  }

  /// The three load averages.
  static var load: String { read("/proc/loadavg").split(separator: " ").prefix(3).joined(separator: " ") }

  private static var processor: String {
    let line = read("/proc/cpuinfo").split(separator: "\n").first { $0.hasPrefix("model name") }
    return line?.split(separator: ":").last?.trimmingCharacters(in: .whitespaces) ?? "unknown"
  }

  private static var kernel: String {
    "\(read("/proc/sys/kernel/ostype")) \(read("/proc/sys/kernel/osrelease")), \(read("/proc/sys/kernel/version")), "
      + "net.core.bpf_jit_enable \(read("/proc/sys/net/core/bpf_jit_enable"))"
  }

  private static func read(_ path: String) -> String {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return "unknown" }
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
