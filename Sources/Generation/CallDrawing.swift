import SeccompModel

/// The hot loop's view of a ``CallGenerator``: its arrays as bare memory, valid for one fill. Random choices are
/// made by masks and table look-ups: a branch on a random bit costs more than all the work on its two sides.
struct CallDrawing {
  /// 32 lists of numbers, none empty.
  let sources: UnsafeBufferPointer<UnsafeBufferPointer<CallTarget>>
  let values: UnsafeBufferPointer<UInt64>
  let valueSpans: UnsafeBufferPointer<CallTargets.Span>
  let vectors: UnsafeBufferPointer<Arguments>
  let vectorSpans: UnsafeBufferPointer<CallTargets.Span>
  /// 16 of them.
  let deltas: UnsafeBufferPointer<UInt64>
  /// 8 of them.
  let upperHalves: UnsafeBufferPointer<UInt64>

  /// One call: the number first, then arguments that belong to it.
  @inline(__always)
  func call(using random: inout RandomSource) -> Call {
    let choice = random.next()
    let source = sources[Int(choice & 31)]
    let target = source[scaled(choice, source.count)]
    // One in 64 has the x32 bit turned over, one in 128 enters the other way, one in 16 carries an upper half.
    let number = target.number ^ UInt32(truncatingIfNeeded: allOnes(choice >> 5 & 63 == 0)) & x32SyscallBit
    let entry = target.entry ^ UInt32(truncatingIfNeeded: allOnes(choice >> 11 & 127 == 0) & 1)
    let upper = upperHalves[Int(choice >> 22 & 7)] & allOnes(choice >> 18 & 15 == 0)
    var arguments = drawArguments(
      group: Int(target.group), fromVector: allOnes(choice >> 25 & 1 == 0), using: &random)
    // Seven of eight calls through a multiplexer ask for the operation that a rule names.
    let fixed = allOnes(target.operation >= 0 && choice >> 26 & 7 != 0) & 0xffff_ffff
    arguments.a0 = arguments.a0 & ~fixed | UInt64(UInt32(bitPattern: target.operation)) & fixed
    return Call(EntryPath(rawValue: entry) ?? .syscall, rax: upper | UInt64(number), arguments: arguments)
  }

  /// Starts from arguments that satisfy a rule on the call (`fromVector` all ones) or from zeros, and changes one
  /// in eight of the former, half of the latter.
  @inline(__always)
  private func drawArguments(group: Int, fromVector: UInt64, using random: inout RandomSource) -> Arguments {
    let first = random.next()
    let second = random.next()
    let third = random.next()
    let fourth = random.next()
    let span = vectorSpans[group]
    let vector = vectors[Int(span.start) + scaled(fourth, Int(span.count))]
    let kept = 8 + 6 & fromVector
    let base = 6 * group
    return Arguments(
      argument(0, base, vector.a0 & fromVector, kept, first),
      argument(1, base + 1, vector.a1 & fromVector, kept, first >> 32),
      argument(2, base + 2, vector.a2 & fromVector, kept, second),
      argument(3, base + 3, vector.a3 & fromVector, kept, second >> 32),
      argument(4, base + 4, vector.a4 & fromVector, kept, third),
      argument(5, base + 5, vector.a5 & fromVector, kept, third >> 32))
  }

  /// One argument from 32 random bits: what stands there in `kept` of 16 cases, else a value of the conditions on
  /// it or, one time in eight, of the program; a step beside it in six of 16.
  @inline(__always)
  private func argument(
    _ index: Int, _ place: Int, _ standing: UInt64, _ kept: UInt64, _ bits: UInt64
  ) -> UInt64 {
    let span = valueSpans[bits >> 4 & 7 == 0 ? index : place]
    let drawn = values[Int(span.start) + Int(((bits >> 16 & 0xffff) &* UInt64(span.count)) >> 16)]
    let stepped = drawn &+ deltas[Int(bits >> 8 & 15)]
    return standing ^ (standing ^ stepped) & allOnes(bits & 15 >= kept)
  }

  @inline(__always)
  private func allOnes(_ condition: Bool) -> UInt64 { 0 &- (condition ? 1 : 0) }

  /// A number below `bound`, at most 2^32, from the top 32 bits.
  @inline(__always)
  private func scaled(_ bits: UInt64, _ bound: Int) -> Int {
    Int(truncatingIfNeeded: (bits >> 32 &* UInt64(truncatingIfNeeded: bound)) >> 32)
  }
}
