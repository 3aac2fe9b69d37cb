import Campaign
import ClassicBPF
import Foundation
import Profiles
import Reporting
import SeccompModel

/// Pages of the fixed results.
enum PageSamples {
  static let written = Date(timeIntervalSince1970: 1_790_000_000)

  struct NoFile: Error, CustomStringConvertible {
    var description: String { "opening <minimized.json>: there is none" }
  }

  /// The finding at any path.
  static func finding(_ path: String) throws -> Finding {
    let profile = try ProfileReader.read(
      Array(
        """
        {"defaultAction": "SCMP_ACT_ERRNO", "syscalls":
         [{"names": ["personality"], "action": "SCMP_ACT_ALLOW", "args": [{"index": 0, "value": 4294967304, "op": "SCMP_CMP_EQ"}]}]}
        """.utf8), source: "sample"
    ).profile
    let saved = SavedCase(
      kind: .policyFilter, profiles: [profile],
      witness: Call(.syscall, rax: 135, arguments: Arguments(0x1_0000_0008)),
      answers: .init(policy: [Verdict(rawValue: 0x7fff_0000)], filter: Verdict(rawValue: 0x5_0001)),
      versions: .init(kernel: "6.1.0-37-amd64", libseccomp: "2.5.4", tool: "0.1.0"))
    return Finding(original: saved, minimized: saved)
  }

  static let answers: [CheckReport.CallAnswers] =
    ["read", "write", "clone", "setns", "personality"].map {
      .init(
        name: $0, verdicts: ["x86_64": ["ALLOW"], "x32": ["KILL_PROCESS"], "i386": ["ALLOW", "ERRNO(1)"]])
    } + [
      .init(name: "waitpid", verdicts: ["i386": ["USER_NOTIF"]]),
      .init(
        name: "odd", verdicts: ["x86_64": ["ERRNO(1)", "KILL_THREAD"], "i386": ["unknown(0x12340000)"]]),
      .init(name: CheckReport.CallAnswers.nameless, verdicts: ["x86_64": ["KILL_THREAD"]]),
    ]

  static func check() throws -> CheckPage {
    CheckPage(try Samples.check { $0.answers = answers }, written: written, finding: finding)
  }

  static func fuzz() throws -> FuzzPage {
    FuzzPage(try Samples.fuzz(), written: written) { path in
      if path.contains("hang") { throw NoFile() }
      return try finding(path)
    }
  }

  static var suite: SuitePage {
    SuitePage(Samples.suite, command: "crosscheck conform", written: written) {
      "crosscheck conform --filter \($0)"
    }
  }
}
