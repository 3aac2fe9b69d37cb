import SeccompModel

extension LintRule {
  /// The specification: the runtime must fail. crun does; runc ignores the field.
  static let unusedErrno = LintRule(
    "unused-errno", "An errno stands beside an action that has none."
  ) { subject in
    subject.text.unusedErrnos.map { path in
      let entry = subject.profile.entries.indices.first {
        path.description.hasPrefix(subject.path(entry: $0).description + ".")
      }
      let action = entry.map { subject.profile.entries[$0].action } ?? subject.profile.defaultAction
      let name = entry.flatMap { subject.profile.entries[$0].names.first }
      var parts = ["\(action) has no errno"]
      if subject.runtimes.contains(.runc) { parts.append("runc ignores it") }
      if subject.runtimes.contains(.crun) { parts.append("crun refuses the profile") }
      return subject.remark(
        subject.runtime == .crun ? .error : .warning, at: path, parts.joined(separator: "; "),
        fix: "leave it out, or use SCMP_ACT_ERRNO",
        witnesses: [
          name.flatMap { name in
            subject.policy.unconditional(name).flatMap {
              subject.witnessAnywhere(name, meant: "the errno", claim: .init($0))
            }
          }
        ], without: "the action is that of calls without a rule")
    }
  }

  /// MAX_ERRNO (include/linux/err.h) is 4095; libseccomp takes less than that.
  static let errnoRange = LintRule("errno-range", "An errno is larger than libseccomp takes.") { subject in
    subject.errnos.compactMap { errno, path, _ in
      guard errno >= 4095 else { return nil }
      return subject.remark(
        .error, at: path, "libseccomp refuses errno \(errno): the largest is 4094",
        fix: "use an errno below 134",
        without: LintSubject.doesNotStart)
    }
  }

  static let errnoZero = LintRule(
    "errno-zero", "Errno 0 tells the caller that the call succeeded, and it was never made."
  ) { subject in
    subject.errnos.compactMap { errno, path, entry in
      guard errno == 0 else { return nil }
      let name = entry.flatMap { subject.profile.entries[$0].names.first } ?? "getpid"
      return subject.remark(
        .warning, at: path, "errno 0 makes the call return 0, as if it had succeeded, without being made",
        fix: "use an errno that the program can handle, such as 1 (EPERM) or 38 (ENOSYS)",
        witnesses: [
          subject.policy.unconditional(name) == .errno(0)
            ? subject.witnessAnywhere(name, meant: "an error", claim: .action(.errno(0))) : nil
        ])
    }
  }

  /// `errnoRet` of an entry defaults to EPERM (config-linux.md), not to `defaultErrnoRet`.
  static let errnoNotInherited = LintRule(
    "errno-not-inherited", "An entry without errnoRet answers EPERM, not defaultErrnoRet."
  ) { subject in
    guard case .errno(let value) = subject.profile.defaultAction, value != 1 else { return [] }
    return subject.profile.entries.indices.compactMap { entry in
      guard subject.profile.entries[entry].action == .errno(1), let node = subject.node(entry: entry),
        node["errnoRet"] == nil, node["errno"] == nil
      else { return nil }
      let name = subject.profile.entries[entry].names.first {
        subject.policy.unconditional($0) == .errno(1)
      }
      return subject.remark(
        .warning, at: subject.path(entry: entry, "action"),
        "the entry has no errnoRet and answers 1 (EPERM), not the default's \(value)",
        fix: "write \"errnoRet\": \(value), or leave the entry out",
        witnesses: [
          name.flatMap {
            subject.witnessAnywhere($0, meant: "ERRNO(\(value))", claim: .action(.errno(1)))
          }
        ])
    }
  }
}

extension LintSubject {
  /// Every errno written: its value, its place, its entry (nil for the default).
  fileprivate var errnos: [(UInt16, JSONPath, Int?)] {
    var result: [(UInt16, JSONPath, Int?)] = []
    if case .errno(let value) = profile.defaultAction { result.append((value, path("defaultErrnoRet"), nil)) }
    for (entry, group) in profile.entries.enumerated() {
      guard case .errno(let value) = group.action else { continue }
      result.append((value, path(entry: entry, "errnoRet"), entry))
    }
    return result
  }
}
