import Foundation
import Profiles
import SeccompModel
import Testing

@testable import Targets

@Suite("A profile in a runtime's own language")
struct PolicyTextTests {
  private static func profile(_ defaultAction: String, _ entries: String, _ rest: String = "") -> [UInt8] {
    Array("{\"defaultAction\": \"SCMP_ACT_\(defaultAction)\", \(rest)\"syscalls\": [\(entries)]}".utf8)
  }

  private static func entry(_ names: String..., action: String, _ rest: String = "") -> String {
    let list = names.map { "\"\($0)\"" }.joined(separator: ", ")
    return "{\"names\": [\(list)], \"action\": \"SCMP_ACT_\(action)\"\(rest)}"
  }

  private static let x86 = "\"architectures\": [\"SCMP_ARCH_X86_64\", \"SCMP_ARCH_X86\", \"SCMP_ARCH_ARM\"], "
  private static let x32 = "\"architectures\": [\"SCMP_ARCH_X32\"], "
  private static let masked =
    ", \"args\": [{\"index\": 2, \"value\": 6, \"valueTwo\": 4, \"op\": \"SCMP_CMP_MASKED_EQ\"}, "
    + "{\"index\": 0, \"value\": 18446744073709551615, \"op\": \"SCMP_CMP_LT\"}]"

  @Test(
    "is firejail's options",
    arguments: [
      (
        profile("ALLOW", entry("mkdir", "rmdir", action: "ERRNO", ", \"errnoRet\": 99")),
        ["--seccomp.drop=mkdir:EADDRNOTAVAIL,rmdir:EADDRNOTAVAIL"]
      ),
      // Names of one architecture only, and a name twice.
      (
        profile(
          "ALLOW",
          entry("mkdir", "waitpid", "no_such", "mkdir", action: "KILL") + ","
            + entry("semget", action: "LOG"), x86),
        ["--seccomp.drop=mkdir:kill,semget:log", "--seccomp.32.drop=mkdir:kill,waitpid:kill,semget:log"]
      ),
      (profile("ALLOW", ""), []),
      (profile("ALLOW", entry("mkdir", action: "ALLOW")), []),
      (
        profile("ERRNO", entry("write", "exit_group", action: "ALLOW")),
        ["--seccomp-error-action=EPERM", "--seccomp.keep=write,exit_group"]
      ),
      (
        profile("KILL", entry("write", action: "ALLOW"), x86),
        ["--seccomp-error-action=kill", "--seccomp.keep=write", "--seccomp.32.keep=write"]
      ),
    ])
  func firejail(_ profile: [UInt8], _ words: [String]) throws {
    #expect(try FirejailOptions.words(ProfileMeaning(profile, for: "firejail")) == words)
  }

  @Test(
    "is lxc's policy",
    arguments: [
      (
        profile("ALLOW", entry("mkdir", action: "ERRNO", ", \"errnoRet\": 99")),
        "denylist allow\n[all]\nmkdir errno 99\n"
      ),
      (
        profile("ERRNO", entry("write", action: "ALLOW") + "," + entry("mkdir", action: "KILL", masked)),
        "allowlist errno 1\n[all]\nwrite allow\n"
          + "mkdir kill [2,4,SCMP_CMP_MASKED_EQ,6] [0,18446744073709551615,SCMP_CMP_LT]\n"
      ),
      (profile("TRAP", ""), "allowlist trap\n[all]\n"),
    ])
  func lxc(_ profile: [UInt8], _ text: String) throws {
    #expect(try LXCPolicy.text(ProfileMeaning(profile, for: "lxc")) == "2\n" + text)
  }

  @Test(
    "is Kafel",
    arguments: [
      (
        profile("ALLOW", entry("mkdir", action: "ERRNO", ", \"errnoRet\": 99")),
        "POLICY crosscheck {\n  ERRNO(99) { SYSCALL[83] }\n}\nUSE crosscheck\nDEFAULT ALLOW\n"
      ),
      // The first that matches decides: the rule without conditions comes first, as in libseccomp.
      (
        profile(
          "KILL_PROCESS",
          entry("mkdir", action: "TRACE", masked) + "," + entry("mkdir", action: "LOG")),
        "POLICY crosscheck {\n  LOG { SYSCALL[83] },\n"
          + "  TRACE(1) { SYSCALL[83](a0, a1, a2, a3, a4, a5) { (a2 & 0x6) == 0x4 && a0 < 0xffffffffffffffff } }\n"
          + "}\nUSE crosscheck\nDEFAULT KILL_PROCESS\n"
      ),
      (profile("ALLOW", ""), "POLICY crosscheck {}\nUSE crosscheck\nDEFAULT ALLOW\n"),
    ])
  func kafel(_ profile: [UInt8], _ text: String) throws {
    #expect(try KafelPolicy.text(ProfileMeaning(profile, for: "nsjail")) == text)
  }

  private static func text(_ profile: [UInt8], for name: RuntimeName) throws -> String {
    let meaning = try ProfileMeaning(profile, for: name.rawValue)
    switch name {
    case .firejail: return try FirejailOptions.words(meaning).joined(separator: " ")
    case .lxc: return try LXCPolicy.text(meaning)
    default: return try KafelPolicy.text(meaning)
    }
  }

  @Test(
    "has an error that names what cannot be said",
    arguments: [
      (
        .firejail, profile("ALLOW", entry("mkdir", action: "ERRNO", masked)),
        "conditions on arguments, which mkdir has"
      ),
      (
        .firejail, profile("ALLOW", entry("mkdir", action: "ERRNO", ", \"errnoRet\": 200")),
        "the action ERRNO(200) of mkdir"
      ),
      (.firejail, profile("ALLOW", entry("mkdir", action: "TRAP")), "the action TRAP(0) of mkdir"),
      (.firejail, profile("TRACE", entry("mkdir", action: "ALLOW")), "the action TRACE(1) as the default"),
      (
        .firejail, profile("ERRNO", entry("write", action: "LOG")),
        "a list of allowed calls in which write has the action LOG"
      ),
      (.firejail, profile("ERRNO", ""), "a profile that allows no call"),
      (
        .firejail, profile("ALLOW", entry("mkdir", action: "ERRNO") + "," + entry("mkdir", action: "KILL")),
        "two actions of mkdir"
      ),
      (.firejail, profile("ALLOW", "", x32), "calls of SCMP_ARCH_X32, which the profile lists"),
      (.lxc, profile("LOG", ""), "the action LOG as the default"),
      (.lxc, profile("ALLOW", entry("mkdir", action: "KILL_PROCESS")), "the action KILL_PROCESS of mkdir"),
      (
        .lxc, profile("ALLOW", "", "\"flags\": [\"SECCOMP_FILTER_FLAG_LOG\"], "),
        "the flag SECCOMP_FILTER_FLAG_LOG"
      ),
      (.nsjail, profile("ALLOW", entry("mkdir", action: "NOTIFY")), "the action USER_NOTIF of mkdir"),
      (.nsjail, profile("ALLOW", "", x86), "calls of SCMP_ARCH_X86, which the profile lists"),
    ] as [(RuntimeName, [UInt8], String)])
  func lacking(_ name: RuntimeName, _ profile: [UInt8], _ what: String) {
    let error = #expect(throws: RuntimeError.self) { try Self.text(profile, for: name) }
    #expect(error?.description == "\(name.rawValue) has no words for \(what)")
  }

  @Test("of an image is an archive that tar(1) reads")
  func archive() throws {
    let files = try ScratchFiles()
    try Data(TapeArchive.empty(file: "probe")).write(to: URL(filePath: "\(files.path)/image.tar"))
    let listing = try run("tar", "--numeric-owner", "-tvf", "\(files.path)/image.tar")
    #expect(listing.hasPrefix("-rwxr-xr-x 0/0 "))
    #expect(listing.hasSuffix(" probe\n"))
  }
}
