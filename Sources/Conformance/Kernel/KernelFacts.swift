package import Prediction
import Scripts

/// Which ``KernelFact``s hold where the suite is run.
package struct KernelFacts: Hashable, Sendable {
  package var features: KernelFeatures
  package var release: KernelVersion
  /// Beside features and releases.
  package var others: Set<KernelFact>

  package init(features: KernelFeatures, release: KernelVersion, others: Set<KernelFact>) {
    self.features = features
    self.release = release
    self.others = others
  }

  package func holds(_ fact: KernelFact) -> Bool {
    switch fact {
    case .feature(let id): features[id]
    case .since(let version, _): release >= version
    default: others.contains(fact)
    }
  }

  /// The first of a scenario's needs that is missing.
  package func missing(for scenario: Scenario) -> KernelFact? { scenario.needs.first { !holds($0) } }

  package var model: ScriptModel { ScriptModel(features: features, isPrivileged: holds(.privilege)) }

  /// Everything holds, as on a kernel of this release with all that distributions switch on, run by root.
  package static func assumed(_ release: KernelVersion) -> KernelFacts {
    var features = KernelFeatures.assumed(version: release)
    features[.vsyscallPage] = true
    return KernelFacts(
      features: features, release: release,
      others: Set(Inquiry.all.map(\.fact)).union([.noX32, .plainCores, .auditLog]))
  }

  /// In words, for reports: what holds, and what does not.
  package var words: (present: [String], absent: [String]) {
    let all =
      KernelException.ID.allCases.map { KernelFact.feature($0) } + Inquiry.all.map(\.fact)
      + [.x32, .noX32, .plainCores, .auditLog]
    return (
      all.filter { holds($0) }.map(\.word).sorted(), all.filter { !holds($0) }.map(\.word).sorted()
    )
  }
}

extension KernelFacts {
  /// Finds out by trying. `features` are those that a probe has found; the two that take more than a probe are looked for
  /// here.
  package static func detect(
    on stage: some ScriptStage, features: KernelFeatures, release: KernelVersion, coresAreFiles: Bool,
    hasAuditLog: Bool
  ) throws -> KernelFacts {
    var facts = KernelFacts(features: features, release: release, others: [])
    for inquiry in Inquiry.all where try inquiry.holds(on: stage) { facts.others.insert(inquiry.fact) }
    facts.features[.vsyscallPage] = facts.others.contains(.vsyscall)
    facts.features[.unknownKillsProcess] = try Inquiry.unknownKillsProcess.holds(on: stage)
    facts.others.insert(features[.x32Calls] ? .x32 : .noX32)
    if !features[.ia32Emulation] { facts.others.subtract([.compatCalls, .sysenter]) }
    if coresAreFiles { facts.others.insert(.plainCores) }
    if hasAuditLog { facts.others.insert(.auditLog) }
    return facts
  }
}
