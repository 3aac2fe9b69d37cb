import SeccompModel

extension LintRule {
  /// runc and crun skip names that libseccomp does not resolve, with a line in the log at most.
  static let unknownName = LintRule(
    "unknown-name", "A name that no covered architecture knows is skipped without an error."
  ) { subject in
    let check = NameCheck(subject.profile, native: .x86_64)
    return subject.profile.entries.enumerated().flatMap { entry, group in
      group.names.enumerated().compactMap { position, name -> LintRemark? in
        guard !check.isKnown(name) else { return nil }
        let nearest = subject.nearestName(to: name)
        let refuses = !group.action.letsCallsRun
        return subject.remark(
          .warning, at: subject.path(entry: entry, name: position),
          check.explanation(of: name) + (nearest.map { "; did you mean \($0)?" } ?? ""),
          fix: nearest.map { "write \(JSONText.quoted($0))" } ?? "leave it out",
          witnesses: [
            nearest.flatMap { nearest in
              subject.policy.unconditional(nearest).flatMap { action in
                subject.witnessAnywhere(
                  nearest, meant: refuses ? "\(group.action)" : "ALLOW", claim: .init(action))
              }
            }
          ], without: "a name that no table has cannot be called")
      }
    }
  }

  /// `umount` is a call of i386 only; x86_64 has `umount2`.
  static let nameElsewhere = LintRule(
    "name-elsewhere",
    "A name exists on some of the covered architectures only; the others call it differently."
  ) { subject in
    subject.profile.entries.enumerated().flatMap { entry, group in
      group.names.enumerated().compactMap { position, name -> LintRemark? in
        guard subject.covered.contains(where: { $0.table?.number(named: name) != nil }),
          SyscallTable.x86_64.number(named: name) == nil,
          let counterpart = SyscallTable.x86_64.counterpart(of: name),
          group.action != subject.profile.defaultAction, subject.policy.rules(named: counterpart).isEmpty
        else { return nil }
        return subject.remark(
          .warning, at: subject.path(entry: entry, name: position),
          "x86_64 has no \(name): there the call is \(counterpart), which no entry names",
          fix: "name \(counterpart) too",
          witnesses: [
            subject.witness(
              counterpart, meant: "\(group.action)", claim: .init(subject.policy.defaultAction))
          ])
      }
    }
  }
}

extension LintSubject {
  /// The known name that is the fewest edits away, if that is at most a third of its letters.
  fileprivate func nearestName(to name: String) -> String? {
    guard name.utf8.count <= 40 else { return nil }
    let lower = name.lowercased()
    let names = Set(covered.compactMap(\.table).flatMap { $0.entries.map(\.name) }).sorted()
    let best = names.map { ($0, Self.edits(from: lower, to: $0)) }.min { ($0.1, $0.0) < ($1.1, $1.0) }
    guard let (nearest, edits) = best, edits <= max(1, nearest.utf8.count / 3) else { return nil }
    return nearest
  }

  /// Insertions, deletions and changes of one byte that turn one text into the other.
  static func edits(from left: String, to right: String) -> Int {
    let right = Array(right.utf8)
    var row = Array(0...right.count)
    for (index, byte) in left.utf8.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in right.indices {
        let change = diagonal + (byte == right[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(change, row[column] + 1, row[column + 1] + 1)
      }
    }
    return row[right.count]
  }
}
