/// One element of `args`: a comparison of one argument. Source: OCI runtime-spec config-linux.md,
/// seccomp_rule_add(3).
public struct Condition: Hashable, Sendable {
  /// The argument, 0 to 5 in a sound profile; larger values are kept as written.
  public var index: UInt32
  public var comparison: Comparison
  /// `value`: the datum, or the mask of `maskedEqual`.
  public var value: UInt64
  /// `valueTwo`: the datum of `maskedEqual`; unused elsewhere.
  public var valueTwo: UInt64

  public init(index: UInt32, _ comparison: Comparison, value: UInt64, valueTwo: UInt64 = 0) {
    self.index = index
    self.comparison = comparison
    self.value = value
    self.valueTwo = valueTwo
  }

  /// `op`: the seven operators, unsigned. Raw values are libseccomp's `enum scmp_compare`.
  public enum Comparison: UInt32, Hashable, Sendable, CaseIterable {
    case notEqual = 1
    case lessThan = 2
    case lessOrEqual = 3
    case equal = 4
    case greaterOrEqual = 5
    case greaterThan = 6
    /// `(argument & value) == (valueTwo & value)`: the datum is masked too (seccomp_rule_add(3)).
    case maskedEqual = 7

    /// The OCI word.
    public var word: String {
      switch self {
      case .notEqual: "SCMP_CMP_NE"
      case .lessThan: "SCMP_CMP_LT"
      case .lessOrEqual: "SCMP_CMP_LE"
      case .equal: "SCMP_CMP_EQ"
      case .greaterOrEqual: "SCMP_CMP_GE"
      case .greaterThan: "SCMP_CMP_GT"
      case .maskedEqual: "SCMP_CMP_MASKED_EQ"
      }
    }
  }
}
