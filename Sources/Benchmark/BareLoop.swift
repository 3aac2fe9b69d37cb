import CLinux
import Foundation
import Probing
import SiblingPrograms

/// The C program that the probe is measured against, over the same memory.
struct BareLoop {
  enum Kind: String {
    /// The batch's calls under the installed stack.
    case calls
    /// Children dying by `ud2`, without a filter.
    case deaths
    /// Forked children that install the stack and are killed by it.
    case installations
  }

  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  private let path: String

  init() throws(Failure) {
    let directory = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    path = directory.appending(path: "crosscheck-bare-loop").path
    guard FileManager.default.isExecutableFile(atPath: path) else {
      throw Failure(description: "there is no \(path); scripts/benchmark builds it")
    }
  }

  /// Does it `count` times; nanoseconds for each.
  func run(_ kind: Kind, count: Int, memoryOf probe: Probe) throws(Failure) -> Double {
    let output = try answer([path, kind.rawValue, "\(count)"], memory: probe.memoryDescriptor)
    guard let total = Double(output.trimmingCharacters(in: .whitespacesAndNewlines)) else {
      throw Failure(description: "\(path) \(kind.rawValue) \(count) gave no time but '\(output)'")
    }
    return total / Double(count)
  }

  private func answer(_ words: [String], memory: Int32) throws(Failure) -> String {
    var answer = try Self.told { () throws(SpawnFailure) in try PipeEnds() }
    let child = try Self.told { [end = answer.writeEnd] () throws(SpawnFailure) in
      try Spawn.start(path, words, descriptors: [-1, end, 2, memory])
    }
    answer.closeWriteEnd()
    let reader = FileHandle(fileDescriptor: answer.readEnd, closeOnDealloc: false)
    let output = (try? reader.readToEnd()) ?? Data()
    var status: Int32 = 0
    _ = clinux_reap(child, 0, &status)
    guard status == 0 else {
      throw Failure(description: "\(words.joined(separator: " ")) ended with wait status \(status)")
    }
    return String(decoding: output, as: UTF8.self)
  }

  private static func told<Value: ~Copyable>(
    _ work: () throws(SpawnFailure) -> Value
  ) throws(Failure) -> Value {
    do throws(SpawnFailure) {
      return try work()
    } catch {
      throw Failure(description: "trying to \(error.operation): errno \(error.errno)")
    }
  }
}
