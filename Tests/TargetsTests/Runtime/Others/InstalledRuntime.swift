import ClassicBPF
import Foundation
import SeccompModel
import Testing

@testable import Targets

/// A runtime that tests can do without: what is known of the filter that it makes of "mkdir gives 99", measured with
/// Debian 12's versions.
struct OtherRuntime: Sendable, CustomTestStringConvertible {
  var name: RuntimeName
  /// mkdir by `syscall`, by `int $0x80`, and by x32's number.
  var native = Action.errno(99)
  var int80: Action
  var x32: Action
  var route: Installation.Route
  var handsDescriptor = true
  /// The payload's process id in its namespace is 1.
  var isFirst = true
  /// What it would leave on the machine if it were run as it is.
  var traces: [String]

  var testDescription: String { name.rawValue }

  static let all = [
    // Filters for one architecture each.
    OtherRuntime(
      name: .firejail, int80: .allow, x32: .errno(1), route: .prctl, isFirst: false,
      traces: ["/run/firejail", "/etc/ld.so.preload"]),
    OtherRuntime(
      name: .podmanCrun, int80: .killThread, x32: .killThread, route: .seccomp, traces: podmanTraces),
    OtherRuntime(
      name: .podmanRunc, int80: .killThread, x32: .killThread, route: .prctl, traces: podmanTraces),
    // It merges filters for i386 and x32 into the native one, whether they are wanted or not.
    OtherRuntime(
      name: .lxc, int80: .errno(99), x32: .errno(99), route: .seccomp,
      traces: ["/run/lxc", "/var/lib/lxc/crosscheck", "/var/log/lxc/crosscheck.log"]),
    // It looks for x86_64's token only, which x32 has too.
    OtherRuntime(
      name: .nsjail, int80: .killThread, x32: .allow, route: .prctl, traces: ["/run/user/nsjail.0.root"]),
    OtherRuntime(
      name: .docker, int80: .killThread, x32: .killThread, route: .prctl, handsDescriptor: false,
      traces: [
        "/var/lib/docker", "/run/docker", "/etc/docker/key.json", "/opt/containerd", "/run/containerd",
      ]),
    OtherRuntime(
      name: .containerd, int80: .killThread, x32: .killThread, route: .prctl, handsDescriptor: false,
      traces: ["/var/lib/containerd", "/run/containerd", "/opt/containerd"]),
  ]

  private static let podmanTraces = [
    "/run/libpod", "/run/crun", "/var/lib/containers/storage", "/dev/shm/libpod_lock",
    "/etc/cni/net.d/cni.lock",
    "/etc/containers/networks",
  ]

  /// Those that are installed here; for the others a test of ``PresenceTests`` is skipped, with the reason.
  static let here = all.filter { reasonToSkip($0.name) == nil }
}

/// Why a runtime cannot be tested here; nil when it can.
func reasonToSkip(_ name: RuntimeName) -> String? {
  guard geteuid() == 0 else { return "takes root" }
  do throws(RuntimeError) {
    _ = try RuntimeProgram.find(name)
    return nil
  } catch {
    return "\(error)"
  }
}

/// Those of the names that can be tested here.
func here(_ names: RuntimeName...) -> [RuntimeName] { names.filter { reasonToSkip($0) == nil } }

extension Trait where Self == ConditionTrait {
  /// Skips, with the reason, where a runtime that tests can do without is missing.
  static func mayLack(_ name: RuntimeName) -> ConditionTrait {
    let reason = reasonToSkip(name)
    return .enabled(if: reason == nil, "\(reason ?? "")")
  }
}

extension Filter {
  /// What it answers to mkdir by a way into the kernel.
  func mkdir(_ architecture: Architecture) throws -> Action {
    try action(architecture, "mkdir")
  }

  func action(_ architecture: Architecture, _ name: String, _ arguments: Arguments = Arguments()) throws
    -> Action
  {
    let number = try #require(architecture.table?.number(named: name))
    let data = SeccompData(number: number, architecture: architecture.auditToken, arguments: arguments)
    return evaluate(data).action
  }
}

extension Capture {
  /// What the payload's own process installed, or was made to: runtimes filter helpers of theirs too.
  var own: [Installation] {
    guard case .started(let process, _) = payload else { return [] }
    return installations.filter { $0.process == process }
  }
}
