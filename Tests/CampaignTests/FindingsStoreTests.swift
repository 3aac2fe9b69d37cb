import Foundation
import Glibc
import Profiles
import SeccompModel
import Testing

@testable import Campaign

@Suite struct FindingsStoreTests {
  static let finding = Finding(original: Samples.extra, minimized: Samples.missed)

  /// The same family with one rule more to read, and with a shorter witness.
  static var larger: Finding {
    var larger = finding
    larger.minimized.witness?.arguments.a5 = 9
    return larger
  }

  private func names(_ path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }

  @Test("a saved finding is there with its four files, and reads back")
  func saves() throws {
    let scratch = try Scratch()
    let store = try FindingStore(openingRun: scratch.path + "/a/b")
    #expect(try store.fingerprints().isEmpty)
    #expect(try store.save(Self.finding) == .new)
    let id = Self.finding.fingerprint.id
    #expect(try store.fingerprints() == [id])
    #expect(try names(store.path(of: id)) == ["case.json", "minimized.json", "report.md", "repro.c"])
    #expect(try store.load(id) == Self.finding)
    let repro = try String(contentsOfFile: store.path(of: id) + "/repro.c", encoding: .utf8)
    #expect(repro == ReproProgram(Self.finding.minimized).text)
    #expect(try FindingStore(readingRun: scratch.path + "/a/b").load(id) == Self.finding)
  }

  @Test("a family is kept once, with its smallest case and its first origin")
  func duplicates() throws {
    let scratch = try Scratch()
    let store = try FindingStore(openingRun: scratch.path)
    var first = Self.larger
    first.original.origin = .init(seed: 1, caseNumber: 2)
    #expect(try store.save(first) == .new)
    #expect(try store.save(first) == .duplicate)
    #expect(try store.save(Self.finding) == .smaller)
    #expect(try store.save(Self.larger) == .duplicate)
    let kept = try store.load(Self.finding.fingerprint.id)
    #expect(kept.original == first.original)
    #expect(kept.minimized == Self.finding.minimized)
    #expect(try names(store.directory) == [Self.finding.fingerprint.id], "nothing unfinished stays")
  }

  @Test("what an interrupted run left is removed at the next opening, what was saved is not")
  func leftovers() throws {
    let scratch = try Scratch()
    let store = try FindingStore(openingRun: scratch.path)
    try store.save(Self.finding)
    for (name, files) in [
      ("0", []), ("1", ["case.json"]), ("2", ["case.json", "minimized.json", "repro.c"]),
    ] {
      let path = "\(store.directory)/.tmp-\(name)"
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
      for file in files {
        try "{\"format\"".write(toFile: "\(path)/\(file)", atomically: false, encoding: .utf8)
      }
    }
    #expect(try store.fingerprints() == [Self.finding.fingerprint.id], "unfinished ones are never listed")
    _ = try FindingStore(readingRun: scratch.path).fingerprints()
    #expect(try names(store.directory).count == 4, "reading removes nothing")
    let again = try FindingStore(openingRun: scratch.path)
    #expect(try names(again.directory) == [Self.finding.fingerprint.id])
    #expect(try again.load(Self.finding.fingerprint.id) == Self.finding)
  }

  @Test("a damaged finding does not hide a sound one of its family")
  func damaged() throws {
    let scratch = try Scratch()
    let store = try FindingStore(openingRun: scratch.path)
    try store.save(Self.finding)
    let id = Self.finding.fingerprint.id
    try "{".write(toFile: store.path(of: id) + "/minimized.json", atomically: false, encoding: .utf8)
    let error = #expect(throws: StorageError.self) { try store.load(id) }
    #expect(error?.description.contains("minimized.json") == true)
    #expect(try store.save(Self.finding) == .smaller)
    #expect(try store.load(id) == Self.finding)
  }

  @Test("of many threads that save one family, one is first")
  func threads() async throws {
    let scratch = try Scratch()
    let store = try FindingStore(openingRun: scratch.path)
    let results = try await withThrowingTaskGroup(of: FindingStore.Saved.self) { group in
      for _ in 0..<16 { group.addTask { try store.save(Self.finding) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(results.count { $0 == .new } == 1)
    #expect(results.count { $0 == .duplicate } == 15)
    #expect(try names(store.directory) == [Self.finding.fingerprint.id])
  }

  @Test("of many threads with cases of one family the smallest case stays, whoever is last")
  func smallestStays() async throws {
    for round in 0..<8 {
      let scratch = try Scratch()
      let store = try FindingStore(openingRun: scratch.path)
      let findings = (0..<5).map { count in
        var finding = Self.finding
        for index in [1, 3, 4, 5].prefix(count) { finding.minimized.witness?.arguments[index] = 9 }
        return finding
      }
      #expect(Set(findings.map(\.fingerprint)).count == 1)
      #expect(Set(findings.map(\.minimized.weight)).count == findings.count)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for finding in findings.reversed() { group.addTask { _ = try store.save(finding) } }
        try await group.waitForAll()
      }
      let kept = try store.load(Self.finding.fingerprint.id).minimized
      #expect(kept == findings[0].minimized, "round \(round)")
    }
  }

  @Test("a file that cannot take its place leaves nothing beside it, and an older one as it was")
  func replacing() throws {
    let scratch = try Scratch()
    let path = scratch.path + "/summary.json"
    try FileSystem.replaceDurably([1], at: path)
    try FileSystem.replaceDurably([2], at: path)
    #expect(try FileSystem.read(path) == [2])
    // A directory is not replaced by a file: rename(2).
    let place = scratch.path + "/directory"
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: false)
    let error = #expect(throws: StorageError.self) { try FileSystem.replaceDurably([3], at: place) }
    #expect(error?.errno == EISDIR)
    #expect(try names(scratch.path) == ["directory", "summary.json"])
  }

  @Test("a place that cannot be written to is an error with the path and the system's answer")
  func unwritable() throws {
    let scratch = try Scratch()
    try "".write(toFile: scratch.path + "/findings", atomically: false, encoding: .utf8)
    let error = #expect(throws: StorageError.self) { try FindingStore(openingRun: scratch.path) }
    #expect(error?.errno == ENOTDIR)
    #expect(error?.description.contains(scratch.path + "/findings") == true)
    #expect(throws: StorageError.self) { try FindingStore(openingRun: scratch.path).save(Self.finding) }
  }

  @Test("kill -9 at any moment: what was counted is whole on disk, and the run can be opened again")
  func killed() async throws {
    var all = 0
    for round in 0..<10 {
      let scratch = try Scratch()
      let (path, delay) = (scratch.path, UInt32(2_000 + round * 3_000))
      await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, delay = delay as UInt32] in
        let journal = try Journal(openingRun: path)
        try journal.append(.started(seed: 1, options: [:], versions: Samples.versions))
        let store = try FindingStore(openingRun: path)
        for number in 0... {
          // Each number of rules is a family of its own, and each comes first larger, then smaller.
          for extra in [true, false] {
            var finding = extra ? Self.larger : Self.finding
            let rule = finding.minimized.profiles[0].entries[0]
            finding.minimized.profiles[0].entries += Array(repeating: rule, count: number)
            let saved = try store.save(finding)
            try journal.append(
              .finding(
                fingerprint: finding.fingerprint.id, signature: finding.fingerprint.signature,
                caseNumber: UInt64(number), saved: saved))
          }
          // From the first finding on: on a busy machine any time before would be too short for one.
          if number == 0 {
            Thread.detachNewThread {
              usleep(delay)
              kill(getpid(), SIGKILL)
            }
          }
        }
      }
      let counted = try #require(try Journal.state(ofRun: path)).findings.keys.sorted()
      let journal = try Journal(openingRun: path)
      let store = try FindingStore(openingRun: path)
      let present = try store.fingerprints()
      #expect(Set(counted).isSubset(of: present))
      all += counted.count
      for id in present {
        #expect(try store.load(id).fingerprint.id == id)
        #expect(try names(store.path(of: id)).count == 4)
      }
      #expect(try names(store.directory) == present, "nothing unfinished stays")
      try journal.append(.resumed(versions: Samples.versions))
      #expect(try Journal.state(ofRun: path) != nil)
    }
    #expect(all > 0, "every kill came before the first finding: nothing was shown")
  }
}
