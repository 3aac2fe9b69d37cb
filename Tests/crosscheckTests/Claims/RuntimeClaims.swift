import SeccompModel
import Targets

/// What docs/claims.md says of each claim about container runtimes: what runc 1.1 and crun 1.8 do with a profile of
/// Corpus/claims.
struct RuntimeClaim: Sendable {
  var name: String
  var profile: String
  var runtime: RuntimeName
  var noNewPrivileges = true
  var outcome: Outcome
  var answers: [Asked] = []

  enum Outcome: Sendable {
    /// The container runs.
    case starts
    /// The runtime refuses the profile, with this among its words, and installs nothing.
    case refuses(String)
    /// The filter is installed, and the container never gets to its program.
    case neverStarts
  }

  /// The same on both runtimes.
  private static func both(
    _ name: String, _ outcome: Outcome = .starts, noNewPrivileges: Bool = true, _ answers: Asked...
  ) -> [RuntimeClaim] {
    [RuntimeName.runc, .crun].map {
      RuntimeClaim(
        name: name, profile: name, runtime: $0, noNewPrivileges: noNewPrivileges, outcome: outcome,
        answers: answers)
    }
  }

  private static func only(
    _ runtime: RuntimeName, _ name: String, _ profile: String? = nil, _ outcome: Outcome = .starts,
    _ answers: Asked...
  ) -> [RuntimeClaim] {
    [
      RuntimeClaim(
        name: name, profile: profile ?? name, runtime: runtime, outcome: outcome, answers: answers)
    ]
  }

  static let all: [RuntimeClaim] = [
    both("blocked-group", .neverStarts, noNewPrivileges: false, Asked("chroot", gives: .allow)),
    both(
      "agent-allow-list", .neverStarts, noNewPrivileges: false, Asked("chroot", gives: .allow),
      Asked("mount", gives: .errno(1)), Asked("futex", gives: .errno(1))),
    both(
      "one-architecture", .starts, Asked("getpid", by: .i386, gives: .killThread),
      Asked("mkdir", gives: .errno(99))),
    both(
      "no-architectures", .starts, Asked("getpid", by: .i386, gives: .killThread),
      Asked("mkdir", gives: .errno(99))),
    only(
      .runc, "singular-name", nil, .starts, Asked("getcwd", gives: .allow),
      Asked("getcwd", by: .i386, gives: .allow)),
    only(.crun, "singular-name", nil, .refuses("names")),
    both(
      "architectures-limit", .starts, Asked("getcwd", gives: .errno(99)),
      Asked("getcwd", by: .i386, gives: .errno(99))),
    both("three-calls", .neverStarts, Asked("execve", gives: .errno(1))),
    both("first-rule-wins", .starts, Asked("mkdir", gives: .errno(11))),
    both("first-rule-is-default", .starts, Asked("mkdir", gives: .errno(22))),
    both("first-rule-has-condition", .starts, Asked("ioctl", 0, 0x5401, gives: .errno(22))),
    both("later-equality-wins", .starts, Asked("ioctl", 0, 0x5401, gives: .errno(22))),
    only(.runc, "same-condition-twice", nil, .refuses("file exists")),
    only(.crun, "same-condition-twice", nil, .refuses("seccomp_rule_add_array")),
    only(
      .runc, "default-action", "kill-crashes-probing", .neverStarts, Asked("mkdir", gives: .killProcess),
      Asked(number: 400, gives: .errno(38))),
    only(
      .crun, "default-action", "kill-crashes-probing", .neverStarts, Asked("mkdir", gives: .killProcess),
      Asked(number: 400, gives: .killProcess)),
    both("misspelled-name", .starts, Asked("reboot", gives: .allow)),
    both("short-action", .refuses("ERRNO")),
    both("actions-not-listed", .starts, Asked("mkdir", gives: .killThread)),
    only(.runc, "errno-with-kill", nil, .starts, Asked("reboot", gives: .killProcess)),
    only(.crun, "errno-with-kill", nil, .refuses("errno value specified for action")),
    both("errno-with-trace", .starts, Asked("mkdir", gives: .trace(5))),
    both(
      "clone-flags", .starts, Asked("clone", 17, gives: .errno(1)), Asked("clone", 0x1000_0000, gives: .allow)
    ),
    only(.runc, "shell-allow-list", nil, .neverStarts, Asked("fstatfs", gives: .errno(1))),
    only(
      .crun, "shell-allow-list", nil, .starts, Asked("fstatfs", gives: .errno(1)),
      Asked("socket", gives: .errno(1))),
  ].flatMap(\.self)
}
