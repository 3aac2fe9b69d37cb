import ClassicBPF
import SeccompModel
import Testing

@Suite("whether two filters mean the same")
struct EquivalenceTests {
  static func number(_ test: Instruction, _ rest: Instruction...) -> Filter {
    Filter([.load(.number), test] + rest)
  }

  /// Pairs of programs that differ in their text only.
  static let alike: [(String, Filter, Filter)] = [
    (
      "a test turned round",
      number(.jump(equal: 39, then: 0, otherwise: 1), .return(.errno(1)), .return(.allow)),
      number(.jump(equal: 39, then: 1, otherwise: 0), .return(.allow), .return(.errno(1)))
    ),
    (
      "above 4 and from 5 on",
      number(.jump(greater: 4, then: 0, otherwise: 1), .return(.errno(1)), .return(.allow)),
      number(.jump(greaterOrEqual: 5, then: 0, otherwise: 1), .return(.errno(1)), .return(.allow))
    ),
    (
      "a bit tested and a bit masked",
      number(.jump(anyBit: 8, then: 0, otherwise: 1), .return(.errno(1)), .return(.allow)),
      number(.and(8), .jump(equal: 8, then: 0, otherwise: 1), .return(.errno(1)), .return(.allow))
    ),
    (
      "a test of what is known already",
      number(
        .jump(greater: 9, then: 0, otherwise: 2), .jump(equal: 5, then: 0, otherwise: 1), .return(.trap(1)),
        .return(.allow)),
      Filter([.return(.allow)])
    ),
    (
      "a token that no x86 kernel shows",
      Filter([
        .load(.architecture), .jump(equal: 0x4000_0028, then: 0, otherwise: 1), .return(.killProcess),
        .return(.allow),
      ]),
      Filter([.return(.allow)])
    ),
  ]

  @Test("programs that differ in their text only are proved alike")
  func alike() throws {
    for (what, one, other) in Self.alike {
      #expect(try FilterEquivalence().compare(one, other) == .equivalent, "\(what)")
      #expect(try FilterEquivalence().compare(other, one) == .equivalent, "\(what), exchanged")
    }
  }

  @Test("one input among 2³² is found")
  func needle() throws {
    let filter = Filter([
      .load(.low(argument: 3)), .and(0xff00_ffff), .jump(equal: 0x1200_3456, then: 0, otherwise: 3),
      .load(.high(argument: 3)), .jump(equal: 0xdead_beef, then: 0, otherwise: 1), .return(.errno(1)),
      .return(.allow),
    ])
    guard case .different(let witness) = try FilterEquivalence().compare(filter, Filter([.return(.allow)]))
    else {
      Issue.record("no difference was found")
      return
    }
    #expect(filter.evaluate(witness).action == .errno(1))
  }

  @Test("what no call can show makes no difference: hidden numbers, other instruction pointers")
  func reach() throws {
    let exempt = Self.number(.jump(equal: 335, then: 0, otherwise: 1), .return(.errno(1)), .return(.allow))
    let address = Filter([
      .load(DataWord.all[2]), .jump(equal: 0x1234, then: 0, otherwise: 1), .return(.errno(1)),
      .return(.allow),
    ])
    let allow = Filter([.return(.allow)])
    let reach = FilterEquivalence.Reach(
      architecture: AuditToken.x86_64, instructionPointer: 0x40_0000, hiddenNumbers: [335])
    for filter in [exempt, address] {
      #expect(try FilterEquivalence(reach: [reach]).compare(filter, allow) == .equivalent)
      guard case .different = try FilterEquivalence().compare(filter, allow) else {
        Issue.record("the difference within reach was not found")
        continue
      }
    }
  }

  @Test("verdicts are one where the kernel makes the same of them, as far as asked")
  func readings() throws {
    func alike(_ one: UInt32, _ other: UInt32, _ reading: FilterEquivalence.Reading) throws -> Bool {
      let filters = [one, other].map { Filter([Instruction(.returnK, k: $0)]) }
      return try FilterEquivalence(reading: reading).compare(filters[0], filters[1]) == .equivalent
    }
    let table: [(UInt32, UInt32, exact: Bool, effect: Bool, oneThread: Bool)] = [
      (0x7fff_0000, 0x7fff_0000, true, true, true), (0x7fff_0000, 0x7fff_0005, false, true, true),
      (0x0005_0fff, 0x0005_ffff, false, true, true), (0x0005_0001, 0x0005_0002, false, false, false),
      (0x7ff0_0001, 0x7ff0_0002, false, false, false), (0x8000_0000, 0x1234_0000, false, true, true),
      (0x8000_0000, 0x0000_0000, false, false, true), (0x7ffc_0000, 0x7fff_0000, false, false, false),
    ]
    for (one, other, exact, effect, oneThread) in table {
      let words = "\(String(one, radix: 16)) and \(String(other, radix: 16))"
      #expect(try alike(one, other, .exact) == exact, "\(words)")
      #expect(try alike(one, other, .effect) == effect, "\(words)")
      #expect(try alike(one, other, .effectOnOneThread) == oneThread, "\(words)")
    }
  }

  @Test("programs beyond libseccomp's kind are undecided, with the instruction")
  func beyond() throws {
    let filter = Filter([.load(.number), .init(.copyAToX), .init(.addX), .returnA])
    guard case .undecided(let reason) = try FilterEquivalence().compare(filter, filter) else {
      Issue.record("a program with X was decided")
      return
    }
    #expect(reason.contains("instruction 1"))
  }

  @Test("what is proved alike answers random calls alike; what is told different differs", arguments: 0..<8)
  func random(seed: Int) throws {
    var generator = ProgramGenerator(seed: UInt64(seed))
    var counts = (alike: 0, different: 0)
    for _ in 0..<150 {
      let filter = generator.acceptedProgram(operations: PathTests.followed)
      guard let (_, mutant) = FilterMutation.pick(seed: generator.random.next(), from: filter) else {
        continue
      }
      switch try FilterEquivalence().compare(filter, mutant) {
      case .different(let witness):
        counts.different += 1
        #expect(filter.evaluate(witness) != mutant.evaluate(witness))
        #expect([AuditToken.x86_64, AuditToken.i386].contains(witness.architecture))
      case .equivalent:
        counts.alike += 1
        for index in 0..<200 {
          var data = generator.data(for: index % 2 == 0 ? filter : mutant)
          data.architecture = index % 3 == 0 ? AuditToken.i386 : AuditToken.x86_64
          if filter.evaluate(data) != mutant.evaluate(data) {
            Issue.record("proved alike, but different for \(data): \(filter.instructions)")
            return
          }
        }
      case .undecided(let reason): Issue.record("undecided: \(reason)")
      }
    }
    #expect(counts.alike > 0 && counts.different > 0)
  }

  @Test("two unrelated programs are compared as a whole, not only where they were changed", arguments: 0..<40)
  func unrelated(seed: Int) throws {
    var generator = ProgramGenerator(seed: UInt64(1000 + seed))
    let one = generator.acceptedProgram(operations: PathTests.followed, longest: 12)
    let other = generator.acceptedProgram(operations: PathTests.followed, longest: 12)
    let answer = try FilterEquivalence().compare(one, other)
    if case .different(let witness) = answer { #expect(one.evaluate(witness) != other.evaluate(witness)) }
    if answer == .equivalent {
      for _ in 0..<500 {
        var data = generator.data(for: one)
        data.architecture = AuditToken.x86_64
        #expect(one.evaluate(data) == other.evaluate(data))
      }
    }
  }
}
