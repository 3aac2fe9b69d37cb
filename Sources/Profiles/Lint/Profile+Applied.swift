import SeccompModel

extension Profile {
  /// The profile as runc and crun hand it to libseccomp: a name whose action is the default action gives no rule
  /// (runc libcontainer/seccomp, matchCall; crun src/libcrun/seccomp.c), and an entry that compares one argument twice
  /// gives a rule for each of its comparisons.
  package var applied: Profile {
    var result = self
    result.entries = entries.filter { $0.action != defaultAction }.flatMap { entry in
      entry.repeatsIndex
        ? entry.conditions.map { Entry(names: entry.names, action: entry.action, conditions: [$0]) } : [entry]
    }
    return result
  }
}

extension Profile.Entry {
  /// Whether two conditions are about the same argument.
  var repeatsIndex: Bool { Set(conditions.map(\.index)).count < conditions.count }
}
