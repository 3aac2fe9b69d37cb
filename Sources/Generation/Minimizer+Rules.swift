import Profiles
import SeccompModel

extension Minimizer {
  /// Fewer filters, rules and conditions.
  static let rulePasses: [Pass<MinimizableCase>] = [
    Pass(name: "keep only the rules on the call made") { current, index in
      guard index == 0, let name = current.calledName else { return .end }
      var candidate = current
      candidate.profile.entries = current.profile.entries.compactMap { entry in
        guard entry.names.contains(name) else { return nil }
        return Profile.Entry(names: [name], action: entry.action, conditions: entry.conditions)
      }
      return .candidate(candidate)
    },
    Pass(name: "drop the filters underneath") { current, index in
      var candidate = current
      if index == 0 {
        candidate.older = []
      } else {
        guard index <= current.older.count else { return .end }
        candidate.older.remove(at: index - 1)
      }
      return .candidate(candidate)
    },
    Pass(name: "drop rules of filters underneath") { current, index in
      var rest = index
      for layer in current.older.indices {
        let count = current.older[layer].profile.entries.count
        if rest < count {
          var candidate = current
          candidate.older[layer].profile.entries.remove(at: rest)
          return .candidate(candidate)
        }
        rest -= count
      }
      return .end
    },
    Pass(name: "drop entries") { current, index in
      guard let chunk = chunk(index, of: current.profile.entries.count) else { return .end }
      var candidate = current
      candidate.profile.entries.removeSubrange(chunk)
      return .candidate(candidate)
    },
    Pass(name: "drop names") { current, index in
      var rest = index
      for (position, entry) in current.profile.entries.enumerated() where entry.names.count > 1 {
        guard let chunk = chunk(rest, of: entry.names.count) else {
          rest -= chunkCount(of: entry.names.count)
          continue
        }
        guard chunk.count < entry.names.count else { return .nothing }
        var candidate = current
        candidate.profile.entries[position].names.removeSubrange(chunk)
        return .candidate(candidate)
      }
      return .end
    },
    Pass(name: "drop conditions") { current, index in
      guard let (entry, position) = current.conditionPlace(index) else { return .end }
      var candidate = current
      candidate.profile.entries[entry].conditions.remove(at: position)
      return .candidate(candidate)
    },
  ]

  /// Chunk `index` of `count` elements: halves first, then quarters, down to the single elements (Zeller and
  /// Hildebrandt's ddmin, by removal).
  static func chunk(_ index: Int, of count: Int) -> Range<Int>? {
    var rest = index
    var size = max(count / 2, 1)
    while count > 0 {
      let chunks = (count + size - 1) / size
      if rest < chunks { return rest * size..<min((rest + 1) * size, count) }
      rest -= chunks
      if size == 1 { return nil }
      size /= 2
    }
    return nil
  }

  /// How many chunks ``chunk(_:of:)`` tells apart.
  static func chunkCount(of count: Int) -> Int {
    var index = 0
    while chunk(index, of: count) != nil { index += 1 }
    return index
  }
}

extension MinimizableCase {
  /// The name of the call made, by the table of its ABI and behind a multiplexer too.
  package var calledName: String? {
    guard let call else { return nil }
    guard call.entryPath.auditToken == AuditToken.i386 else {
      return call.number & x32SyscallBit == 0
        ? SyscallTable.x86_64.name(of: call.number) : SyscallTable.x32.name(of: call.number)
    }
    let name = SyscallTable.i386.name(of: call.number)
    if let name, profile.entries.contains(where: { $0.names.contains(name) }) { return name }
    return MultiplexedCall.made(number: call.number, firstArgument: call.arguments.a0)?.name ?? name
  }

  /// The entry and position of the profile's condition `index`, counted through.
  func conditionPlace(_ index: Int) -> (entry: Int, position: Int)? {
    var rest = index
    for (number, entry) in profile.entries.enumerated() {
      if rest < entry.conditions.count { return (number, rest) }
      rest -= entry.conditions.count
    }
    return nil
  }
}
