import ClassicBPF
import Profiles
import SeccompModel

extension SavedCase {
  /// On which side of the default action the two verdicts lie.
  var direction: String {
    let right: [Verdict]
    let wrong: Verdict?
    switch kind {
    case .libraryLibrary: (right, wrong) = (answers.filter.map { [$0] } ?? [], answers.otherFilter)
    default: (right, wrong) = (answers.policy, answers.filter)
    }
    let defaults = Set(profiles.map(\.defaultAction.verdict))
    guard !right.isEmpty, let wrong else { return "unanswered" }
    if right.count > 1 { return "outside the contested set" }
    switch (defaults.contains(right[0]), defaults.contains(wrong)) {
    case (false, true): return "missed"
    case (true, false): return "extra"
    default: return "other action"
    }
  }

  /// What the kernel was to do and what it did, without numbers.
  var surprise: String {
    "\(answers.predicted?.family ?? "nothing") expected, \(answers.kernel?.family ?? "nothing") seen"
  }

  /// What a mistake of the kernel, or of our model, depends on in a program: the operations that are left of it, or why
  /// the checker refuses it.
  var programShape: String {
    if kind == .kernelInstall, let rejection = filters.lazy.compactMap(\.rejection).first {
      return rejection.reason.name
    }
    let words = Set(
      filters.flatMap(\.instructions).map { instruction in
        instruction.opcode?.name ?? "code 0x\(padded(instruction.code))"
      })
    let limit = 8
    return words.count > limit ? "\(words.count) operations" : words.sorted().joined(separator: ", ")
  }

  /// Where the compiler failed.
  var failure: String {
    guard let stage else { return "unknown stage" }
    var words = stage.function
    if let returned = stage.returned { words += " \(returned)" }
    if let signal = stage.signal { words += " signal \(signal)" }
    return words
  }

  /// The call's ABI; without a call, the profile's.
  var abi: String {
    if let witness {
      switch witness.entryPath {
      case .int80, .sysenter: return "32-bit"
      case .syscall where witness.number & x32SyscallBit != 0 && witness.number < 0x8000_0000: return "x32"
      case .syscall, .vsyscall: return "64-bit"
      }
    }
    return profiles.contains { $0.architectures == [.x86] } ? "32-bit" : "64-bit"
  }

  /// The rules that matter to the case: those of the witness's call, or of the call at which the compiler
  /// failed; all of them when that name is not in the profile (the default action is then the question).
  var rulesConcerned: [Rule] {
    let rules = profiles.flatMap(\.rules)
    let name: String?
    if let index = stage?.rule, rules.indices.contains(index) {
      name = rules[index].name
    } else {
      name = witness.flatMap { Self.name(of: $0) }
    }
    let concerned = rules.filter { $0.name == name }
    return concerned.isEmpty ? rules : concerned
  }

  /// What else the fault seems to need: a multiplexer between rule and call, rules on other calls, one certain name.
  var circumstances: [String] {
    guard let witness, let called = Self.name(of: witness) else { return [] }
    let rules = profiles.flatMap(\.rules)
    let names = Set(rules.map(\.name))
    var parts: [String] = []
    if ["socketcall", "ipc"].contains(called), !names.contains(called) {
      parts.append("multiplexed")
    } else if names.contains(called), names.count > 1 {
      parts.append("beside other calls")
    }
    if let only = rules.first, rules.count == 1, only.conditions.isEmpty, profiles.count == 1 {
      parts.append(only.name)
    }
    return parts
  }

  /// The syscall's name in the witness's ABI.
  static func name(of call: Call) -> String? {
    switch call.entryPath {
    case .int80, .sysenter: SyscallTable.i386.name(of: call.number)
    case .syscall, .vsyscall:
      call.number & x32SyscallBit != 0
        ? SyscallTable.x32.name(of: call.number) : SyscallTable.x86_64.name(of: call.number)
    }
  }
}

extension Outcome {
  /// The outcome without its numbers, except that success, an errno and the probe's end are told apart.
  fileprivate var family: String {
    switch self {
    case .returned(let value): value < 0 && value >= -4095 ? "errno" : "return"
    case .trapped: "trap"
    case .died(let signal): "death by signal \(signal)"
    case .traced: "trace stop"
    case .hung: "hang"
    case .lost: "probe lost"
    }
  }
}
