package import SeccompModel

/// Which arguments the kernel takes as 32 bits, whatever the upper half of the register holds.
package enum ArgumentWidths {
  /// Positions by the call's name on x86_64.
  static let narrow = positions(source)
  /// Positions of those calls of x32 that are other functions there than on x86_64.
  private static let narrowOnX32 = positions(x32Source)

  private static func positions(_ source: String) -> [String: Set<UInt32>] {
    var narrow: [String: Set<UInt32>] = [:]
    for word in source.split(whereSeparator: \.isWhitespace) {
      let parts = word.split(separator: ":")
      guard parts.count == 2 else { continue }
      narrow[String(parts[0])] = Set(parts[1].compactMap { $0.wholeNumberValue.map(UInt32.init) })
    }
    return narrow
  }

  /// Positions by ABI. On i386 they are all: the entry code takes the lower halves (arch/x86/entry/common.c,
  /// `do_syscall_32_irqs_on` with its `compat` prototypes), while a filter is shown the whole registers of a 64-bit task.
  package static func narrow(_ name: String, on architecture: Architecture) -> Set<UInt32> {
    switch architecture {
    case .x86: Set(0..<UInt32(Arguments.count))
    case .x86_64: narrow[name] ?? []
    case .x32: narrowOnX32[name] ?? narrow[name] ?? []
    default: []
    }
  }
}
