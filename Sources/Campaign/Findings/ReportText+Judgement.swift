import ClassicBPF
import Profiles
package import SeccompModel

extension ReportText {
  /// Who is likely wrong, and the text that says so.
  package var judgement: String {
    let saved = finding.minimized
    let rules = saved.rulesConcerned
    let oneAction = Set(rules.map(\.action)).count == 1
    switch saved.kind {
    case .policyFilter, .policyKernel:
      if saved.answers.policy.count > 1 {
        return
          "Matching rules ask for different actions. No text says which one wins, but the answer should be "
          + "one of theirs, and it is not. Likely libseccomp."
      }
      if rules.count > 1 && oneAction {
        return
          "Likely libseccomp. A rule holds when all its comparisons hold, and several rules for one call are "
          + "alternatives: seccomp_rule_add(3) calls them a union from which only redundant parts are removed."
          + matching(rules)
      }
      return
        "Likely libseccomp: the profile leaves one answer. A call that matches a rule gets the rule's action "
        + "(seccomp_rule_add(3)), and one that matches none gets the default (seccomp_init(3))."
        + matching(rules)
    case .filterKernel:
      return
        "The program in `minimized.json` has one meaning. Either the kernel runs it wrongly, or our model of "
        + "the kernel leaves something out; look at the model first."
    case .libraryLibrary:
      return "Two builds of one library disagree about one profile, so at least one is wrong."
        + (saved.answers.policy.isEmpty
          ? "" : " The profile says \(saved.answers.policy.map(\.description).joined(separator: " or ")).")
    case .compilerHang:
      return
        "libseccomp: no input may make a library call spin for ever. Whatever reads such a profile, a container "
        + "runtime for one, hangs with it."
    case .compilerCrash: return "libseccomp: no input may crash it."
    case .compilerError: return "Likely libseccomp: its manual allows this input."
    case .kernelInstall:
      return "Either the kernel's checker or our model of it is wrong; look at the model first."
    }
  }

  /// Which of the rules cover the witness, on the full registers; libseccomp narrows 32-bit calls, so there it
  /// is left out. A sentence with a blank before it, or nothing.
  private func matching(_ rules: [Rule]) -> String {
    guard let call = finding.minimized.witness, call.entryPath.auditToken == AuditToken.x86_64 else {
      return ""
    }
    let covering = rules.indices.filter { index in
      rules[index].conditions.allSatisfy { Self.holds($0, call.arguments) }
    }
    if covering.isEmpty { return " No rule covers this call, so the default action is right." }
    let numbers = covering.map { String($0 + 1) }.joined(separator: " and ")
    return covering.count == 1
      ? " Rule \(numbers) alone covers this call." : " Rules \(numbers) cover this call."
  }

  private static func holds(_ condition: Condition, _ arguments: Arguments) -> Bool {
    guard condition.index < Arguments.count else { return false }
    let argument = arguments[Int(condition.index)]
    return switch condition.comparison {
    case .notEqual: argument != condition.value
    case .lessThan: argument < condition.value
    case .lessOrEqual: argument <= condition.value
    case .equal: argument == condition.value
    case .greaterOrEqual: argument >= condition.value
    case .greaterThan: argument > condition.value
    case .maskedEqual: argument & condition.value == condition.valueTwo & condition.value
    }
  }

  /// A program, disassembled; of a long one the beginning.
  static func program(_ filter: Filter) -> String {
    let limit = 200
    let lines = Disassembler(filter).lines
    let more = lines.count > limit ? ["… and \(lines.count - limit) more, see `minimized.json`"] : []
    return "```\n" + (lines.prefix(limit) + more).joined(separator: "\n") + "\n```"
  }

  /// The rules as a numbered list.
  static func rules(_ profile: Profile) -> String {
    let rules = profile.rules
    let shown = rules.prefix(40).enumerated().map { index, rule in
      let conditions = rule.conditions.map(Self.text).joined(separator: " and ")
      return
        "\(index + 1). `\(rule.name)`\(conditions.isEmpty ? "" : " when `\(conditions)`"): \(rule.action)"
    }
    let more =
      rules.count > shown.count ? ["… and \(rules.count - shown.count) more, see `minimized.json`"] : []
    let architectures =
      profile.architectures.isEmpty
      ? "" : " (" + profile.architectures.map(\.rawValue).joined(separator: ", ") + ")"
    return ["Default\(architectures): \(profile.defaultAction)\n"].joined() + "\n"
      + (shown + more).joined(separator: "\n")
  }

  private static func text(_ condition: Condition) -> String {
    let name = "a\(condition.index)"
    let value = hex(condition.value)
    return switch condition.comparison {
    case .notEqual: "\(name) != \(value)"
    case .lessThan: "\(name) < \(value)"
    case .lessOrEqual: "\(name) <= \(value)"
    case .equal: "\(name) == \(value)"
    case .greaterOrEqual: "\(name) >= \(value)"
    case .greaterThan: "\(name) > \(value)"
    case .maskedEqual: "(\(name) & \(value)) == \(hex(condition.valueTwo))"
    }
  }

  /// An outcome in words.
  static func seen(_ outcome: Outcome?) -> String {
    switch outcome {
    case .returned(let value) where value < 0 && value >= -4095: "errno \(-value)"
    case .returned(let value): "the value \(value)"
    case .trapped(let details):
      "SIGSYS (si_errno \(details.errno), si_syscall \(details.number), si_arch \(hex(details.architecture)), "
        + "si_call_addr \(hex(details.callAddress)), rax \(hex(details.rax)))"
    case .died(let signal): "death by signal \(signal)"
    case .traced(let message): "a tracer's stop with message \(hex(message))"
    case .hung: "no end"
    case .lost: "nothing: the probe was lost in the call"
    case nil: "nothing"
    }
  }

  /// The call as a person writes it: name, arguments, how the kernel is entered.
  package static func symbolic(_ call: Call) -> String {
    let name = SavedCase.name(of: call) ?? "syscall \(Int32(bitPattern: call.number))"
    let arguments = (0..<Arguments.count).map { hex(call.arguments[$0]) }.joined(separator: ", ")
    let entry =
      switch call.entryPath {
      case .syscall: "syscall"
      case .int80: "int $0x80"
      case .sysenter: "sysenter"
      case .vsyscall: "vsyscall page"
      }
    return "\(name)(\(arguments)) by \(entry), rax = \(hex(call.rax))"
  }
}
