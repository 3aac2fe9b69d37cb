package import ClassicBPF
package import Profiles
package import SeccompModel

/// Every call that a check of one profile makes: each number by each way into the kernel, with the argument
/// vectors that the rules on that number ask for; then the path witnesses of the filter.
package struct ExhaustiveCalls: Sendable {
  /// A way into the kernel, with the bit that it puts into the number.
  package enum Way: Hashable, Sendable, CaseIterable {
    case syscall, int80, x32

    var entry: EntryPath { self == .int80 ? .int80 : .syscall }
    var bit: UInt32 { self == .x32 ? x32SyscallBit : 0 }
  }

  /// A number whose vectors were more than the limit.
  package struct Truncation: Hashable, Sendable {
    package var number: UInt32
    package var entry: EntryPath
    /// Distinct vectors left out, at least; pairs are not counted to the end.
    package var dropped: Int
  }

  /// The calls, in the order of ways and numbers, witnesses last.
  package private(set) var calls: [Call] = []
  /// How many of ``calls`` are witnesses of the filter's paths that nothing else had covered.
  package private(set) var witnessCount = 0
  /// Witnesses that no call can show the filter: another architecture's token, or an instruction pointer.
  package private(set) var impossibleWitnesses = 0
  /// Where ``limitPerNumber`` cut, empty for a check that left nothing out.
  package private(set) var truncations: [Truncation] = []
  /// The highest number tried by every way; edges beyond it are tried too.
  package let highestNumber: UInt32
  /// Most argument vectors for one number and way.
  package let limitPerNumber: Int

  /// Collects the calls for `profile` and the filter made of it. `witnesses` are those of ``FilterPaths``; with
  /// `profile` nil, the filter's own constants take the place of conditions.
  package init(
    profile: Profile?, filter: Filter, witnesses: [SeccompData] = [], highestNumber: UInt32 = 470,
    limitPerNumber: Int = 4096
  ) {
    self.highestNumber = highestNumber
    self.limitPerNumber = limitPerNumber
    let constants = FilterConstants(filter)
    let rules = profile.map(RulesByNumber.init)
    var raw = ArgumentVectors(limit: limitPerNumber)
    if rules == nil { raw.add(constants: constants) }
    for way in Way.allCases {
      for number in numbers(for: way, constants: constants) {
        var vectors = ArgumentVectors(limit: limitPerNumber)
        for vector in ArgumentVectors.background { vectors.add(vector) }
        if let rules {
          rules.add(to: &vectors, number: number, entry: way.entry)
          rules.add(constants: constants, to: &vectors, number: number, entry: way.entry)
        } else {
          for vector in raw.vectors { vectors.add(vector) }
        }
        append(vectors, number: number, entry: way.entry, dropped: raw.dropped)
      }
    }
    appendWitnesses(witnesses)
  }

  /// The numbers tried by `way`, ascending, without repetition.
  private func numbers(for way: Way, constants: FilterConstants) -> [UInt32] {
    var numbers = (0...highestNumber).map { $0 | way.bit }
    let table: SyscallTable = way == .x32 ? .x32 : way == .int80 ? .i386 : .x86_64
    numbers += table.entries.map(\.number)
    // The x32 bit is part of an edge already; the way without it covers them all.
    if way != .x32 {
      numbers += NumberEdges.all
      numbers += constants.numbers.flatMap { [$0, $0 &+ 1, $0 &- 1] }
    }
    return Set(numbers).sorted()
  }

  private mutating func append(_ vectors: ArgumentVectors, number: UInt32, entry: EntryPath, dropped: Int) {
    for vector in vectors.vectors { calls.append(Call(entry, rax: UInt64(number), arguments: vector)) }
    // Once with an upper half, which must make no difference.
    let upper = NumberEdges.upperHalves[Int(number) % NumberEdges.upperHalves.count]
    calls.append(Call(entry, rax: upper | UInt64(number), arguments: vectors.vectors.last ?? Arguments()))
    if vectors.dropped + dropped > 0 {
      truncations.append(
        Truncation(number: number, entry: entry, dropped: vectors.dropped + dropped))
    }
  }

  private mutating func appendWitnesses(_ witnesses: [SeccompData]) {
    guard !witnesses.isEmpty else { return }
    var seen = Set(calls)
    for witness in witnesses {
      guard let call = CallGenerator.call(from: witness) else {
        impossibleWitnesses += 1
        continue
      }
      if seen.insert(call).inserted {
        calls.append(call)
        witnessCount += 1
      }
    }
  }
}

extension ArgumentVectors {
  /// Adds, for each argument, the values that a filter's constants for its halves make up, and their neighbours.
  mutating func add(constants: FilterConstants) {
    for index in 0..<Arguments.count {
      let lows = constants.low(argument: index)
      let highs = constants.high(argument: index)
      guard !lows.isEmpty || !highs.isEmpty else { continue }
      for high in Self.withNeighbours(highs) {
        for low in Self.withNeighbours(lows) {
          var vector = Arguments()
          vector[index] = UInt64(high) << 32 | UInt64(low)
          add(vector)
          if dropped > limit { return }
        }
      }
    }
  }

  private static func withNeighbours(_ words: [UInt32]) -> [UInt32] {
    Set([0, .max] + words.flatMap { [$0, $0 &+ 1, $0 &- 1] }).sorted()
  }
}
