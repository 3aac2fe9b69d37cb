import Foundation

/// The accepted disagreements of `Corpus/known`: findings that do not make a run red.
package struct KnownDisagreements: Hashable, Sendable {
  package var entries: [Entry]

  /// None: every finding is new (`--strict`).
  package init(entries: [Entry] = []) { self.entries = entries }

  /// One file.
  package struct Entry: Hashable, Sendable {
    package var id: String
    package var title: String
    package var kind: FindingKind
    /// Signatures of fingerprints; `*` stands for any text.
    package var signatures: [String]
    /// The versions it holds for, by `libseccomp` and `kernel`; a part that is not named may have any.
    package var holds: [String: VersionRange]
    package var why: String
    package var evidence: String
    /// Where it was reported; nil when it has not been.
    package var reported: String?

    /// Whether the finding is of this family and on these versions.
    package func covers(_ finding: Finding) -> Bool {
      let versions = finding.minimized.versions
      return finding.kind == kind
        && signatures.contains { Self.matches(finding.fingerprint.signature[...], $0[...]) }
        && holds.allSatisfy { part, range in
          range.contains(part == "kernel" ? versions.kernel : versions.libseccomp)
        }
    }

    private static func matches(_ text: Substring, _ pattern: Substring) -> Bool {
      // Each piece between stars is taken as early as possible, the last one at the end.
      let pieces = pattern.split(separator: "*", omittingEmptySubsequences: false)
      guard let first = pieces.first, text.hasPrefix(first) else { return false }
      if pieces.count == 1 { return text == first }
      var rest = text.dropFirst(first.count)
      for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
        guard let found = rest.firstRange(of: piece) else { return false }
        rest = rest[found.upperBound...]
      }
      return pieces.last.map { rest.hasSuffix($0) } ?? true
    }
  }

  /// The entry that covers the finding; nil when it is new.
  package func match(_ finding: Finding) -> Entry? { entries.first { $0.covers(finding) } }

  /// Reads every `.json` file of a directory, in the order of their names.
  package init(directory: String) throws(StorageError) {
    guard let names = try FileSystem.names(in: directory) else {
      throw StorageError("reading the known disagreements in", directory, detail: "no such directory")
    }
    entries = []
    for name in names where name.hasSuffix(".json") {
      let path = "\(directory)/\(name)"
      let entry = try Entry(path: path)
      if entries.contains(where: { $0.id == entry.id }) {
        throw StorageError("reading", path, detail: ".id: \"\(entry.id)\" stands in another file too")
      }
      entries.append(entry)
    }
  }

  /// Where the directory is: the one asked for; otherwise beside the executable as a bundled resource, or
  /// `Corpus/known` in a directory above the executable (a build inside a checkout) or in the current one.
  /// Nil when it is in none of these places.
  package static func directory(
    asked: String? = nil, executable: String? = nil, currentDirectory: String = "."
  ) -> String? {
    if let asked { return asked }
    var candidates: [String] = []
    if let executable {
      var above = URL(fileURLWithPath: executable).resolvingSymlinksInPath().deletingLastPathComponent()
      candidates.append(above.path + "/seccomp-crosscheck_Campaign.resources/known")
      while above.path != "/" {
        candidates.append(above.path + "/Corpus/known")
        above.deleteLastPathComponent()
      }
    }
    candidates.append(currentDirectory + "/Corpus/known")
    return candidates.first { (try? FileSystem.names(in: $0)).flatMap { $0 } != nil }
  }
}

extension KnownDisagreements.Entry {
  private struct Text: Decodable {
    var id: String
    var title: String
    var kind: FindingKind
    var signatures: [String]
    var holds: [String: String]
    var why: String
    var evidence: String
    var reported: String?
  }

  init(path: String) throws(StorageError) {
    func refuse(_ detail: String) -> StorageError { StorageError("reading", path, detail: detail) }
    let text: Text
    do {
      text = try JSONDecoder().decode(Text.self, from: Data(try FileSystem.read(path) ?? []))
    } catch let error as StorageError {
      throw error
    } catch {
      throw refuse(explain(error))
    }
    if text.id.isEmpty { throw refuse(".id is empty") }
    if text.signatures.isEmpty { throw refuse(".signatures is empty: the entry would cover nothing") }
    // A lone star would cover every finding of the kind, the next new one included.
    for (index, signature) in text.signatures.enumerated()
    where !signature.hasPrefix("\(text.kind.rawValue)/") {
      throw refuse(".signatures[\(index)]: \"\(signature)\" does not start with \"\(text.kind.rawValue)/\"")
    }
    var holds: [String: VersionRange] = [:]
    for (part, words) in text.holds.sorted(by: { $0.key < $1.key }) {
      guard part == "libseccomp" || part == "kernel" else {
        throw refuse(".holds.\(part): expected libseccomp or kernel")
      }
      guard let range = VersionRange(words) else {
        throw refuse(".holds.\(part): \"\(words)\" is no version or range such as \"2.5.4...2.6.1\"")
      }
      holds[part] = range
    }
    self.init(
      id: text.id, title: text.title, kind: text.kind, signatures: text.signatures, holds: holds,
      why: text.why,
      evidence: text.evidence, reported: text.reported)
  }
}
