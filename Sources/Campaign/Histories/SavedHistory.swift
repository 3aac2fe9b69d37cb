package import Foundation
import Generation
import Prediction
package import Scripts

/// A history in which the kernel did something else than the model says, with everything that a replay needs.
package struct SavedHistory: Codable, Hashable, Sendable {
  /// The version of the file format that this code writes.
  package static let currentFormat = 1
  /// What tells its files from those of other cases.
  package static let kindWord = "history"

  package var format = currentFormat
  package var kind = kindWord
  /// Seed and number of the case; nil for one written by hand.
  package var origin: Origin?
  package var script: Script
  /// The step that differs, counted from 0.
  package var step: Int
  /// What the model says of each step, and what became of it, in words.
  package var predicted: [String]
  package var observed: [String]
  /// Whether it differed again when it was played again.
  package var isSteady: Bool
  /// `uname -r`
  package var kernel: String
  package var tool: String

  package struct Origin: Codable, Hashable, Sendable {
    /// Decimal: all 64 bits.
    package var seed: String
    package var caseNumber: UInt64
  }

  init(_ result: HistoryResult, origin: Origin?, isSteady: Bool, kernel: String) {
    self.origin = origin
    script = result.script
    step = result.difference ?? 0
    predicted = result.predictions.map(\.words)
    observed = result.outcomes.map { "\($0.result)" }
    self.isSteady = isSteady
    self.kernel = kernel
    tool = toolVersion
  }

  /// The family: what the differing step is about, what was said and seen of it, and by which steps it is reached.
  package var fingerprint: Fingerprint {
    guard script.steps.indices.contains(step), predicted.indices.contains(step),
      observed.indices.contains(step)
    else { return Fingerprint(prefix: Self.kindWord, signature: "history/empty") }
    let way = script.steps.prefix(step).map { "\(HistoryKind(of: $0))" }.joined(separator: ", ")
    return Fingerprint(
      prefix: Self.kindWord,
      signature: [
        isSteady ? "history" : "history, once", "\(HistoryKind(of: script.steps[step]))",
        "\(Self.withoutNumbers(predicted[step])) but \(Self.withoutNumbers(observed[step]))",
        isSteady ? "after " + (way.isEmpty ? "nothing" : way) : "not seen again",
      ].joined(separator: "/"))
  }

  /// A number is no part of a family.
  private static func withoutNumbers(_ text: String) -> String {
    var result = ""
    for character in text {
      if character.isNumber {
        if result.last != "N" { result.append("N") }
      } else {
        result.append(character)
      }
    }
    return result
  }

  package func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }

  /// Reads a file's bytes; nil when they are of another kind of case.
  package init?(json: Data) throws {
    struct Kind: Decodable { var kind: String? }
    guard try JSONDecoder().decode(Kind.self, from: json).kind == Self.kindWord else { return nil }
    struct Format: Decodable { var format: Int }
    let format = try JSONDecoder().decode(Format.self, from: json).format
    guard format == Self.currentFormat else {
      throw corrupted("format \(format) is not the one this version reads, \(Self.currentFormat)")
    }
    self = try JSONDecoder().decode(SavedHistory.self, from: json)
  }
}

extension StepPrediction {
  /// For people.
  package var words: String {
    switch self {
    case .exactly(let result): "\(result)"
    case .oneOf(let results): results.map { "\($0)" }.joined(separator: ", or ")
    case .returned(let range): "returned a number from \(range.lowerBound) to \(range.upperBound)"
    case .open(let reason): "anything (\(reason))"
    }
  }
}
