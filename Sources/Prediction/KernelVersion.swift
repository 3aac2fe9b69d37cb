/// A kernel release as far as features depend on it.
public struct KernelVersion: Hashable, Comparable, Sendable {
  public var major: Int
  public var minor: Int

  public init(_ major: Int, _ minor: Int) {
    self.major = major
    self.minor = minor
  }

  /// The first two numbers of what `uname -r` says; 0.0 when there are none.
  package init(release: String) {
    let numbers = release.split(separator: ".", maxSplits: 2).prefix(2).map {
      Int($0.prefix { $0.isNumber }) ?? 0
    }
    self.init(numbers.first ?? 0, numbers.count > 1 ? numbers[1] : 0)
  }

  public static func < (left: KernelVersion, right: KernelVersion) -> Bool {
    (left.major, left.minor) < (right.major, right.minor)
  }
}
