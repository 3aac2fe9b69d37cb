import Foundation
import Glibc
import Synchronization

/// The findings of a run: `RUN/findings/<fingerprint>/` with `case.json`, `minimized.json`, `repro.c` and
/// `report.md`.
///
/// A finding is written beside its place under a name of its own, made durable, and then renamed: it is there
/// whole or not at all, whenever the process or the machine stops.
package struct FindingStore: Sendable {
  /// `RUN/findings`
  package let directory: String
  private let turn = StoreTurn()

  /// How unfinished directories start. A fingerprint starts with a letter.
  static let unfinishedPrefix = ".tmp-"

  /// For reading.
  package init(readingRun run: String) { directory = run + "/findings" }

  /// For writing: makes the directory and removes what an interrupted run left unfinished. One process may
  /// write to a run at a time; the journal's lock sees to that, so open the journal first.
  package init(openingRun run: String) throws(StorageError) {
    directory = run + "/findings"
    try FileSystem.makeDirectories(directory)
    for name in try FileSystem.names(in: directory) ?? [] where name.hasPrefix(Self.unfinishedPrefix) {
      try FileSystem.removeDirectory("\(directory)/\(name)")
    }
    try FileSystem.flushDirectory(run)
  }

  /// What became of a finding that was handed in.
  package enum Saved: String, Codable, Hashable, Sendable {
    /// The first of its family: it is on disk now.
    case new
    /// The family is on disk already, with a case as small or smaller.
    case duplicate
    /// The family was on disk with a larger case, which this one has replaced; `case.json` is still the first.
    case smaller
  }

  /// Writes a finding and its texts; comes back when it is durable and in place.
  ///
  /// May be called from several threads: of two firsts of a family one is `new` and the other a `duplicate`.
  @discardableResult
  package func save(_ finding: Finding) throws(StorageError) -> Saved {
    try turn.take { () throws(StorageError) in try saveAlone(finding) }
  }

  private func saveAlone(_ finding: Finding) throws(StorageError) -> Saved {
    let place = path(of: finding.fingerprint.id)
    if let known = try? load(finding.fingerprint.id) {
      guard finding.minimized.weight < known.minimized.weight else { return .duplicate }
      return try replace(Finding(original: known.original, minimized: finding.minimized), at: place)
    }
    let unfinished = try write(finding)
    guard try FileSystem.rename(unfinished, toFree: place) else {
      // Another thread was faster, or what stands there cannot be read; the latter must not hide the finding.
      if (try? load(finding.fingerprint.id)) == nil { return try exchange(unfinished, place) }
      try FileSystem.removeDirectory(unfinished)
      return .duplicate
    }
    try FileSystem.flushDirectory(directory)
    return .new
  }

  /// The fingerprints on disk, sorted.
  package func fingerprints() throws(StorageError) -> [String] {
    try (FileSystem.names(in: directory) ?? []).filter { !$0.hasPrefix(".") }
  }

  /// Reads a finding back.
  package func load(_ fingerprint: String) throws(StorageError) -> Finding {
    try Self.load(at: path(of: fingerprint))
  }

  /// Reads the finding whose files are in this directory.
  package static func load(at path: String) throws(StorageError) -> Finding {
    Finding(
      original: try loadCase(path + "/case.json"), minimized: try loadCase(path + "/minimized.json"))
  }

  /// Reads one case file.
  package static func loadCase(_ path: String) throws(StorageError) -> SavedCase {
    guard let bytes = try FileSystem.read(path) else { throw StorageError("opening", path, errno: ENOENT) }
    do {
      return try SavedCase(json: Data(bytes))
    } catch {
      throw StorageError("reading", path, detail: explain(error))
    }
  }

  /// Where a family's files stand.
  package func path(of fingerprint: String) -> String { "\(directory)/\(fingerprint)" }

  private func replace(_ finding: Finding, at place: String) throws(StorageError) -> Saved {
    try exchange(try write(finding), place)
  }

  private func exchange(_ unfinished: String, _ place: String) throws(StorageError) -> Saved {
    let swapped = try FileSystem.exchange(unfinished, place)
    if swapped { try FileSystem.flushDirectory(directory) }
    // Now the old one, or the new one where swapping is impossible: the first finding stays then.
    try FileSystem.removeDirectory(unfinished)
    return swapped ? .smaller : .duplicate
  }

  /// Writes the four files to a directory beside the place, durably; the directory's path.
  private func write(_ finding: Finding) throws(StorageError) -> String {
    let unfinished = "\(directory)/\(Self.unfinishedPrefix)\(padded(UInt64.random(in: 0 ... .max)))"
    let files: [(String, [UInt8])]
    do {
      files = [
        ("case.json", Array(try finding.original.json())),
        ("minimized.json", Array(try finding.minimized.json())),
        ("repro.c", Array(ReproProgram(finding.minimized).text.utf8)),
        ("report.md", Array(ReportText(finding).text.utf8)),
      ]
    } catch {
      throw StorageError("encoding", unfinished, detail: explain(error))
    }
    try FileSystem.makeNewDirectory(unfinished)
    do {
      for (name, bytes) in files { try FileSystem.writeDurably(bytes, to: "\(unfinished)/\(name)") }
      try FileSystem.flushDirectory(unfinished)
    } catch {
      // A full disk, mostly: the half of a finding helps nobody, and what went wrong first is what to tell.
      try? FileSystem.removeDirectory(unfinished)
      throw error
    }
    return unfinished
  }
}

/// One thread at a time looks what is kept of a family, compares, and replaces it: of two that did so at once, the one with
/// the larger case could be the last.
final class StoreTurn: Sendable {
  private let mutex = Mutex(())

  func take<Failure: Error>(
    _ body: () throws(Failure) -> FindingStore.Saved
  ) throws(Failure) -> FindingStore.Saved {
    try mutex.withLock { _ throws(Failure) in try body() }
  }
}

/// What a JSON error says, with the path to the place.
package func explain(_ error: any Error) -> String {
  guard let error = error as? DecodingError else { return String(describing: error) }
  func place(_ context: DecodingError.Context, _ last: (any CodingKey)? = nil) -> String {
    let keys = context.codingPath + (last.map { [$0] } ?? [])
    return keys.map { key in key.intValue.map { "[\($0)]" } ?? "." + key.stringValue }.joined()
  }
  switch error {
  case .keyNotFound(let key, let context): return "\(place(context, key)) is missing"
  case .valueNotFound(let type, let context): return "\(place(context)) is null, expected \(type)"
  case .typeMismatch(let type, let context): return "\(place(context)) is not a \(type)"
  case .dataCorrupted(let context):
    return [place(context), context.debugDescription].filter { !$0.isEmpty }.joined(separator: ": ")
  @unknown default: return String(describing: error)
  }
}
