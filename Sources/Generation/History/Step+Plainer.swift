import ClassicBPF
import Scripts
import SeccompModel

extension Step {
  /// Whether the actor takes the step, or is made by it.
  func concerns(_ actor: Int) -> Bool {
    if case .spawn(actor, _) = action { return true }
    return self.actor == actor
  }

  func mappingArguments(_ change: (ScriptArgument) -> ScriptArgument) -> Step {
    guard let call else { return self }
    var changed = call
    changed.arguments = call.arguments.map(change)
    return with(changed)
  }

  private var call: ScriptCall? {
    switch action {
    case .call(let call), .begin(let call): call
    default: nil
    }
  }

  private func with(_ call: ScriptCall) -> Step {
    if case .begin = action { return Step(actor, .begin(call)) }
    return Step(actor, .call(call))
  }

  /// Bits that are set in numbers, and what else there is to read.
  var weight: Int {
    switch action {
    case .call(let call), .begin(let call):
      call.arguments.reduce((call.rax >> 32).nonzeroBitCount + call.repetitions - 1) { $0 + $1.weight }
        + (call.entry == .syscall ? 0 : 2) + 2 * call.arguments.count
    case .handle(_, .record(let flags)), .handle(_, .escape(let flags)): flags.rawValue.nonzeroBitCount
    case .spawn(_, .process(let flags)): 2 + flags.nonzeroBitCount
    default: 0
    }
  }

  /// The same with less to read.
  var plainer: [Step] {
    switch action {
    case .call, .begin:
      guard let call else { return [] }
      return plainer(call).map { with($0) }
    case .handle(let signal, .record(let flags)) where flags.rawValue != 0:
      return [Step(actor, .handle(signal: signal, .record(flags: [])))]
    case .handle(let signal, .escape(let flags)) where flags.rawValue != 0:
      return [Step(actor, .handle(signal: signal, .escape(flags: [])))]
    case .spawn(let made, .process(let flags)) where flags != 0: return [Step(actor, .spawn(made, .process))]
    case .spawn(let made, .process): return [Step(actor, .spawn(made, .thread))]
    default: return []
    }
  }

  private func plainer(_ call: ScriptCall) -> [ScriptCall] {
    var result: [ScriptCall] = []
    func add(_ change: (inout ScriptCall) -> Void) {
      var candidate = call
      change(&candidate)
      if candidate != call { result.append(candidate) }
    }
    add { $0.arguments = [] }
    add { $0.rax &= 0xffff_ffff }
    add { $0.repetitions = 1 }
    if call.arguments.last == 0 { add { $0.arguments.removeLast() } }
    for index in call.arguments.indices {
      guard case .value(let value) = call.arguments[index], value != 0 else { continue }
      for simpler in [0, 1, value & 0xffff_ffff, value & 0xffff_ffff_0000_0000] where simpler != value {
        add { $0.arguments[index] = .value(simpler) }
      }
    }
    return result
  }
}

extension ScriptArgument {
  fileprivate var weight: Int {
    if case .value(let value) = self { value.nonzeroBitCount } else { 1 }
  }
}

extension Filter {
  /// Bits that are set in constants.
  var constantWeight: Int { instructions.reduce(0) { $0 + $1.k.nonzeroBitCount / 4 } }

  /// Shorter ones with one of its answers; itself with less to read.
  var plainer: [Filter] {
    var result: [Filter] = []
    let answers = instructions.filter { $0.opcode == .returnK }
    for answer in answers where count > 1 { result.append(Filter([answer])) }
    if count > 4 {
      for test in instructions where test.opcode == .jumpEqualK {
        for answer in answers {
          result.append(
            Filter([.load(.number), .jump(equal: test.k, then: 0, otherwise: 1), answer, .return(.allow)]))
        }
      }
    }
    for (index, instruction) in instructions.enumerated()
    where instruction.opcode == .returnK && instruction.k & 0xffff != 0 {
      var candidate = self
      candidate.instructions[index].k &= 0xffff_0000
      result.append(candidate)
    }
    return result
  }
}
