import ClassicBPF
import Compilation
import Generation
import Prediction
import Profiles
import SeccompModel
import Testing

@testable import Proving

@Suite("The prover", .timeLimit(.minutes(30)))
struct ProverTests {
  @Test("answers as the walk over both programs does", arguments: 1...2)
  func walk(seed: UInt64) throws {
    var compiler = try Compiler(libseccomp: nil)
    let generator = ProfileGenerator(seed: seed)
    var counts = (equal: 0, different: 0)
    for number in UInt64(0)..<60 {
      let made = generator.makeCase(number: number)
      guard made.shape != .large else { continue }
      var other = made.settings
      other.optimizeLevel = 3 - made.settings.optimizeLevel
      guard let one = try compiler.made(.init(profile: made.profile, settings: made.settings)),
        let two = try compiler.made(.init(profile: made.profile, settings: other)),
        let mutant = FilterMutation.pick(seed: number, from: one.filter)?.mutant
      else { continue }
      for filter in [two.filter, mutant] {
        let walk = try FilterEquivalence(reading: .effect).compare(one.filter, filter)
        switch (walk, try Prover().compare(one.filter, filter)) {
        case (.equivalent, .proved): counts.equal += 1
        // The walk looks at x86's tokens only.
        case (.equivalent, .differs(let witness)):
          #expect(![AuditToken.x86_64, AuditToken.i386].contains(witness.architecture))
        case (.different, .differs(let witness)):
          counts.different += 1
          #expect(
            FilterEquivalence.Reading.effect.meaning(of: one.filter.evaluate(witness))
              != FilterEquivalence.Reading.effect.meaning(of: filter.evaluate(witness)))
        case (.undecided, _): break
        case (let walk, let proof): Issue.record("\(walk), \(proof), case \(number)")
        }
      }
    }
    #expect(counts.equal > 20 && counts.different > 20, "\(counts)")
  }

  @Test("what the solver cannot tell within its limits is unknown, never proved")
  func unknown() throws {
    // x * x == 0x7fff_ffff-like questions are hard enough for one unit of work.
    let square = Filter([
      .load(.low(argument: 0)), .copyAToX, .load(.low(argument: 1)), .operation(.multiplyX), .copyAToX,
      .load(.low(argument: 2)), .operation(.multiplyX), .jump(equal: 0xdead_beef, then: 0, otherwise: 1),
      .return(.errno(1)), .return(.allow),
    ])
    let prover = Prover(limits: ProofLimits(seconds: 60, resources: 1))
    guard case .unknown = try prover.compare(square, Filter([.return(.allow)])) else {
      Issue.record("one unit of work was enough")
      return
    }
    let result = try SideComparison(
      .filter(square), .filter(Filter([.return(.allow)])), limits: prover.limits
    ).run()
    #expect(result.unfinished != nil)
    #expect(!result.isProvedEqual)
  }

  @Test("of a chain the strictest verdict counts, of the newest filter among equals")
  func chain() throws {
    func refusing(_ number: UInt32, _ action: Action) -> Filter {
      Filter([
        .load(.number), .jump(equal: number, then: 0, otherwise: 1), .return(action), .return(.allow),
      ])
    }
    let together = Filter([
      .load(.number), .jump(equal: 1, then: 3, otherwise: 0), .jump(equal: 2, then: 3, otherwise: 0),
      .jump(equal: 3, then: 3, otherwise: 0), .return(.allow), .return(.errno(5)), .return(.errno(8)),
      .return(.killProcess),
    ])
    let chain = [
      refusing(1, .errno(5)), refusing(2, .errno(7)), refusing(2, .errno(8)), refusing(3, .killProcess),
      refusing(3, .trap(9)),
    ]
    let result = try SideComparison(.filters(chain), .filter(together)).run()
    #expect(result.isProvedEqual, "\(result)")
    let older = try SideComparison(.filters(chain.reversed()), .filter(together)).run()
    #expect(Set(older.differences.map(\.numbers)) == [2...2])
    #expect(try SideComparison(.filters([]), .filter(Filter([.return(.allow)]))).run().isProvedEqual)
  }

  @Test("a filter that the kernel would refuse is no side")
  func refused() {
    #expect(throws: FilterRejection.self) {
      try Prover().compare(Filter([]), Filter([.return(.allow)]))
    }
    #expect(throws: FilterRejection.self) {
      try SideComparison(.filter(Filter([.return(.allow)])), .filter(Filter([]))).run()
    }
  }

  @Test("both ways in which libseccomp arranges the containers profile are the policy, and each other")
  func containers() throws {
    var compiler = try Compiler(libseccomp: nil)
    let profile = try containersProfile()
    let list = try compiler.made(profile), tree = try compiler.made(profile, optimize: 2)
    #expect(list.filter != tree.filter)
    #expect(try Prover().compare(list.filter, tree.filter, reading: .exact) == .proved)
    for made in [list, tree] {
      #expect(try Prover().compare(made.oracle, made.filter) == .proved)
      #expect(try SideComparison(.policy(made.oracle), .filter(made.filter)).run().isProvedEqual)
    }
  }
}
