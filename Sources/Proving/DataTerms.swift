import ClassicBPF
import SeccompModel

/// The input of filters as unknowns: the sixteen words of `struct seccomp_data`, 2^512 inputs in all.
struct DataTerms {
  /// Each of 32 bits, in the order of the structure: number, architecture, instruction pointer low and high, then the
  /// halves of each argument, low first.
  let words: [Word]

  init(_ context: Z3Context) {
    words = (0..<16).map { context.variable("w\($0)", width: 32) }
  }

  /// The same with number and architecture known.
  init(_ data: DataTerms, number: UInt32, architecture: UInt32, in context: Z3Context) {
    words = [context.number(number), context.number(architecture)] + data.words[2...]
  }

  /// The same with one word 0.
  init(_ data: DataTerms, zeroing place: Int, in context: Z3Context) {
    var words = data.words
    words[place] = context.number(0)
    self.words = words
  }

  var number: Word { words[0] }
  var architecture: Word { words[1] }

  /// The word at a byte offset of the structure.
  subscript(offset offset: UInt32) -> Word { words[Int(offset / 4)] }

  func low(_ argument: Int) -> Word { words[4 + 2 * argument] }
  func high(_ argument: Int) -> Word { words[5 + 2 * argument] }
}

extension DataTerms {
  /// The input that a model describes; nil when it does not come to numbers.
  func values(in model: Z3Model) -> SeccompData? {
    let values = words.compactMap { model.value(of: $0) }
    guard values.count == words.count else { return nil }
    var arguments = Arguments()
    for index in 0..<Arguments.count {
      arguments[index] = values[5 + 2 * index] << 32 | values[4 + 2 * index]
    }
    return SeccompData(
      number: UInt32(truncatingIfNeeded: values[0]), architecture: UInt32(truncatingIfNeeded: values[1]),
      instructionPointer: values[3] << 32 | values[2], arguments: arguments)
  }
}

extension Z3Solver {
  enum Found {
    case none
    case some(SeccompData)
    case unknown(String)
  }

  /// An input for which what is required holds, and further formulas.
  func input(_ data: DataTerms, with assumptions: [Formula] = []) -> Found {
    switch check(with: assumptions) {
    case .none: .none
    case .unknown(let reason): .unknown(reason)
    case .some(let model):
      data.values(in: model).map { .some($0) } ?? .unknown("the model does not come to an input")
    }
  }
}

extension DataTerms {
  /// Whether they are among inputs that count.
  func isWithin(_ reach: FilterEquivalence.Reach, in context: Z3Context) -> Formula {
    var parts = [context.equal(architecture, context.number(reach.architecture))]
    if let pointer = reach.instructionPointer {
      parts += [pointer, pointer >> 32].enumerated().map {
        context.equal(words[2 + $0.offset], context.number(UInt32(truncatingIfNeeded: $0.element)))
      }
    }
    parts += reach.hiddenNumbers.map { context.not(context.equal(number, context.number($0))) }
    return context.all(parts)
  }
}
