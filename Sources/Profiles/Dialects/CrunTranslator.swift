import SeccompModel

/// From the decoded profile to rules, as crun does it: src/libcrun/seccomp.c, `libcrun_generate_seccomp` and, for the
/// flags, `libcrun_apply_seccomp`; src/libcrun/container.c, `get_seccomp_receiver_fd`.
struct CrunTranslator {
  typealias Refusal = RuntimeReading.Refusal

  private var common: RuntimeTranslator
  private let known: KnownNames

  init(_ list: ClauseList, known: KnownNames) {
    common = RuntimeTranslator(list)
    self.known = known
  }

  mutating func read(_ seccomp: WrittenSeccomp?) throws(Refusal) -> RuntimeReading {
    guard let seccomp, let word = seccomp.defaultAction else {
      common.list.add(.noProfile, at: .root, "no object stands here: crun starts without a filter")
      return .noFilter(common.list.clauses)
    }
    let path = JSONPath([.key("defaultAction")])
    try listen(seccomp)
    let kind = try kind(word, seccomp.defaultErrnoRet)
    let fallback = common.action(kind, errno: seccomp.defaultErrnoRet, at: path)
    common.translation.defaultAction = fallback
    common.need(fallback)
    if RuntimeTranslator.isErrnoTooLarge(fallback) {
      throw common.errnoTooLarge(fallback, at: path, message: "error seccomp_init")
    }
    for word in seccomp.architectures { try architecture(word) }
    common.noteNativeArchitecture(
      seccomp.architectures,
      isNativeListed: seccomp.architectures.contains { Self.architecture(of: $0.text) == .x86_64 })
    for (index, entry) in seccomp.syscalls.enumerated() { try add(entry, index) }
    common.noteErrnoDefaults(seccomp.defaultErrnoRet)
    try applyFlags(seccomp.flags)
    return common.finish()
  }

  private mutating func kind(_ word: WrittenWord, _ errno: WrittenNumber?) throws(Refusal) -> ActionKind {
    let text = word.text
    if let errno, text != "SCMP_ACT_ERRNO", text != "SCMP_ACT_TRACE" {
      throw common.list.refusal(
        .errnoStrictness, at: errno.path,
        "crun does not start with an errno for \(text), which has none: only SCMP_ACT_ERRNO and SCMP_ACT_TRACE have",
        message: "errno value specified for action `\(text)`")
    }
    guard let kind = RuntimeTranslator.kind(of: text) else {
      throw common.list.refusal(
        .unknownActionRefused, at: word.path, "crun does not know the action \(word.quoted)",
        message: "invalid seccomp action `\(text)`")
    }
    return kind
  }

  // MARK: Architectures

  /// `SCMP_ARCH_` may be left out, and the rest may be in any letter case.
  static func architecture(of text: String) -> Architecture? {
    let prefix = "SCMP_ARCH_"
    let rest = text.utf8.starts(with: prefix.utf8) ? Substring(text).dropFirst(prefix.count) : text[...]
    let name = rest.utf8.prefix(31).map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
    return Architecture.allCases.first {
      $0.libseccompName.utf8.elementsEqual(name) && !newArchitectures.contains($0)
    }
  }

  /// libseccomp 2.6.0 was the first to know these.
  private static let newArchitectures: [Architecture] = [.loongarch64, .m68k, .sh, .sheb]

  private mutating func architecture(_ word: WrittenWord) throws(Refusal) {
    guard let architecture = Self.architecture(of: word.text) else {
      throw common.list.refusal(
        .unknownArchitectureRefused, at: word.path,
        "crun does not start with the architecture \(word.quoted), which libseccomp 2.5 does not know",
        message: "seccomp unknown architecture")
    }
    if !ProfileWords.isExactly(word.text, architecture.rawValue) {
      common.list.add(
        .architectureSpelling, at: word.path, "crun takes \(word.quoted) for \(architecture.rawValue)")
    }
    try common.add(architecture, at: word.path, message: "seccomp adding architecture")
  }

  // MARK: Entries

  private mutating func add(_ entry: WrittenSeccomp.Entry, _ index: Int) throws(Refusal) {
    guard let word = entry.action else { return }
    let action = common.action(
      try kind(word, entry.errnoRet), errno: entry.errnoRet, at: entry.path.appending(.key("action")))
    guard action != common.translation.defaultAction else {
      common.noteEqualToDefault(entry)
      return
    }
    common.noteWithoutNames(entry)
    let names = entry.names.filter { known.contains($0.text) }
    common.noteUnknown(entry.names.filter { !known.contains($0.text) }, of: entry)
    guard !names.isEmpty else { return }

    let conditions = try conditions(entry, index)
    let alternatives = RuntimeTranslator.alternatives(conditions)
    if alternatives.count > 1 { common.noteAlternatives(conditions, at: entry.path) }
    let call = conditions.isEmpty && entry.arguments.isEmpty ? "seccomp_rule_add" : "seccomp_rule_add_array"
    if RuntimeTranslator.isErrnoTooLarge(action) {
      throw common.errnoTooLarge(action, at: entry.path, message: call)
    }
    for (position, name) in entry.names.enumerated() where known.contains(name.text) {
      common.add(name, action, alternatives, place: (index, position))
    }
  }

  /// The first six of the entry's conditions; the others are not looked at.
  private mutating func conditions(
    _ entry: WrittenSeccomp.Entry, _ number: Int
  ) throws(Refusal) -> [Condition] {
    let taken = entry.arguments.prefix(Arguments.count)
    // The search for a repeated index ends at the first one, so that an index behind it is left to libseccomp.
    var seen: Set<UInt64> = []
    var isRepeated = false
    for argument in taken {
      guard argument.index < Arguments.count else {
        throw indexRefusal(argument, message: isRepeated ? "seccomp_rule_add_array" : "invalid seccomp index")
      }
      if !seen.insert(argument.index).inserted { isRepeated = true }
    }
    var conditions: [Condition] = []
    for argument in taken {
      let word = argument.comparison ?? WrittenWord(text: "", path: argument.path)
      guard let comparison = ProfileWords.comparison(of: word.text) else {
        throw common.list.refusal(
          .unknownOperatorRefused, at: word.path, "crun does not know the operator \(word.quoted)",
          message: "get_seccomp_operator")
      }
      conditions.append(
        Condition(
          index: UInt32(truncatingIfNeeded: argument.index), comparison, value: argument.value,
          valueTwo: argument.valueTwo))
    }
    let left = entry.arguments.count - taken.count
    if left > 0 {
      common.list.add(
        .argumentsCut, at: entry.path.appending(.key("args")),
        "crun takes the first 6 of the \(entry.arguments.count) conditions and forgets the other \(left)")
    }
    return conditions
  }

  private func indexRefusal(_ argument: WrittenSeccomp.Argument, message: String) -> Refusal {
    common.list.refusal(
      .argumentIndexRefused, at: argument.path.appending(.key("index")),
      "crun does not start with the argument index \(argument.index): a call has the arguments 0 to 5",
      message: message)
  }

  // MARK: Listener and flags

  private mutating func listen(_ seccomp: WrittenSeccomp) throws(Refusal) {
    guard let path = seccomp.listenerPath else { return }
    guard path.text.utf8.first == UInt8(ascii: "/") else {
      throw common.list.refusal(
        .listenerPathRefused, at: path.path,
        "crun does not start with a listenerPath that is no absolute path",
        message: "the seccomp receiver `\(path.text)` is not an absolute path")
    }
    common.translation.listenerPath = path.text
  }

  private var hasNotify: Bool {
    common.translation.defaultAction == .notify || common.translation.rules.contains { $0.action == .notify }
  }

  private mutating func applyFlags(_ words: [WrittenWord]?) throws(Refusal) {
    let place = JSONPath([.key("flags")])
    var flags: UInt32 = 0
    for word in words ?? [] {
      guard let bit = SeccompFlag.bit(of: word.text) else {
        throw common.list.refusal(
          .unknownFlagRefused, at: word.path, "crun does not know the flag \(word.quoted)",
          message: "unknown seccomp option")
      }
      flags |= bit
    }
    if words == nil {
      flags = SeccompFlag.speculationAllowed
      common.list.add(
        .defaultFlags, at: .root,
        "crun sets SECCOMP_FILTER_FLAG_SPEC_ALLOW, as the profile has no flags: the kernel leaves the mitigation of "
          + "speculative store bypass off")
    }
    if common.translation.needsListener {
      if flags & SeccompFlag.synchronizeThreads != 0 {
        throw common.list.refusal(
          .flagsConflictRefused, at: place,
          "crun does not start: the kernel takes SECCOMP_FILTER_FLAG_TSYNC and a listener only with a third flag "
            + "(EINVAL)",
          message: "seccomp (SECCOMP_SET_MODE_FILTER): Invalid argument")
      }
      flags |= SeccompFlag.newListener
      if !hasNotify {
        common.list.add(
          .listenerWithoutNotify, at: JSONPath([.key("listenerPath")]),
          "no rule notifies, but crun connects to the listener all the same and does not start without it")
      }
    } else {
      if hasNotify {
        common.list.add(
          .notifyWithoutListener, at: .root,
          "crun starts without a listener: where the profile says SCMP_ACT_NOTIFY the call fails with ENOSYS")
      }
      if flags & SeccompFlag.waitKillable != 0 {
        flags = 0
        common.list.add(
          .flagsDropped, at: place,
          "the kernel refuses SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV without a listener (EINVAL): crun installs the "
            + "filter without any flag")
      }
    }
    common.translation.flags = flags
  }
}
