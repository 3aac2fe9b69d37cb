import Scripts
import SeccompModel

/// System calls that actors make for themselves: filters judge them too, but the model knows only their numbers (asm/unistd).
enum MachineryCall: Sendable {
  /// Waiting for a step and telling that it was taken.
  case futex
  case clone
  case execve
  case signalAction
  case signalMask
  /// A handler's return.
  case signalReturn
  /// What a program that begins does first.
  case mapMemory

  var x86_64: UInt32 {
    switch self {
    case .futex: 202
    case .clone: 56
    case .execve: 59
    case .signalAction: 13
    case .signalMask: 14
    case .signalReturn: 15
    case .mapMemory: 9
    }
  }

  var i386: UInt32 {
    switch self {
    case .futex: 240
    case .clone: 120
    case .execve: 11
    case .signalAction: 174
    case .signalMask: 175
    case .signalReturn: 173
    case .mapMemory: 192
    }
  }
}

extension ScriptRun {
  /// nil when the actor can make this call of its own; else what the step comes to that it was made for.
  mutating func machinery(_ call: MachineryCall, by actor: Int) -> Fate? {
    guard let thread = world.threads[actor] else { return .lost("no such actor") }
    if isSuspended(thread) { return nil }
    let isCompat = world.processes[thread.process].program == .i386
    switch thread.mode {
    case .disabled: return nil
    case .strict: return leave(actor, lastEnds: .signalled(rules.strictSignal, core: false))
    case .filter:
      let registers = Registers.machinery(
        isCompat ? .int80 : .syscall, isCompat ? call.i386 : call.x86_64)
      guard let judgement = judge(thread.newest, registers) else {
        return .lost("a filter looks at the arguments of an actor's own call")
      }
      switch judgement.verdict & rules.actionMask {
      case rules.allowAction, rules.logAction: return nil
      case rules.errnoAction, rules.killProcessAction, rules.killThreadAction:
        return act(on: judgement, actor, registers)
      default: return .lost("a step whose own call a filter denies")
      }
    }
  }

  /// Why an actor cannot wait for its next step; nil when it can.
  mutating func idleReason(of actor: Int) -> String? {
    guard let thread = world.living(actor), !thread.spins, thread.activity == .idle, !isSuspended(thread)
    else {
      return nil
    }
    switch thread.mode {
    case .disabled: return nil
    case .strict: return "an actor that cannot wait for its next step"
    case .filter:
      let isCompat = world.processes[thread.process].program == .i386
      let call = MachineryCall.futex
      let judgement = judge(
        thread.newest, .machinery(isCompat ? .int80 : .syscall, isCompat ? call.i386 : call.x86_64))
      // Where waiting fails the actor goes on looking.
      switch judgement.map({ $0.verdict & rules.actionMask }) {
      case rules.allowAction, rules.logAction, rules.errnoAction: return nil
      default: return "an actor that cannot wait for its next step"
      }
    }
  }
}

/// `CLONE_NEW*` of linux/sched.h.
enum CloneFlag {
  static let newUser: UInt32 = 0x1000_0000
  static let newPid: UInt32 = 0x2000_0000
  /// NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET.
  static let namespaces: UInt32 = 0x7e02_0000
}
