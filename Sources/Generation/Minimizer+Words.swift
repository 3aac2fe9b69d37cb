import Profiles
import SeccompModel

extension Minimizer {
  /// Fewer architectures, attributes, flags.
  static let environmentPasses: [Pass<MinimizableCase>] = [
    Pass(name: "drop architectures") { current, index in
      guard index <= current.profile.architectures.count else { return .end }
      var candidate = current
      if index == 0 {
        candidate.profile.architectures = []
      } else {
        candidate.profile.architectures.remove(at: index - 1)
      }
      return .candidate(candidate)
    },
    Pass(name: "attributes and flags to their defaults") { current, index in
      var candidate = current
      let standard = FilterSettings()
      switch index {
      case 0: candidate.settings = standard
      case 1: candidate.settings.badArchitectureAction = standard.badArchitectureAction
      case 2: candidate.settings.optimizeLevel = standard.optimizeLevel
      case 3: candidate.settings.noNewPrivileges = standard.noNewPrivileges
      case 4: candidate.settings.threadSync = standard.threadSync
      case 5: candidate.settings.log = standard.log
      case 6: candidate.settings.speculationAllowed = standard.speculationAllowed
      case 7: candidate.profile.flags = nil
      case 8: candidate.profile.listenerPath = nil
      case 9: candidate.profile.listenerMetadata = nil
      case 10 where candidate.profile.flags?.isEmpty == false: candidate.profile.flags?.removeLast()
      default: return .end
      }
      return .candidate(candidate)
    },
  ]

  private static let plainActions: [Action] = [
    .errno(1), .allow, .errno(2), .errno(3), .errno(4), .killProcess,
  ]

  /// Plainer actions, names and operators.
  static let wordPasses: [Pass<MinimizableCase>] = [
    Pass(name: "one action for all rules") { current, index in
      let kinds = current.profile.entries.map(\.action) + plainActions
      guard index < kinds.count else { return .end }
      var candidate = current
      for entry in candidate.profile.entries.indices {
        candidate.profile.entries[entry].action = kinds[index]
      }
      return .candidate(candidate)
    },
    Pass(name: "simplify the default action") { current, index in
      guard index < plainActions.count + 1 else { return .end }
      var candidate = current
      candidate.profile.defaultAction = index == 0 ? .allow : plainActions[index - 1]
      return .candidate(candidate)
    },
    Pass(name: "exchange the default and the rules' action") { current, index in
      guard index == 0, current.profile.defaultAction != .allow else { return .end }
      var candidate = current
      candidate.profile.defaultAction = .allow
      for entry in candidate.profile.entries.indices { candidate.profile.entries[entry].action = .errno(1) }
      return .candidate(candidate)
    },
    Pass(name: "simplify actions") { current, index in
      let (place, choice) = index.quotientAndRemainder(dividingBy: plainActions.count)
      guard place < current.profile.entries.count else { return .end }
      let old = current.profile.entries[place].action
      var candidate = current
      for entry in candidate.profile.entries.indices where candidate.profile.entries[entry].action == old {
        candidate.profile.entries[entry].action = plainActions[choice]
      }
      return .candidate(candidate)
    },
    Pass(name: "simplify one rule's action") { current, index in
      let (place, choice) = index.quotientAndRemainder(dividingBy: plainActions.count)
      guard place < current.profile.entries.count else { return .end }
      var candidate = current
      candidate.profile.entries[place].action = plainActions[choice]
      return .candidate(candidate)
    },
    Pass(name: "name ordinary calls") { current, index in
      var names: [String] = []
      for name in current.profile.entries.flatMap(\.names) where !names.contains(name) { names.append(name) }
      let (place, choice) = index.quotientAndRemainder(dividingBy: CanonicalNames.all.count)
      guard place < names.count else { return .end }
      let new = CanonicalNames.all[choice]
      return names.contains(new) ? .nothing : .candidate(current.renaming(names[place], to: new))
    },
    Pass(name: "simplify operators") { current, index in
      let (place, choice) = index.quotientAndRemainder(dividingBy: CanonicalComparison.all.count)
      guard let (entry, position) = current.conditionPlace(place) else { return .end }
      var candidate = current
      let condition = candidate.profile.entries[entry].conditions[position]
      // A mask's datum is its second value; the others compare with the first.
      candidate.profile.entries[entry].conditions[position] =
        condition.comparison == .maskedEqual && CanonicalComparison.all[choice] != .maskedEqual
        ? Condition(index: condition.index, CanonicalComparison.all[choice], value: condition.valueTwo)
        : Condition(
          index: condition.index, CanonicalComparison.all[choice], value: condition.value,
          valueTwo: condition.valueTwo)
      return .candidate(candidate)
    },
  ]
}

extension MinimizableCase {
  /// The case with one call in another's place, in the rules and in the call made.
  func renaming(_ old: String, to new: String) -> MinimizableCase {
    var result = self
    for entry in result.profile.entries.indices {
      result.profile.entries[entry].names = result.profile.entries[entry].names.map { $0 == old ? new : $0 }
    }
    guard let call, calledName == old else { return result }
    let table: SyscallTable =
      call.entryPath.auditToken == AuditToken.i386
      ? .i386 : call.number & x32SyscallBit == 0 ? .x86_64 : .x32
    if let number = table.number(named: new) {
      result.call?.rax = call.rax & 0xffff_ffff_0000_0000 | UInt64(number)
    }
    return result
  }
}
