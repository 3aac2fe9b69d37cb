import ClassicBPF
import SeccompModel
import Testing

@Suite("the words that a filter's answer depends on")
struct DecisionWordsTests {
  private func words(
    _ filter: Filter, _ number: UInt32?, _ architecture: UInt32 = AuditToken.x86_64
  ) throws -> [DataWord] {
    var words = try DecisionWords(filter)
    return words.words(number: number, architecture: architecture).words
  }

  @Test("are those tested for the given number and architecture")
  func sample() throws {
    let filter = SampleFilters.small
    #expect(try words(filter, 39) == [])
    #expect(try words(filter, 135) == [.low(argument: 0), .high(argument: 0), .low(argument: 1)])
    #expect(try words(filter, 135, AuditToken.i386) == [])
    #expect(try words(filter, nil) == [.low(argument: 0), .high(argument: 0), .low(argument: 1)])
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var instructions: [Instruction]
    var words: [DataWord]

    init(_ name: String, _ instructions: [Instruction], _ words: [DataWord]) {
      testDescription = name
      self.instructions = instructions
      self.words = words
    }
  }

  private static let a0 = DataWord.low(argument: 0)
  private static let a5 = DataWord.high(argument: 5)

  static let cases: [Case] = [
    Case("a word that is loaded and not used does not count", [.load(a0), .return(.allow)], []),
    Case("RET A counts", [.load(a0), .returnA], [a0]),
    Case("a word masked away does not", [.load(a0), .and(0), .returnA], []),
    Case(
      "a jump to one place either way does not",
      [.load(a0), .jump(equal: 1, then: 0, otherwise: 0), .return(0)], []),
    Case(
      "a word in X and one in A are compared",
      [.load(a5), .copyAToX, .load(a0), .init(.jumpEqualX, jumpTrue: 1), .return(0), .return(.allow)],
      [a0, a5]),
    Case(
      "through the scratch memory",
      [.load(a5), .store(memory: 3), .load(immediate: 0), .load(memory: 3), .operation(.addK, 1), .returnA],
      [a5]),
    Case(
      "X = 0 ends a division",
      [.load(a0), .copyAToX, .load(immediate: 0), .operation(.divideX), .return(.allow)], [a0]),
    Case(
      "a value chosen by a jump depends on what chose",
      [
        .load(a0), .jump(equal: 1, then: 2, otherwise: 0), .load(immediate: 5), .jump(1),
        .load(immediate: 6), .returnA,
      ], [a0]),
    Case(
      "the instruction pointer counts", [.load(.instructionPointerHigh), .returnA], [.instructionPointerHigh]),
    Case(
      "the number does not, nor the architecture",
      [.load(.number), .copyAToX, .load(.architecture), .operation(.addX), .returnA], []),
    Case(
      "what arithmetic on the number decides is followed",
      [
        .load(.number), .operation(.addK, 1), .jump(equal: 40, then: 1, otherwise: 0), .load(a0), .returnA,
      ], []),
  ]

  @Test("are followed through registers and memory", arguments: cases)
  func flow(_ example: Case) throws {
    #expect(try words(Filter(example.instructions), 39) == example.words)
  }

  @Test("the others never change an answer")
  func random() throws {
    var generator = ProgramGenerator(seed: 61)
    var (left, seen) = (0, 0)
    for _ in 0..<3000 {
      let filter = generator.acceptedProgram()
      var walk = try DecisionWords(filter)
      for _ in 0..<8 {
        let (one, other) = (generator.data(for: filter), generator.data(for: filter))
        let words = walk.words(number: one.number, architecture: one.architecture)
        #expect(words.isSubset(of: walk.words(number: nil, architecture: one.architecture)))
        var mixed = one
        for word in DataWord.all.dropFirst(2) where !words.contains(word) { mixed[word] = other[word] }
        #expect(filter.evaluate(mixed) == filter.evaluate(one), "\(words) of \(filter.instructions)")
        if words.isEmpty { left += 1 } else { seen += 1 }
      }
    }
    #expect(left > 1000 && seen > 500, "\(left) without words, \(seen) with some")
  }

  @Test("a filter that the checker refuses has none")
  func refused() {
    #expect(throws: FilterRejection.self) { try DecisionWords(Filter([.load(.number)])) }
  }
}
