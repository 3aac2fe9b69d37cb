package import ClassicBPF
package import Profiles
package import SeccompModel

/// Draws calls that are likely to meet a filter's tests: numbers and argument values come from the program's
/// constants and from the conditions that the profile puts on the number drawn, mixed with table numbers,
/// edges and values of no particular meaning. Made once for a filter; then ``fill(_:using:)`` is cheap.
package struct CallGenerator: Sendable {
  /// Calls that must not be made in the batch at hand, as their outcome cannot be predicted there: each is
  /// drawn again, at most eight times, and then made a `getpid`. Nil leaves nothing out.
  package var isExcluded: (@Sendable (Call) -> Bool)?

  /// The constants of the filter.
  package let constants: FilterConstants
  let targets: CallTargets
  /// Constants compared with the number, and their neighbours.
  let programNumbers: [UInt32]
  /// Low halves, then high halves, for arguments 0 to 5: element i is the low half's list of argument i,
  /// element 6 + i the high half's; `wordStarts` holds where each begins.
  let words: [UInt32]
  let wordStarts: [Int]
  /// Table numbers by the entry path that they belong to, x32 last.
  let tables: [[UInt32]]
  /// Of 16 calls that could be made either way, how many enter by `int $0x80`.
  let compatShare: Int

  /// Prepares drawing for `filter`, compiled from `profile` where there is one.
  package init(filter: Filter, profile: Profile? = nil) {
    constants = FilterConstants(filter)
    targets = CallTargets(profile ?? Profile(defaultAction: .allow))
    programNumbers = constants.numbers.flatMap { [$0, $0 &+ 1, $0 &- 1] }
    compatShare = constants.namesCompat ? 6 : 1
    var words: [UInt32] = []
    var starts: [Int] = [0]
    for half in 0..<2 * Arguments.count {
      let index = half % Arguments.count
      words += half < Arguments.count ? constants.low(argument: index) : constants.high(argument: index)
      words += InterestingValues.words
      starts.append(words.count)
    }
    self.words = words
    wordStarts = starts
    tables = TableNumbers.all
  }

  /// The call that shows a filter `data`; nil where no process of this kernel can: another architecture's token,
  /// or an instruction pointer asked for, which the probe cannot choose.
  package static func call(from data: SeccompData) -> Call? {
    guard data.instructionPointer == 0 else { return nil }
    switch data.architecture {
    case AuditToken.x86_64: return Call(.syscall, rax: UInt64(data.number), arguments: data.arguments)
    case AuditToken.i386: return Call(.int80, rax: UInt64(data.number), arguments: data.arguments)
    default: return nil
    }
  }

  /// The calls that can be made of a filter's path witnesses, in their order.
  package static func calls(from witnesses: [SeccompData]) -> [Call] { witnesses.compactMap(call(from:)) }
}

/// The numbers of the three tables, in the order x86_64, i386, x32.
enum TableNumbers {
  static let all: [[UInt32]] = [SyscallTable.x86_64, .i386, .x32].map { $0.entries.map(\.number) }
}
