import SeccompModel

/// Putting remarks together.
extension LintSubject {
  /// A remark at `path`, with calls that show it.
  func remark(
    _ severity: LintRemark.Severity, at path: JSONPath, _ message: String, fix: String,
    witnesses: [LintWitness?] = [], without: String? = nil
  ) -> LintRemark {
    let witnesses = witnesses.compactMap { $0 }
    return LintRemark(
      rule: "", severity: severity, path: path.description, position: text.position(of: path),
      message: message,
      fix: fix, witnesses: witnesses,
      withoutWitness: witnesses.isEmpty ? without ?? "no call of this machine's architectures shows it" : nil)
  }

  /// Why nothing can be called where the container does not start.
  static var doesNotStart: String {
    "the container does not start, so that there is no process to make a call"
  }

  /// The path of one of the profile's own fields.
  func path(_ key: String) -> JSONPath { text.path.appending(.key(key)) }

  /// The path of an entry of the resolved profile.
  func path(entry: Int) -> JSONPath {
    path("syscalls").appending(.index(document.entrySources[entry].index))
  }

  func path(entry: Int, _ key: String) -> JSONPath { path(entry: entry).appending(.key(key)) }

  func path(entry: Int, name: Int) -> JSONPath {
    let path = path(entry: entry)
    return isSingular(entry: entry)
      ? path.appending(.key("name")) : path.appending(.key("names")).appending(.index(name))
  }

  func path(entry: Int, argument: Int) -> JSONPath { path(entry: entry, "args").appending(.index(argument)) }

  /// The text of an entry.
  func node(entry: Int) -> JSONNode? {
    guard let list = text.profile["syscalls"]?.elements else { return nil }
    let index = document.entrySources[entry].index
    return list.indices.contains(index) ? list[index] : nil
  }

  /// Whether the entry says `name` instead of `names`.
  func isSingular(entry: Int) -> Bool {
    guard let node = node(entry: entry) else { return false }
    return node["names"] == nil && node["name"] != nil
  }

  /// A witness: `name` called with `arguments` by way of `architecture`; nil when the architecture has no such
  /// call.
  func witness(
    _ name: String, _ architecture: Architecture = .x86_64, _ arguments: Arguments = Arguments(),
    meant: String,
    claim: LintWitness.Claim, reading: LintWitness.Reading = .meant
  ) -> LintWitness? {
    guard let number = architecture.table?.number(named: name) else { return nil }
    return LintWitness(
      Call(architecture == .x86 ? .int80 : .syscall, rax: UInt64(number), arguments: arguments),
      name: name, meant: meant, claim: claim, reading: reading)
  }

  /// The same for the first covered architecture that has the call.
  func witnessAnywhere(
    _ name: String, _ arguments: Arguments = Arguments(), meant: String, claim: LintWitness.Claim,
    reading: LintWitness.Reading = .meant
  ) -> LintWitness? {
    for architecture in covered {
      if let witness = witness(name, architecture, arguments, meant: meant, claim: claim, reading: reading) {
        return witness
      }
    }
    return nil
  }

  /// `entry 2 ($.syscalls[1])`
  func words(entry: Int) -> String { path(entry: entry).description }
}
