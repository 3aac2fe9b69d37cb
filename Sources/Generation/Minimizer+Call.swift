import SeccompModel

extension Minimizer {
  /// A plainer call.
  static func callPasses<Subject: Minimizable>() -> [Pass<Subject>] {
    [
      Pass(name: "enter by syscall") { current, index in
        guard index < 2, let call = current.call else { return .end }
        var candidate = current
        candidate.call?.entry = EntryPath.syscall.rawValue
        // The same call by its native number first, then the number as it is.
        if index == 0 {
          guard let name = current.calledName, let number = SyscallTable.x86_64.number(named: name) else {
            return .nothing
          }
          candidate.call?.rax = call.rax & 0xffff_ffff_0000_0000 | UInt64(number)
        }
        return .candidate(candidate)
      },
      Pass(name: "clear the number register's upper half") { current, index in
        guard index == 0, let call = current.call else { return .end }
        var candidate = current
        candidate.call?.rax = UInt64(call.number)
        return .candidate(candidate)
      },
      Pass(name: "simplify the call's arguments") { current, index in
        let (place, choice) = index.quotientAndRemainder(dividingBy: simplerCount)
        guard place < Arguments.count, let call = current.call else { return .end }
        guard let new = simpler(call.arguments[place], choice) else { return .nothing }
        var candidate = current
        candidate.call?.arguments[place] = new
        return .candidate(candidate)
      },
      Pass(name: "lower the call's number") { current, index in
        guard index < simplerCount, let call = current.call else { return .end }
        guard let new = simpler(UInt64(call.number), index) else { return .nothing }
        var candidate = current
        candidate.call?.rax = call.rax & 0xffff_ffff_0000_0000 | new
        return .candidate(candidate)
      },
    ]
  }
}
