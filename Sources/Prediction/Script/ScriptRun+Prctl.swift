// prctl(2) as far as it concerns seccomp (linux/prctl.h, kernel/sys.c).
extension ScriptRun {
  private enum Option {
    static let getSeccomp: Int32 = 21
    static let setSeccomp: Int32 = 22
    static let setNoNewPrivileges: Int32 = 38
    static let getNoNewPrivileges: Int32 = 39
  }

  mutating func prctl(_ arguments: CallArguments, by actor: Int) -> Fate {
    guard let thread = world.threads[actor], let option = arguments.int(0) else {
      return .lost("an option of prctl that is not known")
    }
    switch option {
    case Option.getSeccomp: return .returned(Int64(thread.mode.rawValue))
    case Option.setSeccomp: return setSeccomp(arguments, by: actor)
    case Option.setNoNewPrivileges:
      let isRight = arguments[1] == .known(1) && (2...4).allSatisfy { arguments[$0] == .known(0) }
      if rules.noNewPrivilegesArgumentsMatter, !isRight { return .failed(rules.prctlErrno) }
      world.threads[actor]?.noNewPrivileges = true
      return .returned(0)
    case Option.getNoNewPrivileges:
      let isRight = (1...4).allSatisfy { arguments[$0] == .known(0) }
      if rules.noNewPrivilegesArgumentsMatter, !isRight { return .failed(rules.prctlErrno) }
      return .returned(thread.noNewPrivileges ? 1 : 0)
    default: return .lost("option \(option) of prctl")
    }
  }

  /// `prctl_set_seccomp`: strict mode's address is not looked at.
  private mutating func setSeccomp(_ arguments: CallArguments, by actor: Int) -> Fate {
    guard let mode = arguments[1].value else { return .lost("a mode of prctl that is not known") }
    switch Int(truncatingIfNeeded: mode & rules.prctlModeMask) {
    case rules.strictMode: return enterStrictMode(actor)
    case rules.filterMode: return install(flags: 0, arguments[2], isCompat: arguments.isCompat, by: actor)
    default: return .failed(rules.prctlErrno)
    }
  }
}
