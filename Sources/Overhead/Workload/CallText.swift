import SeccompModel

/// A call as a workload names it: `read`, `i386:socketcall(1)`, `syscall_0x1d8`.
enum CallText {
  typealias Fail = (_ expected: String, _ found: String) -> WorkloadError

  /// The call as an entry with a count of 0.
  static func entry(_ text: ArraySlice<UInt8>, fail: Fail) throws(WorkloadError) -> Workload.Entry {
    guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else {
      return try entry(text, abi: .x86_64, fail: fail)
    }
    let prefix = text[..<colon]
    guard let abi = CallABI(rawValue: String(decoding: prefix, as: UTF8.self)) else {
      throw fail("x86_64, i386 or x32 before the colon", quoted(prefix))
    }
    return try entry(text[(colon + 1)...].trimmed, abi: abi, fail: fail)
  }

  /// The same without an ABI before it.
  static func entry(
    _ text: ArraySlice<UInt8>, abi: CallABI, fail: Fail
  ) throws(WorkloadError) -> Workload.Entry {
    guard let open = text.firstIndex(of: UInt8(ascii: "(")) else {
      return Workload.Entry(abi, try number(text, abi, fail), count: 0)
    }
    let name = text[..<open].trimmed
    guard text.last == UInt8(ascii: ")") else { throw fail("a closing parenthesis", quoted(text)) }
    let inside = text[(open + 1)...].dropLast().trimmed
    return Workload.Entry(
      abi, try number(name, abi, fail), arguments: try arguments(inside, fail), count: 0)
  }

  /// An entry's call, as it is read back.
  static func text(of entry: Workload.Entry) -> String {
    let prefix = entry.abi == .x86_64 ? "" : "\(entry.abi.rawValue):"
    let index = entry.number ^ entry.abi.table.numberBits
    let name = prefix + (entry.name ?? numbered + String(index, radix: 16))
    let arguments = (0..<Arguments.count).map { entry.arguments[$0] }
    guard let last = arguments.lastIndex(where: { $0 != 0 }) else { return name }
    return "\(name)(\(arguments[...last].map { "0x" + String($0, radix: 16) }.joined(separator: ", ")))"
  }

  private static let numbered = "syscall_0x"

  private static func number(
    _ text: ArraySlice<UInt8>, _ abi: CallABI, _ fail: Fail
  ) throws(WorkloadError) -> UInt32 {
    let name = String(decoding: text, as: UTF8.self)
    if let number = abi.table.number(named: name) { return number }
    // As strace writes what it has no name for.
    if name.hasPrefix(numbered) {
      let digits = name.dropFirst(numbered.count)
      // Swift's own parser takes a sign.
      guard let index = UInt32(digits, radix: 16), digits.first?.isHexDigit == true,
        let number = number(index, abi)
      else { throw fail("\(range(of: abi)) after \(numbered)", quoted(text)) }
      return number
    }
    throw fail("the name of a call that \(abi.rawValue) has\(hint(name, abi))", quoted(text))
  }

  /// As a filter sees it; nil where the ABI has no such number. Bit 30 makes a native call one of x32, unless it is
  /// negative.
  private static func number(_ index: UInt32, _ abi: CallABI) -> UInt32? {
    if abi == .x32, index >= x32SyscallBit { return nil }
    let number = index | abi.table.numberBits
    return CallABI(architecture: abi.auditToken, number: number) == abi ? number : nil
  }

  private static func range(of abi: CallABI) -> String {
    switch abi {
    case .x86_64: "a number below 0x40000000, or one from 0x80000000 on,"
    case .i386: "a number of 32 bits"
    case .x32: "a number below 0x40000000"
    }
  }

  /// What may have been meant.
  private static func hint(_ name: String, _ abi: CallABI) -> String {
    if let other = abi.table.counterpart(of: name) { return " (there it is called \(other))" }
    guard let other = CallABI.allCases.first(where: { $0.table.number(named: name) != nil }) else {
      return ""
    }
    return " (\(other.rawValue) has it: \(other.rawValue):\(name))"
  }

  private static func arguments(_ text: ArraySlice<UInt8>, _ fail: Fail) throws(WorkloadError) -> Arguments {
    var arguments = Arguments()
    if text.isEmpty { return arguments }
    let values = text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    guard values.count <= Arguments.count else {
      throw fail("at most \(Arguments.count) arguments", "\(values.count)")
    }
    for (index, value) in values.enumerated() {
      let word = String(decoding: value.trimmed, as: UTF8.self)
      guard let number = Self.argument(word) else {
        throw fail("an argument of 64 bits, decimal or with 0x", quoted(value.trimmed))
      }
      arguments[index] = number
    }
    return arguments
  }

  private static func argument(_ word: String) -> UInt64? {
    // Swift's own parser takes a sign in every place.
    if word.hasPrefix("+") || word.hasPrefix("0x+") || word.hasPrefix("0x-") { return nil }
    if word.hasPrefix("0x") { return UInt64(word.dropFirst(2), radix: 16) }
    if word.hasPrefix("-") { return Int64(word).map { UInt64(bitPattern: $0) } }
    return UInt64(word)
  }
}
