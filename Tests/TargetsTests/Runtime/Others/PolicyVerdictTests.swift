import ClassicBPF
import Foundation
import SeccompModel
import Testing

@testable import Targets

@Suite("A profile that was said in a runtime's own language", .timeLimit(.minutes(30)))
struct PolicyVerdictTests {
  /// For each operator a call that no runtime makes, with both halves of an argument in play, and two conditions on the last.
  private static let profile = Array(
    """
    {"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [\(
      [
        ("mknod", "NE"), ("rmdir", "LT"), ("link", "LE"), ("symlink", "EQ"), ("lchown", "GE"), ("rename", "GT"),
      ].map { name, operation in
        #"{"names": ["\#(name)"], "action": "SCMP_ACT_ERRNO", "errnoRet": 99, "args": [{"index": 1, "#
          + #""value": 8589934597, "op": "SCMP_CMP_\#(operation)"}]}"#
      }.joined(separator: ", ")),
    {"names": ["truncate"], "action": "SCMP_ACT_ERRNO", "errnoRet": 98, "args": [
      {"index": 0, "value": 12884901891, "valueTwo": 8589934593, "op": "SCMP_CMP_MASKED_EQ"},
      {"index": 5, "value": 7, "op": "SCMP_CMP_EQ"}]}]}
    """.utf8)

  /// 2^33 + 5, and what lies beside it in either half.
  private static let values: [UInt64] = [
    0, 5, 8_589_934_596, 8_589_934_597, 8_589_934_598, 4_294_967_301, 12_884_901_893, .max,
  ]

  @Test("compares 64 bits of an argument as the profile says", arguments: here(.lxc, .nsjail))
  func conditions(_ name: RuntimeName) throws {
    let capture = try Container(.test(.seccomp(Self.profile)), on: RuntimeProgram.find(name)).awaitEnd()
    #expect(capture.ending == .exited(0), "\(capture.errors)")
    let filter = try #require(capture.stack?.first?.filter)
    let expected: [(String, (UInt64) -> Bool)] = [
      ("mknod", { $0 != 8_589_934_597 }), ("rmdir", { $0 < 8_589_934_597 }),
      ("link", { $0 <= 8_589_934_597 }),
      ("symlink", { $0 == 8_589_934_597 }), ("lchown", { $0 >= 8_589_934_597 }),
      ("rename", { $0 > 8_589_934_597 }),
    ]
    for value in Self.values {
      for (call, matches) in expected {
        let action = try filter.action(.x86_64, call, Arguments(0, value))
        #expect(action == (matches(value) ? .errno(99) : .allow), "\(call) \(value)")
      }
    }
    // Bits outside of the mask do not count.
    for (first, last, matches) in [
      (8_589_934_593, 7, true), (8_589_934_593 + 4, 7, true), (8_589_934_593, 8, false), (1, 7, false),
      (8_589_934_592, 7, false), (12_884_901_889, 7, false),
    ] as [(UInt64, UInt64, Bool)] {
      let action = try filter.action(.x86_64, "truncate", Arguments(first, 0, 0, 0, 0, last))
      #expect(action == (matches ? .errno(98) : .allow), "\(first) \(last)")
    }
  }

  @Test(
    "allows what a list of allowed calls has, and nothing else",
    arguments: here(.lxc, .nsjail, .firejail))
  func allowed(_ name: RuntimeName) throws {
    let names = ["execve", "write", "exit_group", "prctl", "setgroups", "rt_sigaction", "close"]
    let list = names.map { "\"\($0)\"" }.joined(separator: ", ")
    let profile = TestProfiles.profile(
      #""SCMP_ACT_ERRNO", "syscalls": [{"names": [\#(list)], "action": "SCMP_ACT_ALLOW"}]"#)
    // lxc needs more of them, and waits for ever without.
    let capture = try Container(.test(.seccomp(profile), grace: .seconds(5)), on: RuntimeProgram.find(name))
      .awaitEnd()
    let filter = try #require(capture.stack?.first?.filter)
    for allowed in names { #expect(try filter.action(.x86_64, allowed) == .allow) }
    for denied in ["mkdir", "openat", "getpid"] { #expect(try filter.action(.x86_64, denied) == .errno(1)) }
  }
}
