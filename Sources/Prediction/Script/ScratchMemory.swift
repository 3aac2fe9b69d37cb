import Scripts

/// The memory that all actors share at a fixed address, as far as its contents are known.
struct ScratchMemory: Sendable {
  /// Where the driver maps it, and the programs beside it.
  static let base: UInt64 = 0x2008_0000
  static let programs: UInt64 = 0x2009_0000
  static let programStride: UInt64 = 16
  static let compatPrograms: UInt64 = 0x2009_1000
  static let compatProgramStride: UInt64 = 8
  /// Behind the programs come their instructions, which nobody addresses.
  static let end: UInt64 = 0x2010_0000

  /// Empty until something is written.
  private var bytes: [UInt8] = []
  /// What the kernel wrote there and the model does not know, by offset.
  private var unknown: [Range<Int>] = []
  /// Notification ids, which the model knows by name only: listener and notification, by offset.
  private var cookies: [Int: Word] = [:]

  /// What a read comes to.
  enum Contents: Hashable, Sendable {
    case bytes([UInt8])
    case fault
    case unknown
  }

  /// What stands at an address.
  enum Place: Hashable, Sendable {
    case scratch(Int)
    case program(Int)
    case compatProgram(Int)
    case unreadable
    case unknown
  }

  /// Addresses below `vm.mmap_min_addr` and beyond the user half are never mapped.
  static func place(of address: UInt64) -> Place {
    if address < 0x1000 || address >= 0x0000_8000_0000_0000 { return .unreadable }
    if address >= base, address < base + UInt64(Script.scratchSize) { return .scratch(Int(address - base)) }
    if address >= programs, address < compatPrograms, (address - programs) % programStride == 0 {
      return .program(Int((address - programs) / programStride))
    }
    if address >= compatPrograms, address < end, (address - compatPrograms) % compatProgramStride == 0 {
      return .compatProgram(Int((address - compatPrograms) / compatProgramStride))
    }
    return .unknown
  }

  func read(_ address: UInt64, count: Int) -> Contents {
    switch Self.place(of: address) {
    case .unreadable: return count == 0 ? .bytes([]) : .fault
    case .scratch(let offset):
      guard offset + count <= Script.scratchSize else { return .unknown }
      let range = offset..<offset + count
      if unknown.contains(where: { $0.overlaps(range) }) { return .unknown }
      if bytes.isEmpty { return .bytes([UInt8](repeating: 0, count: count)) }
      return .bytes(Array(bytes[range]))
    case .program, .compatProgram, .unknown: return .unknown
    }
  }

  /// Whether `count` bytes can be written there; nil if not known.
  func isWritable(_ address: UInt64, count: Int) -> Bool? {
    switch Self.place(of: address) {
    case .unreadable: false
    case .scratch(let offset): offset + count <= Script.scratchSize ? true : nil
    case .program, .compatProgram, .unknown: nil
    }
  }

  /// The 64-bit word at an offset.
  func word(at offset: Int) -> Word {
    if let cookie = cookies[offset] { return cookie }
    guard case .bytes(let bytes) = read(Self.base + UInt64(offset), count: 8) else { return .unknown }
    return .known(bytes.littleEndian)
  }

  mutating func write(_ new: [UInt8], at offset: Int) {
    guard offset >= 0, offset + new.count <= Script.scratchSize else { return }
    forget(offset..<offset + new.count)
    if bytes.isEmpty { bytes = [UInt8](repeating: 0, count: Script.scratchSize) }
    bytes.replaceSubrange(offset..<offset + new.count, with: new)
  }

  mutating func write(_ word: Word, at offset: Int) {
    switch word {
    case .known(let value):
      write((0..<8).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }, at: offset)
    case .notification: writeCookie(word, at: offset)
    case .thread, .unknown: writeUnknown(offset..<offset + 8)
    }
  }

  mutating func writeUnknown(_ range: Range<Int>) {
    forget(range)
    unknown.append(range)
  }

  mutating func writeCookie(_ word: Word, at offset: Int) {
    writeUnknown(offset..<offset + 8)
    cookies[offset] = word
  }

  /// What was not known in `range` is about to be overwritten.
  private mutating func forget(_ range: Range<Int>) {
    cookies = cookies.isEmpty ? cookies : cookies.filter { !($0.key..<$0.key + 8).overlaps(range) }
    guard !unknown.isEmpty else { return }
    unknown = unknown.flatMap { old -> [Range<Int>] in
      guard old.overlaps(range) else { return [old] }
      return [
        old.lowerBound..<max(old.lowerBound, range.lowerBound),
        min(old.upperBound, range.upperBound)..<old.upperBound,
      ].filter { !$0.isEmpty }
    }
  }
}

extension Collection<UInt8> {
  /// The first eight bytes at most, lowest first.
  var littleEndian: UInt64 {
    prefix(8).enumerated().reduce(0) { $0 | UInt64($1.element) << UInt64(8 * $1.offset) }
  }
}
