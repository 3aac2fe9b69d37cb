import SeccompModel

/// The hot loop's view of a ``CallGenerator``: its arrays as bare memory, valid for one fill.
struct CallDrawing {
  let targets: UnsafeBufferPointer<CallTargets.Target>
  let values: UnsafeBufferPointer<UInt64>
  let valueStarts: UnsafeBufferPointer<Int>
  let vectors: UnsafeBufferPointer<Arguments>
  let vectorStarts: UnsafeBufferPointer<Int>
  let numbers: UnsafeBufferPointer<UInt32>
  let words: UnsafeBufferPointer<UInt32>
  let wordStarts: UnsafeBufferPointer<Int>
  let native: UnsafeBufferPointer<UInt32>
  let compat: UnsafeBufferPointer<UInt32>
  let x32: UnsafeBufferPointer<UInt32>
  let edges: UnsafeBufferPointer<UInt32>
  let boundaries: UnsafeBufferPointer<UInt64>
  let upperHalves: UnsafeBufferPointer<UInt64>
  let compatShare: Int

  /// One call: the number first, then arguments that belong to it. Of 32 calls, 18 are ones that the profile
  /// speaks of (where it speaks of any), 6 use the program's number constants, 6 a table's, 2 an edge.
  @inline(__always)
  func call(using random: inout RandomSource) -> Call {
    let choice = random.next()
    let kind = Int(choice & 31)
    var group = -1
    var operation: UInt32?
    var number: UInt32
    var entry: EntryPath = Int(choice >> 5 & 15) < compatShare ? .int80 : .syscall
    if kind < 18, !targets.isEmpty {
      let target = targets[random.below(targets.count)]
      (number, entry, group, operation) = (target.number, target.entry, target.group, target.operation)
    } else if kind < 24, !numbers.isEmpty {
      number = pick(numbers, using: &random)
    } else if kind < 30 {
      let table = entry == .int80 ? compat : choice >> 9 & 7 == 0 ? x32 : native
      number = table.isEmpty ? UInt32(truncatingIfNeeded: choice >> 32) & 1023 : pick(table, using: &random)
    } else {
      number = pick(edges, using: &random)
    }
    if choice >> 12 & 63 == 0 { number ^= x32SyscallBit }
    if choice >> 18 & 127 == 0 { entry = entry == .int80 ? .syscall : .int80 }
    var rax = UInt64(number)
    if choice >> 25 & 15 == 0 { rax |= pick(upperHalves, using: &random) }
    var arguments = Arguments()
    drawArguments(&arguments, group: group, choice: choice >> 29, using: &random)
    if let operation, choice >> 60 & 7 != 0 {
      arguments.a0 = arguments.a0 & 0xffff_ffff_0000_0000 | UInt64(operation)
    }
    return Call(entry, rax: rax, arguments: arguments)
  }

  /// Starts from arguments that satisfy one rule on the call (half of the time, where there is one), then
  /// changes some. `choice` holds 31 random bits.
  @inline(__always)
  private func drawArguments(
    _ arguments: inout Arguments, group: Int, choice: UInt64, using random: inout RandomSource
  ) {
    // Four bits an argument: how it is drawn.
    var ways = choice >> 1
    if group >= 0 {
      let first = vectorStarts[group]
      let count = vectorStarts[group + 1] - first
      if count > 0, choice & 1 == 0 {
        arguments = vectors[first + random.below(count)]
        // Change about one argument of the six in such a vector.
        ways |= 0x88_8888 & (random.next() | random.next())
      }
      let base = 6 * group
      arguments.a0 = argument(0, base, arguments.a0, ways, using: &random)
      arguments.a1 = argument(1, base, arguments.a1, ways >> 4, using: &random)
      arguments.a2 = argument(2, base, arguments.a2, ways >> 8, using: &random)
      arguments.a3 = argument(3, base, arguments.a3, ways >> 12, using: &random)
      arguments.a4 = argument(4, base, arguments.a4, ways >> 16, using: &random)
      arguments.a5 = argument(5, base, arguments.a5, ways >> 20, using: &random)
    } else {
      arguments.a0 = programValue(0, 0, ways, using: &random)
      arguments.a1 = programValue(1, 0, ways >> 4, using: &random)
      arguments.a2 = programValue(2, 0, ways >> 8, using: &random)
      arguments.a3 = programValue(3, 0, ways >> 12, using: &random)
      arguments.a4 = programValue(4, 0, ways >> 16, using: &random)
      arguments.a5 = programValue(5, 0, ways >> 20, using: &random)
    }
  }

  /// Argument `index` of a call of a group: a value of the conditions on it in 7 of 16, of the program in 1,
  /// else what stands there.
  @inline(__always)
  private func argument(
    _ index: Int, _ base: Int, _ standing: UInt64, _ way: UInt64, using random: inout RandomSource
  ) -> UInt64 {
    if way & 8 != 0 { return standing }
    let start = valueStarts[base + index]
    let count = valueStarts[base + index + 1] - start
    if count == 0 { return programValue(index, standing, way | 4, using: &random) }
    if way & 7 == 0 { return programValue(index, standing, way | 5, using: &random) }
    return values[start + random.below(count)]
  }

  /// Two halves that the program compares, or their neighbours, exchanged now and then; a boundary value; or
  /// what stands there.
  @inline(__always)
  private func programValue(
    _ index: Int, _ standing: UInt64, _ way: UInt64, using random: inout RandomSource
  ) -> UInt64 {
    if way & 12 == 0 || way & 12 == 12 { return standing }
    let bits = random.next()
    if way & 3 == 0 { return boundaries[scaled(bits, boundaries.count)] }
    let low = word(index, bits)
    let high = way & 3 == 1 ? word(6 + index, bits << 16) : 0
    let value = UInt64(high) << 32 | UInt64(low)
    return bits & 0xf0 == 0 ? value << 32 | value >> 32 : value
  }

  /// A constant of list `list`, in three of eight cases its neighbour.
  @inline(__always)
  private func word(_ list: Int, _ bits: UInt64) -> UInt32 {
    let start = wordStarts[list]
    let constant = words[start + scaled(bits, wordStarts[list + 1] - start)]
    switch bits >> 8 & 7 {
    case 0: return constant &+ 1
    case 1: return constant &- 1
    case 2: return ~constant
    default: return constant
    }
  }

  /// A number below `bound` (at most 2^16) from the top 16 bits.
  @inline(__always)
  private func scaled(_ bits: UInt64, _ bound: Int) -> Int {
    Int(truncatingIfNeeded: (bits >> 48 &* UInt64(truncatingIfNeeded: bound)) >> 16)
  }

  @inline(__always)
  private func pick<Element>(
    _ elements: UnsafeBufferPointer<Element>, using random: inout RandomSource
  ) -> Element {
    elements[random.below(elements.count)]
  }
}
