import ClassicBPF
import Generation
import Prediction
import Probing
import Profiles
import SeccompModel

/// Asks a saved case's question again, here and now.
package enum Replay {
  package static func run(_ saved: SavedCase, workbench options: Workbench.Options) throws -> ReplayReport {
    let workbench = try Workbench(
      options.asking(about: saved), features: try FeatureProbe.detect(options.probe))
    let environment = RunEnvironment.detect(workbench)
    let seen = try sighting(saved, on: workbench, environment)
    var lines = ["then: \(ReportText.sentence(saved))"]
    if let seen {
      lines.append("now:  \(ReportText.sentence(seen))")
    } else {
      lines.append("now:  the answers agree")
    }
    return ReplayReport(
      fingerprint: saved.fingerprint.id, signature: saved.fingerprint.signature, reproduced: seen != nil,
      lines: lines, environment: environment)
  }
}

extension Replay {
  /// What is seen of the case now; nil when the answers agree.
  private static func sighting(
    _ saved: SavedCase, on workbench: Workbench, _ environment: RunEnvironment
  ) throws -> SavedCase? {
    let investigation = Investigation(workbench: workbench, environment: environment)
    switch try saved.question() {
    case .profiles(let start):
      return try workbench.inquire(saved.kind, start).map {
        investigation.saved(saved.kind, start, $0, origin: saved.origin)
      }
    case .filters(let start):
      return try workbench.inquire(saved.kind, start).map {
        investigation.saved(saved.kind, start, $0.difference, origin: saved.origin)
      }
    }
  }
}

extension Workbench.Options {
  /// Without a library for a case that none has a part in.
  fileprivate func asking(about saved: SavedCase) -> Workbench.Options {
    var options = self
    if saved.isAboutPrograms { options.libraries = [] }
    return options
  }
}

/// What a replay showed.
package struct ReplayReport: Codable, Hashable, Sendable {
  package var fingerprint: String
  package var signature: String
  /// Whether the answers still differ.
  package var reproduced: Bool
  /// Then and now, a line each.
  package var lines: [String]
  package var environment: RunEnvironment
}

/// Makes a saved finding smaller.
package enum Remaking {
  /// What came of it.
  package struct Report: Codable, Hashable, Sendable {
    package var reproduced: Bool
    package var fingerprint: String
    package var signature: String
    /// ``SavedCase/weight`` of what was there and of what is there now.
    package var weightBefore: Int
    package var weightAfter: Int
    /// Where the smaller case is; nil when nothing was written.
    package var path: String?
  }

  /// Minimises `finding` further, with more patience than a campaign has, and writes it to `directory` (a run's, or
  /// any other) under its fingerprint.
  package static func minimize(
    _ finding: Finding, into directory: String, attempts: Int = 20_000, workbench options: Workbench.Options
  ) throws -> Report {
    let saved = finding.minimized
    let workbench = try Workbench(
      options.asking(about: saved), features: try FeatureProbe.detect(options.probe))
    let environment = RunEnvironment.detect(workbench)
    let question = try saved.question()
    let investigation = Investigation(
      workbench: workbench, environment: environment, attempts: attempts, patience: 600_000_000_000)
    let smaller =
      switch question {
      case .profiles(let start): try investigation.minimize(saved.kind, start, origin: saved.origin)
      case .filters(let start): try investigation.minimize(saved.kind, start, origin: saved.origin)
      }
    guard let smaller else {
      return Report(
        reproduced: false, fingerprint: saved.fingerprint.id, signature: saved.fingerprint.signature,
        weightBefore: saved.weight, weightAfter: saved.weight, path: nil)
    }
    let store = try FindingStore(openingRun: directory)
    let result = Finding(original: finding.original, minimized: smaller.minimized)
    try store.save(result)
    return Report(
      reproduced: true, fingerprint: result.fingerprint.id, signature: result.fingerprint.signature,
      weightBefore: saved.weight, weightAfter: result.minimized.weight,
      path: store.path(of: result.fingerprint.id))
  }
}

package enum ReplayError: Error, Hashable, Sendable, CustomStringConvertible {
  case noProfile
  /// A finding of this kind is about one call, and there is none.
  case noWitness(FindingKind)
  /// More profiles than the probe installs filters.
  case stackTooLarge(profiles: Int)
  /// Profiles and programs only go together where a compiler made the ones of the others.
  case noProgram(FindingKind)

  package var description: String {
    switch self {
    case .noProfile: "the case holds no profile to replay"
    case .noProgram(let kind): "the case holds no profile: a \(kind.rawValue) finding is about one"
    case .noWitness(let kind): "the case holds no witness: a \(kind.rawValue) finding is about one call"
    case .stackTooLarge(let profiles):
      "the case holds \(profiles) filters; a stack has at most \(Probe.stackCapacity)"
    }
  }
}

extension SavedCase {
  /// Whether the case is about programs that nobody compiled.
  package var isAboutPrograms: Bool { profiles.isEmpty && !filters.isEmpty }

  /// What a saved case asks.
  enum Question {
    case profiles(MinimizableCase)
    case filters(MinimizableFilters)
  }

  /// The case as a question that can be asked; what cannot be asked must not pass for an answer.
  func question() throws(ReplayError) -> Question {
    isAboutPrograms ? .filters(try programs()) : .profiles(try compiled())
  }

  private func programs() throws(ReplayError) -> MinimizableFilters {
    guard filters.count <= Probe.stackCapacity,
      filters.reduce(0, { $0 + $1.count }) <= Probe.instructionCapacity
    else { throw .stackTooLarge(profiles: filters.count) }
    switch kind {
    case .kernelInstall: return MinimizableFilters(filters: filters, call: nil)
    case .filterKernel:
      guard let witness else { throw .noWitness(kind) }
      return MinimizableFilters(filters: filters, call: witness)
    default: throw .noProgram(kind)
    }
  }

  private func compiled() throws(ReplayError) -> MinimizableCase {
    guard let question = minimizable else { throw .noProfile }
    guard profiles.count <= Probe.stackCapacity else { throw .stackTooLarge(profiles: profiles.count) }
    switch kind {
    case .compilerHang, .compilerCrash, .compilerError, .kernelInstall: break
    case .policyFilter, .filterKernel, .policyKernel, .libraryLibrary:
      if question.call == nil { throw .noWitness(kind) }
    }
    return question
  }

  /// The case as the minimiser takes it.
  var minimizable: MinimizableCase? {
    guard let newest = profiles.last else { return nil }
    var settings = FilterSettings()
    if let action = attributes.badArchitectureAction { settings.badArchitectureAction = action }
    if let level = attributes.optimizeLevel { settings.optimizeLevel = Int(level) }
    return MinimizableCase(
      profile: newest, call: witness, settings: settings,
      older: profiles.dropLast().map { Layer(profile: $0, settings: settings) })
  }
}
