import SeccompModel

/// From the decoded profile to rules, as runc does it: libcontainer/specconv/spec_linux.go (`SetupSeccomp`) in the
/// parent, then libcontainer/seccomp/seccomp_linux.go (`InitSeccomp`) in the container's first process.
struct RuncTranslator {
  typealias Refusal = RuntimeReading.Refusal

  var common: RuntimeTranslator
  private let known: KnownNames

  init(_ list: ClauseList, known: KnownNames) {
    common = RuntimeTranslator(list)
    self.known = known
  }

  /// An entry whose words are known.
  private struct Entry {
    var written: WrittenSeccomp.Entry
    var action: Action
    var conditions: [Condition]
  }

  mutating func read(_ seccomp: WrittenSeccomp?) throws(Refusal) -> RuntimeReading {
    guard let seccomp, let word = seccomp.defaultAction, !word.text.isEmpty || !seccomp.syscalls.isEmpty
    else {
      common.list.add(
        .noProfile, at: .root,
        seccomp == nil
          ? "null stands here: runc starts without a filter"
          : "neither defaultAction nor syscalls stand here: runc starts without a filter")
      return .noFilter(common.list.clauses)
    }
    let flags = try flags(seccomp.flags)
    for word in seccomp.architectures { try checkArchitecture(word) }
    let path = JSONPath([.key("defaultAction")])
    let kind = try kind(word, at: path)
    let entries = try words(of: seccomp)
    noteErrno(seccomp.defaultErrnoRet, for: kind, word.text)
    let fallback = common.action(kind, errno: seccomp.defaultErrnoRet, at: path)
    common.translation.defaultAction = fallback
    common.need(fallback)

    try checkNotify(entries)
    if RuntimeTranslator.isErrnoTooLarge(fallback) {
      throw common.errnoTooLarge(fallback, at: path, message: "could not create filter")
    }
    for word in seccomp.architectures {
      guard let architecture = ProfileWords.architecture(of: word.text) else { continue }
      try common.add(architecture, at: word.path, message: "error adding architecture to seccomp filter")
    }
    common.noteNativeArchitecture(
      seccomp.architectures,
      isNativeListed: seccomp.architectures.contains { $0.text == Architecture.x86_64.rawValue })
    for (index, entry) in entries.enumerated() { try add(entry, index) }
    common.noteErrnoDefaults(seccomp.defaultErrnoRet)
    let names = seccomp.syscalls.flatMap(\.names)
    if let least = common.dialect.binaryTreeFrom, names.count >= least {
      common.translation.optimizeLevel = 2
    }
    addStub(seccomp, names: names.map(\.text.cutAtNUL).filter(known.contains))
    try install(flags, seccomp, entries)
    return common.finish()
  }

  // MARK: In the parent

  private mutating func flags(_ words: [WrittenWord]?) throws(Refusal) -> UInt32 {
    let place = JSONPath([.key("flags")])
    if common.dialect.refusesFlags {
      guard words?.isEmpty ?? true else {
        throw common.list.refusal(
          .flagsRefused, at: place, "runc before 1.2 does not start with flags",
          message: "seccomp flags are not yet supported by runc")
      }
      return 0
    }
    guard let words else {
      common.list.add(
        .defaultFlags, at: .root,
        "runc sets SECCOMP_FILTER_FLAG_SPEC_ALLOW, as the profile has no flags: the kernel leaves the mitigation of "
          + "speculative store bypass off")
      return SeccompFlag.speculationAllowed
    }
    var flags: UInt32 = 0
    for word in words {
      guard let bit = SeccompFlag.bit(of: word.text) else {
        throw common.list.refusal(
          .unknownFlagRefused, at: word.path, "runc does not know the flag \(word.quoted)",
          message: "is not known to runc")
      }
      if bit == SeccompFlag.synchronizeThreads {
        common.list.add(
          .threadSyncIgnored, at: word.path, "runc takes SECCOMP_FILTER_FLAG_TSYNC and does not set it")
      } else {
        flags |= bit
      }
    }
    return flags
  }

  private func checkArchitecture(_ word: WrittenWord) throws(Refusal) {
    guard let words = common.dialect.architectureWords,
      !words.contains(where: { ProfileWords.isExactly(word.text, $0) })
    else { return }
    throw common.list.refusal(
      .unknownArchitectureRefused, at: word.path,
      "\(common.dialect.name) does not know the architecture \(word.quoted)",
      message: "is not a valid arch for seccomp")
  }

  private func kind(_ word: WrittenWord, at path: JSONPath) throws(Refusal) -> ActionKind {
    guard let kind = RuntimeTranslator.kind(of: word.text) else {
      throw common.list.refusal(
        .unknownActionRefused, at: path,
        word.text.isEmpty
          ? "runc does not start without an action here" : "runc does not know the action \(word.quoted)",
        message: "is not a valid action for seccomp")
    }
    return kind
  }

  private mutating func words(of seccomp: WrittenSeccomp) throws(Refusal) -> [Entry] {
    var entries: [Entry] = []
    for written in seccomp.syscalls {
      let path = written.path.appending(.key("action"))
      let word = written.action ?? WrittenWord(text: "", path: path)
      let kind = try kind(word, at: path)
      var conditions: [Condition] = []
      // Operators are looked up once for each name: never where there is none.
      if !written.names.isEmpty { conditions = try self.conditions(of: written) }
      noteErrno(written.errnoRet, for: kind, word.text)
      let action = common.action(kind, errno: written.errnoRet, at: path)
      entries.append(Entry(written: written, action: action, conditions: conditions))
    }
    return entries
  }

  private func conditions(of entry: WrittenSeccomp.Entry) throws(Refusal) -> [Condition] {
    var conditions: [Condition] = []
    for argument in entry.arguments {
      let word = argument.comparison ?? WrittenWord(text: "", path: argument.path)
      guard let comparison = ProfileWords.comparison(of: word.text) else {
        throw common.list.refusal(
          .unknownOperatorRefused, at: argument.path.appending(.key("op")),
          word.text.isEmpty
            ? "runc does not start without an operator here"
            : "runc does not know the operator \(word.quoted)",
          message: "is not a valid operator for seccomp")
      }
      conditions.append(
        Condition(
          index: UInt32(clamping: argument.index), comparison, value: argument.value,
          valueTwo: argument.valueTwo))
    }
    return conditions
  }

  private mutating func noteErrno(_ errno: WrittenNumber?, for kind: ActionKind, _ word: String) {
    guard let errno, kind != .errno, kind != .trace else { return }
    common.list.add(
      .errnoIgnored, at: errno.path, "runc ignores the errno \(errno.value) of \(word), which has none")
  }

  // MARK: In the container's first process

  private func checkNotify(_ entries: [Entry]) throws(Refusal) {
    for entry in entries where entry.action == .notify {
      guard let name = entry.written.names.first(where: { $0.text == "write" }) else { continue }
      throw common.list.refusal(
        .notifyWriteRefused, at: name.path,
        "runc does not start with SCMP_ACT_NOTIFY for write, which it needs to hand the listener over",
        message: "SCMP_ACT_NOTIFY cannot be used for the write syscall")
    }
    guard common.translation.defaultAction != .notify else {
      throw common.list.refusal(
        .notifyDefaultRefused, at: JSONPath([.key("defaultAction")]),
        "runc does not start with SCMP_ACT_NOTIFY as the default action",
        message: "SCMP_ACT_NOTIFY cannot be used as default action")
    }
  }

  private mutating func add(_ entry: Entry, _ index: Int) throws(Refusal) {
    let written = entry.written
    common.noteWithoutNames(written)
    let isEqual = entry.action == common.translation.defaultAction
    let alternatives = RuntimeTranslator.alternatives(entry.conditions)
    var unknown: [WrittenWord] = []
    var isAdded = false
    for (position, name) in written.names.enumerated() {
      guard !name.text.isEmpty else {
        throw common.list.refusal(
          .emptyNameRefused, at: name.path, "runc does not start with an empty name",
          message: "empty string is not a valid syscall")
      }
      if isEqual { continue }
      let seen = name.text.cutAtNUL
      if seen.utf8.count < name.text.utf8.count { common.list.noteCut(name.text, to: seen, at: name.path) }
      guard known.contains(seen) else {
        unknown.append(name)
        continue
      }
      if !isAdded { try check(entry) }
      isAdded = true
      common.add(name, entry.action, alternatives, place: (index, position))
    }
    if isEqual, !written.names.isEmpty { common.noteEqualToDefault(written) }
    if isAdded, alternatives.count > 1 { common.noteAlternatives(entry.conditions, at: written.path) }
    common.noteUnknown(unknown, of: written)
  }

  /// What stops a rule on its way to libseccomp or there.
  private func check(_ entry: Entry) throws(Refusal) {
    if let argument = entry.written.arguments.first(where: { $0.index >= Arguments.count }) {
      throw common.list.refusal(
        .argumentIndexRefused, at: argument.path.appending(.key("index")),
        "runc does not start with the argument index \(argument.index): a call has the arguments 0 to 5",
        message: "syscalls only have up to 6 arguments")
    }
    if RuntimeTranslator.isErrnoTooLarge(entry.action) {
      throw common.errnoTooLarge(
        entry.action, at: entry.written.path, message: "two checks on same syscall argument")
    }
  }

  private mutating func install(_ wanted: UInt32, _ seccomp: WrittenSeccomp, _ entries: [Entry])
    throws(Refusal)
  {
    var flags = wanted
    let path = seccomp.listenerPath.flatMap { $0.text.isEmpty ? nil : $0 }
    // Names count that libseccomp does not know.
    if entries.contains(where: { $0.action == .notify && !$0.written.names.isEmpty }) {
      common.need(.notify)
      guard let path else {
        var refusal = common.list.refusal(
          .listenerPathRefused, at: .root, "runc does not start with SCMP_ACT_NOTIFY and no listenerPath",
          message: "listenerPath is not set")
        refusal.isAfterInstallation = true
        throw refusal
      }
      common.translation.listenerPath = path.text
      flags |= SeccompFlag.newListener
    } else {
      if let path {
        common.list.add(
          .listenerIgnored, at: path.path, "no rule notifies: runc does not look at listenerPath")
      }
      if flags & SeccompFlag.waitKillable != 0 {
        throw common.list.refusal(
          .flagsConflictRefused, at: JSONPath([.key("flags")]),
          "runc does not start: the kernel refuses SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV without a listener (EINVAL)",
          message: "error loading seccomp filter")
      }
    }
    common.translation.flags = flags
    common.translation.route = flags == 0 ? .prctl : .seccomp
  }
}
