import ClassicBPF
import Prediction
import Probing

extension ActionCache {
  /// The highest numbers that kernels from these releases on surely have in both of their tables (asm/unistd_64.h and
  /// asm/unistd_32.h). The first release is the one that brought the cache; none later has fewer.
  private static let highest: [(since: KernelVersion, number: UInt32)] = [
    (KernelVersion(5, 11), 441), (KernelVersion(5, 12), 442), (KernelVersion(5, 13), 446),
    (KernelVersion(5, 14), 447), (KernelVersion(5, 15), 448), (KernelVersion(5, 16), 449),
    (KernelVersion(5, 17), 450), (KernelVersion(6, 5), 451), (KernelVersion(6, 6), 452),
    (KernelVersion(6, 7), 456), (KernelVersion(6, 8), 461), (KernelVersion(6, 10), 462),
    (KernelVersion(6, 13), 466), (KernelVersion(6, 15), 467), (KernelVersion(6, 17), 469),
  ]

  /// What a kernel surely answers without running a filter: nothing before 5.11, and later at least the numbers that its
  /// release has. That its tables go farther, as backports may make them, is not assumed.
  static func sure(release: KernelVersion, features: KernelFeatures) -> ActionCache {
    let count = highest.last { release >= $0.since }.map { $0.number + 1 } ?? 0
    let exempt = SeccompExemption.all.filter { features[$0.exception] }.map(\.number)
    return ActionCache(
      nativeCount: count, compatCount: features[.ia32Emulation] ? count : 0, exemptNumbers: Set(exempt))
  }

  /// The same of the running kernel.
  static func running() throws(ProbeError) -> ActionCache {
    sure(
      release: KernelVersion(release: BenchEnvironment.release ?? ""), features: try FeatureProbe.detect())
  }
}
