/// For which versions something holds: `2.5.4`, `2.5.4...2.6.1` (both ends in), `2.5.4...` or `...2.6.1`;
/// several parted by commas.
package struct VersionRange: Hashable, Sendable {
  private var parts: [ClosedEnds]

  private struct ClosedEnds: Hashable, Sendable {
    var first: [Int]?
    var last: [Int]?
  }

  /// Nil when the text is not of that form.
  package init?(_ text: String) {
    parts = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let part = String(part.filter { $0 != " " })
      let ends: ClosedEnds
      if let dots = part.firstRange(of: "...") {
        let (first, last) = (String(part[..<dots.lowerBound]), String(part[dots.upperBound...]))
        ends = ClosedEnds(first: Self.numbers(first), last: Self.numbers(last))
        guard ends.first != nil || ends.last != nil, first.isEmpty || ends.first != nil,
          last.isEmpty || ends.last != nil
        else { return nil }
      } else {
        guard let only = Self.numbers(part) else { return nil }
        ends = ClosedEnds(first: only, last: only)
      }
      parts.append(ends)
    }
  }

  /// Whether the version is in it. Only its leading numbers count: `6.18.0-7-cloud` is 6.18.0.
  package func contains(_ version: String) -> Bool {
    let leading = version.prefix { $0 == "." || ($0.isASCII && $0.isNumber) }
    guard let numbers = Self.numbers(String(leading.last == "." ? leading.dropLast() : leading)) else {
      return false
    }
    return parts.contains { ends in
      ends.first.map { !Self.isLess(numbers, $0) } ?? true
        && ends.last.map { !Self.isLess($0, numbers) } ?? true
    }
  }

  private static func numbers(_ text: String) -> [Int]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
    let numbers = parts.compactMap { $0 }.filter { $0 >= 0 }
    return numbers.count == parts.count ? numbers : nil
  }

  /// A missing part counts as 0.
  private static func isLess(_ one: [Int], _ other: [Int]) -> Bool {
    for index in 0..<max(one.count, other.count) {
      let (left, right) = (index < one.count ? one[index] : 0, index < other.count ? other[index] : 0)
      if left != right { return left < right }
    }
    return false
  }
}
