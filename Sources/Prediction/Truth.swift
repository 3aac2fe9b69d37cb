/// Three-valued truth: what the texts say of a condition, or that they do not say.
enum Truth: UInt8, Sendable {
  case no = 0
  /// The texts leave it open.
  case open = 1
  case yes = 2

  /// Both: false if either is, else open if either is (Kleene's conjunction, the lesser of the two).
  @inline(__always)
  func and(_ other: Truth) -> Truth { rawValue < other.rawValue ? self : other }

  /// What two readings of one text make together: their common answer, or open.
  @inline(__always)
  init(readings first: Bool, _ second: Bool) {
    self = first == second ? (first ? .yes : .no) : .open
  }
}
