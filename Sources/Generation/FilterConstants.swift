package import ClassicBPF
import SeccompModel

/// The constants that a filter compares each word of `seccomp_data` with, found in one pass over its
/// instructions. The word last loaded, in program order, is taken for the one compared: true of every program
/// that loads before it compares, as libseccomp's do; elsewhere it only makes the draw less apt.
package struct FilterConstants: Hashable, Sendable {
  /// Ascending constants by word index (``DataWord/index``), masks and their complements among them.
  package private(set) var words: [[UInt32]] = Array(repeating: [], count: DataWord.count)

  package init(_ filter: Filter) {
    var loaded: Int?
    for instruction in filter.instructions {
      guard let opcode = instruction.opcode else { continue }
      switch opcode {
      case .loadAbsolute: loaded = DataWord(offset: instruction.k).map { Int($0.index) }
      case .loadLength, .loadImmediate: loaded = nil
      case .andK, .jumpSetK:
        if let loaded { words[loaded] += [instruction.k, ~instruction.k] }
      case .jumpEqualK, .jumpGreaterK, .jumpGreaterOrEqualK, .loadXImmediate, .addK, .subtractK, .xorK:
        if let loaded { words[loaded].append(instruction.k) }
      default: break
      }
    }
    for index in words.indices where words[index].count > 1 {
      words[index].sort()
      var last: UInt32?
      words[index].removeAll { constant in
        defer { last = constant }
        return constant == last
      }
    }
  }

  /// Constants compared with the call's number.
  package var numbers: [UInt32] { words[Int(DataWord.number.index)] }

  /// Constants compared with any word but the architecture, ascending.
  package var ofCalls: [UInt32] {
    Set(words.indices.filter { $0 != Int(DataWord.architecture.index) }.flatMap { words[$0] }).sorted()
  }

  /// Whether the filter tells i386 calls from others.
  package var namesCompat: Bool { words[Int(DataWord.architecture.index)].contains(AuditToken.i386) }

  package func low(argument index: Int) -> [UInt32] { words[Int(DataWord.low(argument: index).index)] }
  package func high(argument index: Int) -> [UInt32] { words[Int(DataWord.high(argument: index).index)] }
}
