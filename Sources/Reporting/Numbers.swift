/// Numbers as people read them. English grouping, whatever the machine's locale: texts are compared in tests and
/// pasted into reports.
package enum Numbers {
  /// `1,234,567`
  package static func grouped(_ value: some BinaryInteger) -> String {
    let digits = String(value.magnitude)
    var text = ""
    for (position, digit) in digits.enumerated() {
      if position > 0, (digits.count - position).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return value < 0 ? "-" + text : text
  }

  /// With the noun: `1 call`, `2 calls`, `3 libraries`.
  package static func counted(_ value: some BinaryInteger, _ noun: String, plural: String? = nil) -> String {
    "\(grouped(value)) \(value == 1 ? noun : plural ?? noun + "s")"
  }

  /// A share of two counts in percent; `none` of nothing. `100 %` and `0 %` only where they are exact: 99.999 % reads
  /// `99.9 %`.
  package static func percent(_ part: Int, of whole: Int) -> String {
    guard whole > 0 else { return "none" }
    if part == whole { return "100 %" }
    let tenths = Int((Double(part) * 1000 / Double(whole)).rounded(.down))
    if tenths == 0 { return part == 0 ? "0 %" : "< 0.1 %" }
    return "\(tenths / 10).\(tenths % 10) %"
  }

  /// A span of time, in its two largest units: `0.42 s`, `12.3 s`, `5 min 3 s`, `2 h 10 min`.
  package static func seconds(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0, seconds < 1e12 else { return "? s" }
    if seconds < 9.995 { return fixed(Int((seconds * 100).rounded()), decimals: 2) + " s" }
    if seconds < 59.95 { return fixed(Int((seconds * 10).rounded()), decimals: 1) + " s" }
    let whole = Int(seconds.rounded())
    if whole < 3600 { return whole % 60 == 0 ? "\(whole / 60) min" : "\(whole / 60) min \(whole % 60) s" }
    let minutes = whole / 60
    return minutes % 60 == 0 ? "\(grouped(minutes / 60)) h" : "\(grouped(minutes / 60)) h \(minutes % 60) min"
  }

  /// A 64-bit word as it is written after `--seed`.
  package static func hexadecimal(_ value: UInt64) -> String { "0x" + String(value, radix: 16) }

  /// `value` hundredths or tenths, without zeros at the end.
  private static func fixed(_ value: Int, decimals: Int) -> String {
    let scale = decimals == 2 ? 100 : 10
    var fraction = String(value % scale)
    fraction = String(repeating: "0", count: decimals - fraction.count) + fraction
    while fraction.last == "0" { fraction.removeLast() }
    return fraction.isEmpty ? "\(value / scale)" : "\(value / scale).\(fraction)"
  }
}
