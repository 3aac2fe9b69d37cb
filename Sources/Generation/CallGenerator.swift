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
  /// Constants compared with the number, and their neighbours, by both entry paths.
  let programNumbers: [CallTarget]

  /// Prepares drawing for `filter`, compiled from `profile` where there is one.
  package init(filter: Filter, profile: Profile? = nil) {
    constants = FilterConstants(filter)
    targets = CallTargets(profile ?? Profile(defaultAction: .allow), constants: constants)
    // `int $0x80` takes a seventh of them; half where the filter knows i386.
    let direct = constants.namesCompat ? 1 : 6
    programNumbers = constants.numbers.flatMap { number in
      [number, number, number &+ 1, number &- 1].flatMap { number in
        repeatElement(CallTarget(.syscall, number), count: direct) + [CallTarget(.int80, number)]
      }
    }
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

/// Numbers that do not depend on the filter.
enum TableNumbers {
  static let native = SyscallTable.x86_64.entries.map { CallTarget(.syscall, $0.number) }
  static let compat = SyscallTable.i386.entries.map { CallTarget(.int80, $0.number) }
  static let x32 = SyscallTable.x32.entries.map { CallTarget(.syscall, $0.number) }
  static let edges =
    NumberEdges.all.map { CallTarget(.syscall, $0) } + NumberEdges.all.map { CallTarget(.int80, $0) }
}
