import ClassicBPF
import Foundation
import SeccompModel
import Synchronization

@testable import Conformance

/// Filters for tests.
enum Filters {
  /// `action` for the x86_64 call `name`, `others` for all else.
  static func filter(_ name: String, _ action: Action, others: Action = .allow) -> Filter {
    Filter([
      .load(.architecture), .jump(equal: AuditToken.x86_64, then: 0, otherwise: 3), .load(.number),
      .jump(equal: SyscallTable.x86_64.number(named: name) ?? 0, then: 0, otherwise: 1),
      .return(action), .return(others),
    ])
  }
}

/// A runtime that shows what it is told to.
struct StandInStage: ContainerStage {
  struct Start: Sendable {
    var seccomp: String?
    var noNewPrivileges: Bool
  }

  let behaviour: @Sendable (Start) throws -> CaseObservation

  func run(
    seccomp: [UInt8]?, noNewPrivileges: Bool, whileRunning: () -> Void
  ) throws -> CaseObservation {
    let observation = try behaviour(
      Start(
        seccomp: seccomp.map { String(decoding: $0, as: UTF8.self) }, noNewPrivileges: noNewPrivileges))
    if observation.started { whileRunning() }
    return observation
  }
}

extension OCICase {
  /// mkdir gets ERRNO(99), rmdir runs.
  static func sample(
    _ name: String = "sample", level: Level = .must, json: String = "{}",
    _ change: (inout Acceptance) -> Void = { _ in }
  ) -> OCICase {
    OCICase(
      name, "a claim", level: level, [.applied], .json(json),
      Requirement.verdicts(
        SuiteCall.native("mkdir").gets(.errno(99)), SuiteCall.native("rmdir").gets(.allow)
      ).with(change))
  }

  static func refusedSample(_ name: String = "refused") -> OCICase {
    OCICase(name, "a claim", [.validValues], .json("[]"), .refuse)
  }
}
