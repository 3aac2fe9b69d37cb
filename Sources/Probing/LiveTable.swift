package import SeccompModel

/// The calls that may really be executed: with all six arguments all-ones, made by nobody in namespaces of its own,
/// each of these fails with one fixed errno and leaves nothing behind.
///
/// Measured call by call on Linux 6.18, each in a process of its own and then 20 rounds in one process. Left out is all
/// that returns success, ends, suspends or forks the caller, or changes its state: among others brk, umask, the
/// set*id calls, pause, fork, exit and sigreturn; on x86_64 also 335, uretprobe, which ends in SIGILL.
package enum LiveTable {
  /// Every argument register of a live call.
  package static let argument = UInt64.max

  /// The table's calls of one entry path, ascending.
  package static func numbers(_ entryPath: EntryPath) -> [UInt32] {
    switch entryPath {
    case .syscall: x86_64.flatMap { Array($0) }
    case .int80: i386.flatMap { Array($0) }
    case .sysenter, .vsyscall: []
    }
  }

  /// The live calls of one entry path.
  package static func calls(_ entryPath: EntryPath) -> [Call] {
    let ones = Arguments(argument, argument, argument, argument, argument, argument)
    return numbers(entryPath).map { Call(entryPath, rax: UInt64($0), arguments: ones) }
  }

  private static let x86_64: [ClosedRange<UInt32>] = [
    0...11, 13...14, 16...23, 25...33, 35...36, 38...38, 40...56, 59...59, 61...67, 69...72, 74...94,
    96...101, 103...103, 105...106, 109...109, 115...116, 118...118, 120...121, 124...134, 136...151,
    153...153, 155...161, 163...185, 187...217, 219...230, 232...252, 254...283, 285...334, 336...469,
  ]

  private static let i386: [ClosedRange<UInt32>] = [
    0...0, 3...19, 21...23, 25...26, 28...28, 30...35, 37...44, 46...46, 48...48, 51...59, 61...63, 67...67,
    73...118, 120...122, 124...135, 137...137, 140...142, 144...152, 154...157, 159...163, 165...169,
    171...172, 174...189, 191...198, 205...207, 209...209, 211...214, 217...223, 225...251, 253...257,
    259...290, 292...322, 324...398, 400...469,
  ]
}
