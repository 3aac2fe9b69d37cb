import Profiles
import SeccompModel
import Testing

@Suite("Reading profiles")
struct ReadingTests {
  @Test("every field of the OCI form arrives")
  func everyField() throws {
    let document = try ProfileReader.read(
      text: """
        {
          "defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": 38,
          "architectures": ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"],
          "flags": ["SECCOMP_FILTER_FLAG_LOG"],
          "listenerPath": "/run/agent.sock", "listenerMetadata": "caf\\u00e9 \\ud83d\\ude00",
          "syscalls": [
            {"names": ["read", "write"], "action": "SCMP_ACT_ALLOW"},
            {"names": ["ioctl"], "action": "SCMP_ACT_TRACE", "errnoRet": 65535,
             "args": [{"index": 1, "value": 18446744073709551615, "valueTwo": 7, "op": "SCMP_CMP_MASKED_EQ"},
                      {"index": 0, "value": 0, "op": "SCMP_CMP_NE"}]}
          ]
        }
        """, source: "text")
    let expected = Profile(
      defaultAction: .errno(38), architectures: [.x86_64, .x86, .x32], flags: ["SECCOMP_FILTER_FLAG_LOG"],
      listenerPath: "/run/agent.sock", listenerMetadata: "café 😀",
      entries: [
        .init(names: ["read", "write"], action: .allow),
        .init(
          names: ["ioctl"], action: .trace(65535),
          conditions: [
            Condition(index: 1, .maskedEqual, value: .max, valueTwo: 7),
            Condition(index: 0, .notEqual, value: 0),
          ]),
      ])
    #expect(document.profile == expected)
    #expect(document.form == .oci)
    #expect(document.resolution == nil)
    #expect(document.entrySources.map(\.path) == ["$.syscalls[0]", "$.syscalls[1]"])
    #expect(document.entrySources.map(\.position) == [.init(line: 7, column: 5), .init(line: 8, column: 5)])
  }

  @Test(
    "each action word means its action, and errno is EPERM when not given",
    arguments: [
      ("KILL", Action.killThread), ("KILL_THREAD", .killThread), ("KILL_PROCESS", .killProcess),
      ("TRAP", .trap(0)), ("ERRNO", .errno(1)), ("TRACE", .trace(1)), ("ALLOW", .allow), ("LOG", .log),
      ("NOTIFY", .notify),
    ])
  func actionWords(word: String, action: Action) throws {
    let document = try ProfileReader.read(
      text: """
        {"defaultAction": "SCMP_ACT_\(word)", "syscalls": [{"names": ["read"], "action": "SCMP_ACT_\(word)"}]}
        """, source: "text")
    #expect(
      document.profile == Profile(defaultAction: action, entries: [.init(names: ["read"], action: action)]))
  }
}
