public import SeccompModel

/// Which of the ``KernelException``s hold on one kernel. To be probed at run time: distributions backport, so a
/// version number does not tell.
public struct KernelFeatures: Hashable, Sendable {
  private var bits: UInt32 = 0
  /// The highest number, by any table, that this kernel may have a call for. Numbers above are ENOSYS.
  public var highestNumber: UInt32

  /// A kernel with none of them.
  public init(highestNumber: UInt32 = SyscallTable.x86_64.highestNumber) {
    self.highestNumber = highestNumber
  }

  /// Whether it holds.
  public subscript(exception: KernelException.ID) -> Bool {
    get { bits >> UInt32(exception.rawValue) & 1 == 1 }
    set {
      let bit: UInt32 = 1 << UInt32(exception.rawValue)
      bits = newValue ? bits | bit : bits & ~bit
    }
  }

  /// What a mainline kernel of this version has, configured as distributions do. For documentation and for
  /// predictions without a kernel at hand; a run probes instead.
  public static func assumed(version: KernelVersion) -> KernelFeatures {
    var features = KernelFeatures()
    for exception in KernelException.all {
      switch exception.since {
      case .version(let since): features[exception.id] = version >= since
      case .configuration(let usually): features[exception.id] = usually
      }
    }
    return features
  }
}
