import ArgumentParser
import ClassicBPF
import Profiles
import SeccompModel
import Testing

@testable import crosscheck

@Suite("Words of the command line")
struct WordTests {
  @Test(
    "A duration is a number with a unit, or several from large to small",
    arguments: [
      ("60s", Duration.seconds(60)), ("5m", .seconds(300)), ("5min", .seconds(300)), ("2h", .seconds(7200)),
      ("90", .seconds(90)), ("1h30m", .seconds(5400)), ("1h1m1s", .seconds(3661)), ("1.5h", .seconds(5400)),
      ("0.25s", .milliseconds(250)), ("366h", .seconds(366 * 3600)),
    ])
  func duration(_ text: String, _ expected: Duration) {
    #expect(DurationWord(text)?.duration == expected)
  }

  @Test(
    "What is no span of time is refused",
    arguments: [
      "", "s", "0", "0s", "-5s", "+5s", "5x", "5 s", "s5", "1m1h", "1s1s", "1h30", "5..0s", ".5s", "5.s",
      "1e3s",
      "nan", "inf", "9999999h", "60S", "٣s",
    ])
  func noDuration(_ text: String) {
    #expect(DurationWord(text) == nil)
  }

  @Test(
    "A seed is decimal or hexadecimal, over all 64 bits",
    arguments: [
      ("0", UInt64(0)), ("42", 42), ("0x2a", 42), ("0X2A", 42), ("18446744073709551615", .max),
      ("0xffffffffffffffff", .max),
    ])
  func seed(_ text: String, _ expected: UInt64) {
    #expect(SeedWord(argument: text)?.value == expected)
  }

  @Test(
    "What is no 64-bit number is no seed", arguments: ["", "-1", "+1", "0x", "0x+1", "2a", "1.0", "1_000"])
  func noSeed(_ text: String) {
    #expect(SeedWord(argument: text) == nil)
  }

  @Test(
    "An action is named as the kernel or the specification names it",
    arguments: [
      ("KILL_PROCESS", Action.killProcess), ("kill-process", .killProcess), ("SCMP_ACT_KILL", .killThread),
      ("SECCOMP_RET_KILL_THREAD", .killThread), ("errno", .errno(1)), ("ERRNO=38", .errno(38)),
      ("errno=65535", .errno(65535)), ("TRACE=7", .trace(7)), ("trap", .trap(0)), ("Log", .log),
      ("allow", .allow),
      ("SCMP_ACT_NOTIFY", .notify), ("USER_NOTIF", .notify),
    ])
  func action(_ text: String, _ expected: Action) {
    #expect(ActionWord(argument: text)?.action == expected)
  }

  @Test(
    "What is no action is refused",
    arguments: [
      "", "=", "maim", "errno=", "errno=65536", "errno=-1", "errno=+1", "allow=1", "log=0", "SCMP_ACT_",
    ])
  func noAction(_ text: String) {
    #expect(ActionWord(argument: text) == nil)
  }

  @Test("A capability is one that the kernel has")
  func capability() {
    #expect(CapabilityWord(argument: "sys_admin")?.name == "CAP_SYS_ADMIN")
    #expect(CapabilityWord(argument: "CAP_BPF")?.name == "CAP_BPF")
    #expect(CapabilityWord.names.count == 41)
    #expect(CapabilityWord(argument: "CAP_") == nil)
    #expect(CapabilityWord(argument: "CAP_CAP_BPF") == nil)
  }

  @Test("A kernel is a version or a release")
  func kernel() {
    #expect(KernelWord(argument: "4.8")?.version == KernelVersion(4, 8))
    #expect(KernelWord(argument: "6.1.0-37-amd64")?.version == KernelVersion(6, 1))
    #expect(KernelWord(argument: "six") == nil)
  }

  @Test("The system's library is asked first unless it is placed elsewhere")
  func libraries() throws {
    #expect(try MachineOptions.parse([]).libraries == [nil])
    #expect(try MachineOptions.parse(["--libseccomp", "/a.so"]).libraries == [nil, "/a.so"])
    #expect(
      try MachineOptions.parse(["--libseccomp", "/a.so", "--libseccomp", "system"]).libraries == [
        "/a.so", nil,
      ])
  }

  @Test("Capabilities are added to Docker's defaults, or stand alone")
  func context() throws {
    let added = try CompileOptions.parse(["--capability", "SYS_ADMIN", "--kernel", "4.8"]).context
    #expect(added.capabilities == ResolutionContext.dockerCapabilities.union(["CAP_SYS_ADMIN"]))
    #expect(added.kernel == KernelVersion(4, 8))
    let alone = try CompileOptions.parse(["--no-default-capabilities", "--capability", "CAP_BPF"]).context
    #expect(alone.capabilities == ["CAP_BPF"])
    #expect(alone.kernel != nil)
  }

  @Test("A place for findings is named after the profile")
  func names() {
    #expect(RunPlace.name(ofProfile: "/a/b/web.json") == "web")
    #expect(RunPlace.name(ofProfile: "-") == "stdin")
    #expect(RunPlace.name(ofProfile: ".json") == "profile")
  }
}
