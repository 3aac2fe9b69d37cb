import SeccompModel

extension CheckReport {
  /// What the filter answers to one call by each way into the kernel, over all arguments that were tried.
  package struct CallAnswers: Codable, Hashable, Sendable {
    /// The call's name; ``CallAnswers/nameless`` for all numbers that have none.
    package var name: String
    /// By ABI (`x86_64`, `x32`, `i386`): the verdicts, in alphabetical order. An ABI without the call is not there.
    package var verdicts: [String: [String]]

    package init(name: String, verdicts: [String: [String]]) {
      self.name = name
      self.verdicts = verdicts
    }

    /// Where the answers to numbers without a name stand.
    package static let nameless = "(no name)"
  }
}

/// Verdicts by call, counted up while a check runs.
struct AnswerTable {
  private struct Key: Hashable {
    var entry: UInt32
    var number: UInt32
  }

  private var verdicts: [Key: Set<UInt32>] = [:]
  /// Calls come in runs of one number with one answer.
  private var last: (key: Key, verdict: UInt32)?

  mutating func add(_ call: Call, _ verdict: UInt32) {
    let key = Key(entry: call.entry, number: call.number)
    if let last, last == (key, verdict) { return }
    last = (key, verdict)
    verdicts[key, default: []].insert(verdict)
  }

  /// In the order of the numbers of x86_64, then what only the others have, the nameless last.
  var answers: [CheckReport.CallAnswers] {
    var byName: [String: [String: Set<String>]] = [:]
    for (key, verdicts) in verdicts {
      let call = Call(EntryPath(rawValue: key.entry) ?? .syscall, rax: UInt64(key.number))
      let name = SavedCase.name(of: call) ?? CheckReport.CallAnswers.nameless
      byName[name, default: [:]][call.abi, default: []].formUnion(
        verdicts.map { Verdict(rawValue: $0).description })
    }
    return byName.sorted { Self.rank($0.key) < Self.rank($1.key) }.map { name, verdicts in
      CheckReport.CallAnswers(name: name, verdicts: verdicts.mapValues { $0.sorted() })
    }
  }

  private static func rank(_ name: String) -> (Int, UInt32) {
    if name == CheckReport.CallAnswers.nameless { return (3, 0) }
    for (index, table) in [SyscallTable.x86_64, .x32, .i386].enumerated() {
      if let number = table.number(named: name) { return (index, number) }
    }
    return (3, 1)
  }
}
