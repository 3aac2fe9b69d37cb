import ClassicBPF
import Foundation
import Generation
import Glibc
import Prediction
import Probing
import Scripts

/// The findings of a campaign of histories: `RUN/findings/<fingerprint>/` with `case.json`, `minimized.json`, `repro.c` and
/// `report.md`, each finding there whole or not at all (see ``FindingStore``).
package struct HistoryStore: Sendable {
  package let directory: String
  private let turn = StoreTurn()

  package init(openingRun run: String) throws(StorageError) {
    directory = try FindingStore(openingRun: run).directory
  }

  package func path(of fingerprint: String) -> String { "\(directory)/\(fingerprint)" }

  /// Writes a finding durably. Of a family the smallest stays, with the case that was seen first.
  package func save(_ original: SavedHistory, _ minimized: SavedHistory) throws -> FindingStore.Saved {
    try turn.take { try saveAlone(original, minimized) }
  }

  private func saveAlone(_ original: SavedHistory, _ minimized: SavedHistory) throws -> FindingStore.Saved {
    let place = path(of: minimized.fingerprint.id)
    var first = original
    let known = try? Self.load(place + "/minimized.json")
    if let known {
      guard minimized.script.weight < known.script.weight else { return .duplicate }
      if let old = try? Self.load(place + "/case.json") { first = old }
    }
    let unfinished = "\(directory)/\(FindingStore.unfinishedPrefix)\(padded(UInt64.random(in: 0 ... .max)))"
    try FileSystem.makeNewDirectory(unfinished)
    do {
      let files: [(String, [UInt8])] = [
        ("case.json", Array(try first.json())), ("minimized.json", Array(try minimized.json())),
        ("repro.c", Array(try minimized.reproducer().utf8)), ("report.md", Array(minimized.report.utf8)),
      ]
      for (name, bytes) in files { try FileSystem.writeDurably(bytes, to: "\(unfinished)/\(name)") }
      try FileSystem.flushDirectory(unfinished)
    } catch {
      try? FileSystem.removeDirectory(unfinished)
      throw error
    }
    return try move(unfinished, to: place, isKnown: known != nil)
  }

  private func move(_ unfinished: String, to place: String, isKnown: Bool) throws -> FindingStore.Saved {
    let isFirst = try !isKnown && FileSystem.rename(unfinished, toFree: place)
    if !isFirst {
      let isExchanged = try FileSystem.exchange(unfinished, place)
      try FileSystem.removeDirectory(unfinished)
      guard isExchanged else { return .duplicate }
    }
    try FileSystem.flushDirectory(directory)
    return isFirst ? .new : .smaller
  }

  /// Reads one case file.
  package static func load(_ path: String) throws -> SavedHistory {
    guard let saved = try find(path) else { throw StorageError("reading", path, detail: "it is no history") }
    return saved
  }

  /// Reads one case file; nil when it is of another kind of case.
  package static func find(_ path: String) throws -> SavedHistory? {
    guard let bytes = try FileSystem.read(path) else { throw StorageError("opening", path, errno: ENOENT) }
    do {
      return try SavedHistory(json: Data(bytes))
    } catch {
      throw StorageError("reading", path, detail: explain(error))
    }
  }
}

extension SavedHistory {
  /// What the model says now, as far as it is one exact result: what a stand-alone program can compare with.
  func reproducer() throws -> String {
    // The model's words are kept; a program in C gets the exact ones of a kernel of today.
    let model = ScriptModel(features: .assumed(version: KernelVersion(6, 18)), isPrivileged: true)
    let expected = model.predict(script).map { prediction -> StepResult? in
      if case .exactly(let result) = prediction { result } else { nil }
    }
    return try ScriptReproducer(script, title: title, expected: expected).text()
  }

  var title: String {
    let place = step < script.steps.count ? "step \(step), \(script.steps[step])" : "step \(step)"
    let words = predicted.indices.contains(step) ? predicted[step] : "?"
    let seen = observed.indices.contains(step) ? observed[step] : "?"
    return "\(place)\nexpected: \(words)\nLinux \(kernel): \(seen)"
  }

  var report: String {
    var lines = ["# A history in which the kernel and the model differ", ""]
    lines += title.split(separator: "\n").map { "- \($0)" }
    if !isSteady { lines += ["", "Played again, it did not differ: a matter of timing."] }
    lines += ["", "## Steps", ""]
    for (index, step) in script.steps.enumerated() {
      lines.append("\(index). \(step)")
      if predicted.indices.contains(index), observed.indices.contains(index) {
        lines.append("   - expected: \(predicted[index])")
        lines.append("   - seen: \(observed[index])")
      }
    }
    for (index, filter) in script.filters.enumerated() {
      lines += ["", "## Filter \(index)", "", "```"]
      lines += filter.instructions.map { "\(padded($0.code)) \($0.jumpTrue) \($0.jumpFalse) \(padded($0.k))" }
      lines.append("```")
    }
    lines += [
      "", "Who is wrong shows `repro.c`, which plays the steps without this tool: its head has the command.",
      "",
    ]
    return lines.joined(separator: "\n")
  }
}
