import Scripts
import SeccompModel

/// A value in a register, as far as the model knows it.
enum Word: Hashable, Sendable {
  case known(UInt64)
  /// The thread id of an actor.
  case thread(Int)
  /// The id of a listener's notification.
  case notification(listener: Int, Int)
  case unknown

  var value: UInt64? {
    if case .known(let value) = self { value } else { nil }
  }
}

/// The registers with which a call enters the kernel.
struct Registers: Hashable, Sendable {
  var entry: EntryPath
  var rax: UInt64
  var words: [Word]

  /// The words of seccomp_data that are not known: the instruction pointer, except a vsyscall's, and arguments.
  var unknownWords: UInt16 {
    var mask: UInt16 = entry == .vsyscall ? 0 : 0b1100
    for (index, word) in words.enumerated() where word.value == nil { mask |= 0b11 << UInt16(4 + 2 * index) }
    return mask
  }

  /// A call of the actors' own machinery, of which only the number is known.
  static func machinery(_ entry: EntryPath, _ number: UInt32) -> Registers {
    Registers(entry: entry, rax: UInt64(number), words: Array(repeating: .unknown, count: Arguments.count))
  }
}

/// What became of a call, as far as the model knows.
enum Fate: Hashable, Sendable {
  case exactly(StepResult)
  case returned(Int64)
  /// A number in this range, which the model cannot know more closely.
  case returnedIn(ClosedRange<Int64>)
  case oneOf([StepResult])
  /// What it returned is not known; it changed nothing that the model keeps.
  case open(String)
  /// It may have changed anything.
  case lost(String)

  /// Whether a repeated call is made again.
  var isSuccess: Bool {
    switch self {
    case .returned(let value), .exactly(.trappedAndReturned(_, let value)): !(-4095..<0).contains(value)
    case .returnedIn: true
    default: false
    }
  }

  static func failed(_ errno: Int64) -> Fate { .returned(-errno) }

  var prediction: StepPrediction {
    switch self {
    case .exactly(let result): .exactly(result)
    case .returned(let value): .exactly(.returned(value))
    case .returnedIn(let range): .returned(range)
    case .oneOf(let results): .oneOf(results)
    case .open(let reason), .lost(let reason): .open(reason)
    }
  }
}
