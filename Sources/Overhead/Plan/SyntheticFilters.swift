package import ClassicBPF
package import SeccompModel

/// The filters that the standard plan is made of. They allow getppid(2), and what they do else is nothing but take time.
package enum SyntheticFilters {
  /// Allows everything; the kernel caches that for every number (Linux 5.11).
  package static let allowAll = Filter([.return(.allow)])

  /// Returns this for everything.
  package static func always(_ action: Action) -> Filter { Filter([.return(action)]) }

  /// Allows everything by `count` instructions, all of which run, 2 to 4096. It looks at an argument first, so the
  /// kernel caches nothing; then come comparisons that are not met, as in the lists that libseccomp makes.
  package static func length(_ count: Int) -> Filter {
    Filter(
      [.load(absolute: argument)]
        + (0..<(count - 2)).map { .jump(equal: 0x4000_0000 + UInt32($0), then: 0, otherwise: 0) }
        + [.return(.allow)])
  }

  /// A list of `count` numbers that are allowed, all others are not, with `number` at `position` (from 0) of it. It looks
  /// at an argument first, so that it is run.
  package static func list(of count: Int, number: UInt32, at position: Int) -> Filter {
    Filter(
      uncached + [.load(.number)]
        + (0..<count).flatMap { index -> [Instruction] in
          let entry = index == position ? number : other(index)
          return [.jump(equal: entry, then: 0, otherwise: 1), .return(.allow)]
        } + [.return(.errno(denial))])
  }

  /// The same numbers in a binary tree of comparisons, with single ones at its leaves.
  package static func tree(of count: Int, number: UInt32, at position: Int) -> Filter {
    let numbers = (0..<count).map { $0 == position ? number : other($0) }.sorted()
    return Filter(uncached + [.load(.number)] + branch(numbers[...]))
  }

  /// Compares this many arguments, 0 to 6, in 64 bits each, with what they are (0), before it allows the call.
  package static func arguments(_ count: Int) -> Filter {
    var instructions = uncached
    let allowed = uncached.count + 4 * count
    for index in 0..<count {
      for half: UInt32 in [4, 0] {
        instructions.append(.load(absolute: argument + 8 * UInt32(index) + half))
        instructions.append(.jump(equal: 0, then: 0, otherwise: UInt8(allowed - instructions.count)))
      }
    }
    return Filter(instructions + [.return(.allow), .return(.errno(denial))])
  }

  /// A list of numbers that are allowed, as a profile's filter begins: `cached`, the kernel works out when it is installed
  /// what it says of every number; else an argument comes first and there is nothing to work out.
  package static func installed(_ count: Int, cached: Bool) -> Filter {
    let entries = (count - (cached ? 2 : 3)) / 2
    return Filter(
      (cached ? [.load(.number)] : [.load(absolute: argument), .load(.number)])
        + (0..<entries).flatMap { index -> [Instruction] in
          [.jump(equal: UInt32(index + 1000), then: 0, otherwise: 1), .return(.errno(denial))]
        } + [.return(.allow)])
  }

  /// An errno that the kernel never returns for getppid.
  package static let denial: UInt16 = 999

  /// `offsetof(struct seccomp_data, args)`
  private static let argument: UInt32 = 16
  private static let uncached: [Instruction] = [.load(absolute: argument)]

  /// Numbers that no call has.
  private static func other(_ index: Int) -> UInt32 {
    index % 2 == 0 ? 0x2000_0000 + UInt32(index) : UInt32(3000 + index)
  }

  private static func branch(_ numbers: ArraySlice<UInt32>) -> [Instruction] {
    guard numbers.count > 1, let middle = numbers.dropFirst(numbers.count / 2).first else {
      return numbers.map { .jump(equal: $0, then: 0, otherwise: 1) } + [
        .return(.allow), .return(.errno(denial)),
      ]
    }
    let low = branch(numbers.prefix(numbers.count / 2))
    let high = branch(numbers.dropFirst(numbers.count / 2))
    // A jump of more than 255 needs an instruction of its own.
    return [.jump(greaterOrEqual: middle, then: 0, otherwise: 1), .jump(UInt32(low.count))] + low + high
  }
}
