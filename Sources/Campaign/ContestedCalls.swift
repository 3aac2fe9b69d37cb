import SeccompModel

/// Calls on which matching rules disagree, by call and by what the rules ask for.
struct ContestedCalls {
  private struct Key: Hashable {
    var call: String
    var candidates: [String]
  }

  private var groups: [Key: CheckReport.ContestedGroup] = [:]

  mutating func add(_ call: Call, candidates: [Verdict], chosen: Verdict) {
    let key = Key(call: call.displayName, candidates: candidates.map(\.description).sorted())
    let witness = ReportText.symbolic(call)
    groups[
      key,
      default: CheckReport.ContestedGroup(
        call: key.call, candidates: key.candidates, chosen: [:], witness: witness)
    ].chosen[chosen.description, default: 0] += 1
  }

  /// By call name.
  var sorted: [CheckReport.ContestedGroup] {
    groups.values.sorted { ($0.call, $0.candidates.joined()) < ($1.call, $1.candidates.joined()) }
  }
}
