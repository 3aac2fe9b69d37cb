/// A set of words of `struct seccomp_data`.
package struct DataWordSet: OptionSet, Hashable, Sendable, CustomStringConvertible {
  /// Bit i is the word of index i, at byte offset 4·i.
  package var rawValue: UInt16

  package init(rawValue: UInt16) { self.rawValue = rawValue }
  package init(_ word: DataWord) { rawValue = 1 << UInt16(word.index) }

  /// The twelve halves of the arguments.
  package static let arguments = DataWordSet(rawValue: 0xfff0)
  /// Both halves of the instruction pointer.
  package static let instructionPointer = DataWordSet(rawValue: 0x000c)

  package func contains(_ word: DataWord) -> Bool { contains(DataWordSet(word)) }

  /// Its words, by offset.
  package var words: [DataWord] { DataWord.all.filter { contains($0) } }

  package var description: String { "[\(words.map(\.description).joined(separator: ", "))]" }
}
