/// How many ways there are, in words: filters have more than any integer.
package enum WayCount {
  /// `5000`; from a million on the power of ten, rounded down: `10^21`.
  package static func words(_ count: Double) -> String {
    if count < 1e6 { return "\(Int(count))" }
    var (exponent, rest) = (0, count)
    while rest >= 10, exponent < 400 { (exponent, rest) = (exponent + 1, rest / 10) }
    return "10^\(exponent)"
  }
}
