package import SeccompModel

/// A profile under inspection: what it says, where, and for which runtime it is.
package struct LintSubject: Sendable {
  package let document: ProfileDocument
  /// The runtime that the profile is for; nil for any.
  package let runtime: LintRuntime?
  let text: LintText
  /// What an OCI runtime makes of the text as it stands; nil when it is no profile at all to it.
  package let rawProfile: Profile?
  let policy: LintPolicy
  /// What calls of architectures that are not listed get.
  let badArchitectureAction: Action

  /// Reads the profile in `bytes`, less strictly than ``ProfileReader``: what runtimes tolerate in spite of the
  /// specification is no error here but a remark.
  package static func read(
    _ bytes: [UInt8], source: String, context: ResolutionContext = ResolutionContext(),
    runtime: LintRuntime? = nil, badArchitectureAction: Action = .killThread
  ) throws(ProfileError) -> LintSubject {
    let result = bytes.withUnsafeBufferPointer { buffer in
      Result { () throws(ProfileError) in
        let lines = LineIndex(buffer)
        do throws(JSONError) {
          let text = LintText(try JSONParser.parse(buffer), lines: lines)
          return try LintSubject(
            text, source: source, context: context, runtime: runtime,
            badArchitectureAction: badArchitectureAction)
        } catch {
          throw ProfileError(
            source: source, path: error.path.description, position: lines.position(of: error.offset),
            expected: error.expected, found: error.found)
        }
      }
    }
    return try result.get()
  }

  private init(
    _ text: LintText, source: String, context: ResolutionContext, runtime: LintRuntime?,
    badArchitectureAction: Action
  ) throws(JSONError) {
    guard text.isFound else {
      throw JSONError(
        path: JSONPath([.key("linux"), .key("seccomp")]), offset: text.root.offset,
        expected: "the seccomp profile of a config.json", found: "no such field")
    }
    document = try ProfileReader.document(
      Value(node: text.profile, path: text.path), lines: text.lines, source: source, context: context)
    rawProfile = try? ProfileReader.document(
      Value(node: text.profile.asOCIRuntimesRead, path: text.path), lines: text.lines, source: source,
      context: context
    ).profile
    self.text = text
    self.runtime = runtime
    self.badArchitectureAction = badArchitectureAction
    policy = LintPolicy(document.profile.applied)
  }

  var profile: Profile { document.profile }

  /// Where the profile stands in its text: `$`, `$.linux.seccomp`.
  package var documentPath: String { text.path.description }

  /// The architectures that the filter covers.
  var covered: [Architecture] { profile.filteredArchitectures() }

  /// The runtimes that remarks are about.
  var runtimes: [LintRuntime] { runtime.map { [$0] } ?? LintRuntime.allCases }
}

/// A container runtime whose ways with profiles are known.
package enum LintRuntime: String, Hashable, Sendable, CaseIterable, Codable {
  case runc, crun
}

extension JSONNode {
  /// The profile without the fields that only Docker and Podman know; an entry without `names` has no rules.
  var asOCIRuntimesRead: JSONNode {
    guard case .object(var members) = value else { return self }
    members.removeAll { member in
      ProfileReading.dockerFields.contains { ProfileWords.isExactly($0, member.key) }
    }
    for index in members.indices where ProfileWords.isExactly(members[index].key, "syscalls") {
      guard case .array(let entries) = members[index].node.value else { continue }
      members[index].node.value = .array(
        entries.filter { $0["names"] != nil }.map { entry in
          guard case .object(var fields) = entry.value else { return entry }
          fields.removeAll { field in
            ProfileReading.dockerEntryFields.contains { ProfileWords.isExactly($0, field.key) }
          }
          return JSONNode(.object(fields), offset: entry.offset)
        })
    }
    return JSONNode(.object(members), offset: offset)
  }
}
