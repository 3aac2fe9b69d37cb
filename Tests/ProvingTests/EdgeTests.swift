import ClassicBPF
import Generation
import SeccompModel
import Testing

@testable import Proving

@Suite("Sides of jumps", .timeLimit(.minutes(30)))
struct EdgeTests {
  private static let tokens = [AuditToken.x86_64, AuditToken.i386]

  @Test("an input takes each possible one, and the others are proved impossible, through arithmetic")
  func arithmetic() throws {
    // (a0 * 3) ^ 5 == 8, then a test that the first one settles.
    let filter = Filter([
      .load(.low(argument: 0)), .operation(.multiplyK, 3), .operation(.xorK, 5),
      .jump(equal: 8, then: 0, otherwise: 3), .load(.low(argument: 0)),
      .jump(equal: 0xaaaa_aaaf, then: 0, otherwise: 1), .return(.errno(1)), .return(.allow),
    ])
    let edges = filter.edges
    #expect(edges.count == 4)
    let answers = try EdgeSearch(reach: FilterEquivalence.Reach.x86).decide(edges, in: filter)
    let isTaken = answers.map { if case .taken = $0 { true } else { false } }
    // 3 * 0xaaaaaaaf is 13 modulo 2^32, 13 ^ 5 is 8, and no other number comes to that.
    #expect(isTaken == [true, true, true, false])
    #expect(answers[3] == .impossible)
    #expect(filter.pathCount == 3)
  }

  @Test("agrees with the exploration of random programs")
  func random() throws {
    let generator = RawFilterGenerator(seed: 11)
    var counts = (taken: 0, impossible: 0)
    for number in UInt64(5)..<40 {
      let made = generator.makeCase(number: number)
      guard made.shape != .long, made.shape != .chain, let filter = made.stack.first else { continue }
      let paths = try FilterPaths(of: filter, architectures: Self.tokens)
      let answers = try EdgeSearch(reach: FilterEquivalence.Reach.x86, limits: ProofLimits(seconds: 5))
        .decide(
          filter.edges, in: filter)
      let impossible = Set(paths.unreachableEdges)
      for (edge, answer) in zip(filter.edges, answers) {
        switch answer {
        case .taken:
          counts.taken += 1
          #expect(!impossible.contains(edge), "case \(number), \(edge)")
        case .impossible:
          counts.impossible += 1
          #expect(paths.witness(taking: edge) == nil, "case \(number), \(edge)")
        case .unknown: break
        }
      }
    }
    #expect(counts.taken > 100 && counts.impossible > 10, "\(counts)")
  }
}
