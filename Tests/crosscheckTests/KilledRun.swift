import Foundation
import Glibc

/// A run of `crosscheck fuzz` in a directory of its own, to be killed.
struct KilledRun {
  let scratch: Scratch
  var directory: String { scratch.path + "/run" }
  private var journal: String { directory + "/journal.jsonl" }

  init() throws { scratch = try Scratch() }

  /// Starts the tool; its processes are known by their working directory.
  func start(_ words: [String]) throws -> Process {
    let process = Process()
    process.executableURL = URL(filePath: Tool.path)
    process.arguments = ["fuzz"] + words
    process.currentDirectoryURL = URL(filePath: scratch.path)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  /// The names (`comm`) of the processes that work in the run's directory, zombies left out.
  func processes() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { entry in
      guard Int32(entry) != nil,
        let place = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(entry)/cwd"),
        place == scratch.path
      else { return nil }
      let name = try? String(contentsOfFile: "/proc/\(entry)/comm", encoding: .utf8)
      return name?.trimmingCharacters(in: .newlines) ?? "?"
    }
  }

  /// Waits until `condition` holds; false when it does not for a minute.
  func wait(until condition: () throws -> Bool) rethrows -> Bool {
    for _ in 0..<6000 {
      if try condition() { return true }
      usleep(10_000)
    }
    return false
  }

  /// The journal's whole lines; what stands behind the last newline was cut off.
  func lines() throws -> [[String: Any]] {
    guard let text = try? String(contentsOfFile: journal, encoding: .utf8), let end = text.lastIndex(of: "\n")
    else {
      return []
    }
    return try text[..<end].split(separator: "\n").map { line in
      guard let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] else {
        throw Torn(line: String(line))
      }
      return object
    }
  }

  struct Torn: Error {
    var line: String
  }

  /// Fingerprints of the findings that the journal counts.
  func findings() throws -> Set<String> {
    Set(
      try lines().filter { $0["event"] as? String == "finding" }.compactMap { $0["fingerprint"] as? String })
  }

  /// The files of a finding that are missing or cut off.
  func damage(to fingerprint: String) -> [String] {
    ["case.json", "minimized.json", "repro.c", "report.md"].filter { name in
      guard let bytes = FileManager.default.contents(atPath: "\(directory)/findings/\(fingerprint)/\(name)"),
        bytes.last == UInt8(ascii: "\n")
      else { return true }
      return name.hasSuffix(".json") && (try? JSONSerialization.jsonObject(with: bytes)) == nil
    }
  }

  /// The case numbers that the journal calls done, ascending, repeated where they were done twice.
  func casesDone() throws -> [UInt64] {
    func number(_ word: Any?) -> UInt64? {
      (word as? String).flatMap { UInt64($0.trimmingPrefix("0x"), radix: 16) }
    }
    return try lines().filter { $0["event"] as? String == "completed" }.flatMap { line -> [UInt64] in
      guard let from = number(line["from"]), let to = number(line["to"]) else { throw Torn(line: "\(line)") }
      return Array(from..<to)
    }.sorted()
  }
}
