import ClassicBPF
import SeccompModel
import Testing

@Suite("what calls can reach")
struct PathTests {
  /// Operations that the search follows exactly: those that libseccomp uses.
  static let followed: [Opcode] = [
    .loadAbsolute, .loadAbsolute, .andK, .jump, .jumpEqualK, .jumpEqualK, .jumpGreaterK, .jumpGreaterOrEqualK,
    .jumpSetK, .returnK,
  ]

  @Test(
    "every instruction and side of a libseccomp-like filter has a witness, the contradictory ones a proof")
  func small() throws {
    let paths = try FilterPaths(of: SampleFilters.small)
    #expect(paths.unreachable == [16])
    #expect(paths.undecided == [])
    #expect(paths.undecidedEdges == [])
    try expectSound(paths, SampleFilters.small)

    let contradictory = try FilterPaths(of: SampleFilters.contradictory)
    #expect(contradictory.unreachable == [3, 7])
    #expect(contradictory.undecided == [])
    #expect(
      contradictory.unreachableEdges == [
        .init(programCounter: 2, taken: true), .init(programCounter: 6, taken: true),
      ])
    try expectSound(contradictory, SampleFilters.contradictory)
  }

  @Test("with the kernel's two architectures only, the bad-architecture return is unreachable")
  func architectures() throws {
    let paths = try FilterPaths(
      of: SampleFilters.small, architectures: [AuditToken.x86_64, AuditToken.i386])
    #expect(paths.unreachable == [3, 16])
    #expect(paths.undecided == [])
    for data in paths.witnesses {
      #expect([AuditToken.x86_64, AuditToken.i386].contains(data.architecture))
    }
  }

  @Test("return sites come with the verdict that their witness is answered")
  func returnSites() throws {
    let sites = try FilterPaths(of: SampleFilters.small).returnSites
    #expect(sites.map(\.programCounter) == [3, 19, 20])
    #expect(sites.map(\.verdict.action) == [.killProcess, .errno(38), .allow])
    for site in sites {
      #expect(SampleFilters.small.evaluateWithSite(site.witness).site == site.programCounter)
    }
  }

  @Test("nothing of a chain of 1000 comparisons is left open")
  func chain() throws {
    let filter = SampleFilters.chain(1000)
    let paths = try FilterPaths(of: filter)
    #expect(paths.unreachable == [])
    #expect(paths.undecidedEdges == [])
    #expect(paths.returnSites.count == 1001)
  }

  @Test("on programs of followed operations nothing is undecided", arguments: 0..<4)
  func exact(_ part: Int) throws {
    var generator = ProgramGenerator(seed: 100 + UInt64(part))
    var unreachable = 0
    for _ in 0..<150 {
      let filter = generator.acceptedProgram(operations: Self.followed)
      let paths = try FilterPaths(of: filter, samples: 0)
      try #require(paths.undecided == [], "\(filter.disassembly)")
      try #require(paths.undecidedEdges == [], "\(filter.disassembly)")
      unreachable += paths.unreachable.count
      try expectSound(paths, filter)
      try expectNeverReached(paths, filter, &generator, runs: 60)
    }
    #expect(unreachable > 0)
  }

  @Test("on programs of all operations every witness is true and no proof is refuted", arguments: 0..<4)
  func sound(_ part: Int) throws {
    var generator = ProgramGenerator(seed: 200 + UInt64(part))
    var unreachable = 0
    for _ in 0..<250 {
      let filter = generator.acceptedProgram()
      let paths = try FilterPaths(of: filter, samples: 50)
      unreachable += paths.unreachable.count
      try expectSound(paths, filter)
      try expectNeverReached(paths, filter, &generator, runs: 100)
    }
    #expect(unreachable > 0)
  }

  /// Each witness gets where it claims, and the three sets make up the filter.
  private func expectSound(_ paths: FilterPaths, _ filter: Filter) throws {
    var reached = 0
    for pc in filter.instructions.indices {
      guard let witness = paths.witness(reaching: pc) else { continue }
      reached += 1
      var coverage = FilterCoverage(of: filter)
      coverage.mark(witness, in: filter)
      try #require(coverage.contains(pc), "\(pc) by \(witness)\n\(filter.disassembly)")
      guard filter.instructions[pc].opcode?.isConditionalJump == true else { continue }
      for taken in [true, false] {
        let edge = FilterCoverage.Edge(programCounter: pc, taken: taken)
        guard let witness = paths.witness(taking: edge) else { continue }
        var coverage = FilterCoverage(of: filter)
        coverage.mark(witness, in: filter)
        try #require(coverage.contains(edge), "\(edge) by \(witness)\n\(filter.disassembly)")
      }
    }
    #expect(reached + paths.unreachable.count + paths.undecided.count == filter.count)
  }

  /// Random calls, and the witnesses with words changed, never get to what was proved unreachable.
  private func expectNeverReached(
    _ paths: FilterPaths, _ filter: Filter, _ generator: inout ProgramGenerator, runs: Int
  ) throws {
    var coverage = FilterCoverage(of: filter)
    for run in 0..<runs {
      var data = generator.data(for: filter)
      if run % 2 == 1 {
        let fresh = data
        data = generator.random.pick(paths.witnesses)
        for _ in 0..<2 {
          let word = generator.random.pick(DataWord.all)
          data[word] = fresh[word]
        }
      }
      coverage.mark(data, in: filter)
    }
    for pc in paths.unreachable {
      try #require(!coverage.contains(pc), "\(pc)\n\(filter.disassembly)")
    }
    for edge in paths.unreachableEdges {
      try #require(!coverage.contains(edge), "\(edge)\n\(filter.disassembly)")
    }
  }
}
