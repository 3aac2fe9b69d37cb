import Profiles
import SeccompModel

/// A reading on one line: what is installed, then the clauses after a bar. What is the same nearly always is left out:
/// x86_64 as the only architecture, and each runtime's usual way to install, with crun's clause about its flags.
func summary(_ reading: RuntimeReading, _ family: RuntimeDialect.Family) -> String {
  switch reading {
  case .refused(let refusal):
    let late = refusal.isAfterInstallation ? " late" : ""
    return "refused\(late) \(refusal.clause.kind.rawValue) \(refusal.clause.path): \(refusal.message)"
  case .noFilter(let clauses): return "unfiltered" + bar(clauses)
  case .filter(let translation):
    var words = [word(translation.defaultAction)]
    words += translation.rules.map { rule in
      ([rule.name + "=" + word(rule.action)] + rule.conditions.map(word)).joined(separator: " ")
    }
    if translation.architectures != [.x86_64] {
      words.append(translation.architectures.map(\.libseccompName).joined(separator: "+"))
    }
    if let stub = translation.stub {
      let bounds = [stub.x86_64, stub.i386, stub.x32].map { $0.map { "\($0)" } ?? "-" }
      words.append("stub " + bounds.joined(separator: "/"))
    }
    var clauses = translation.clauses
    let isUsual =
      family == .runc
      ? translation.route == .prctl && translation.flags == 0
      : translation.route == .seccomp && translation.flags == 4
        && clauses.contains { $0.kind == .defaultFlags }
    if isUsual {
      clauses.removeAll { $0.kind == .defaultFlags }
    } else {
      words.append("\(translation.route.rawValue) \(translation.flags)")
    }
    if let path = translation.listenerPath { words.append("listener \(path)") }
    if let level = translation.optimizeLevel { words.append("optimize \(level)") }
    return words.joined(separator: "; ") + bar(clauses)
  }
}

private func bar(_ clauses: [RuntimeClause]) -> String {
  clauses.isEmpty ? "" : " | " + clauses.map(\.kind.rawValue).joined(separator: ", ")
}

private func word(_ action: Action) -> String {
  switch action {
  case .killThread: "KILL_THREAD"
  case .killProcess: "KILL_PROCESS"
  case .trap: "TRAP"
  case .errno(let data): "ERRNO(\(data))"
  case .notify: "NOTIFY"
  case .trace(let data): "TRACE(\(data))"
  case .log: "LOG"
  case .allow: "ALLOW"
  case .unknown: "?"
  }
}

private func word(_ condition: Condition) -> String {
  let name = condition.comparison.word.dropFirst("SCMP_CMP_".count)
  let second = condition.comparison == .maskedEqual ? ",\(condition.valueTwo)" : ""
  return "a\(condition.index) \(name) \(condition.value)\(second)"
}
