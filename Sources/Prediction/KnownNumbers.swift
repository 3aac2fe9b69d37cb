import SeccompModel

/// Which numbers each table of an x86 kernel has a call for.
struct KnownNumbers: Sendable {
  let x86_64: Table
  /// By the number without bit 30.
  let x32: Table
  let i386: Table

  struct Table: Sendable {
    private let words: [UInt64]
    /// One above the highest number in use.
    let count: UInt32
    /// One above the highest number in use that the architectures share: where new calls will be added. (x32
    /// has its own from 512 on.)
    let firstFree: UInt32

    init(_ table: SyscallTable) {
      count = (table.highestNumber & ~x32SyscallBit) + 1
      var words = [UInt64](repeating: 0, count: Int(count + 63) / 64)
      for (number, _) in table.entries {
        let index = number & ~x32SyscallBit
        words[Int(index / 64)] |= 1 << UInt64(index % 64)
      }
      self.words = words
      firstFree = (table.entries.map { $0.number & ~x32SyscallBit }.filter { $0 < 512 }.max() ?? 0) + 1
    }

    @inline(__always)
    func contains(_ number: UInt32) -> Bool {
      number < count && words[Int(number / 64)] >> UInt64(number % 64) & 1 == 1
    }
  }

  static let tables = KnownNumbers(x86_64: Table(.x86_64), x32: Table(.x32), i386: Table(.i386))
}
