import Foundation
import Prediction
package import Probing

extension KernelSuite {
  /// Runs the suite on this kernel: probes what it has, and plays.
  ///
  /// - Parameter properties: put before what is told of the kernel.
  package func runHere(
    properties: [SuiteReport.Property] = [], progress: (Progress) -> Void = { _ in }
  ) throws -> SuiteReport {
    let stage = try Stage()
    let audit = try? AuditLog()
    let facts = try Self.facts(on: stage, audit: audit)
    let words = facts.words
    return try run(
      on: stage, facts: facts, audit: audit,
      properties: properties + [
        .init(
          "kernel", "\(Self.text("/proc/sys/kernel/osrelease")) \(Self.text("/proc/sys/kernel/version"))"),
        .init("processor", Self.processor),
        .init("facts", words.present.joined(separator: " ")),
        .init("without", words.absent.joined(separator: " ")),
      ], progress: progress)
  }

  package static func facts(on stage: Stage, audit: AuditLog?) throws -> KernelFacts {
    let release = Self.text("/proc/sys/kernel/osrelease")
    let pattern = Self.text("/proc/sys/kernel/core_pattern")
    return try KernelFacts.detect(
      on: stage, features: FeatureProbe.detect(), release: KernelVersion(release: release),
      coresAreFiles: !pattern.isEmpty && !pattern.hasPrefix("|") && !pattern.contains("/"),
      hasAuditLog: audit.map { try AuditJudge.works($0, on: stage) } ?? false)
  }

  private static var processor: String {
    let line = text("/proc/cpuinfo").split(separator: "\n").first { $0.hasPrefix("model name") }
    return line?.split(separator: ":").last?.trimmingCharacters(in: .whitespaces) ?? "unknown"
  }

  private static func text(_ path: String) -> String {
    (try? String(contentsOfFile: path, encoding: .utf8))?.trimmingCharacters(in: .whitespacesAndNewlines)
      ?? ""
  }
}
