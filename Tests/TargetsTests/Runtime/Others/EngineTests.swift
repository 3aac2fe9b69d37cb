import ClassicBPF
import Foundation
import Profiles
import SeccompModel
import Testing

@testable import Targets

@Suite("An engine", .timeLimit(.minutes(30)))
struct EngineTests {
  @Test(
    "says whose reading of a profile its filter follows",
    arguments: [
      (.podman, ["crun", "runc"]), (.podmanCrun, ["crun"]), (.podmanRunc, ["runc"]), (.docker, ["runc"]),
      (.containerd, ["runc"]),
    ].filter { (name: RuntimeName, _: [String]) in reasonToSkip(name) == nil })
  func reads(_ name: RuntimeName, _ runtimes: [String]) throws {
    let program = try RuntimeProgram.find(name)
    #expect(runtimes.contains(program.reads.name))
    let beneath = try #require(RuntimeName(rawValue: program.reads.name))
    #expect(try program.reads.version == RuntimeProgram.find(beneath).version)
    #expect(!program.version.isEmpty)
  }

  @Test("that is none follows its own", arguments: here(.runc, .crun, .lxc, .firejail))
  func readsItself(_ name: RuntimeName) throws {
    let program = try RuntimeProgram.find(name)
    #expect(program.reads == (name.rawValue, program.version))
  }

  @Test("that has several clients is asked by the one of its version", .mayLack(.docker))
  func client() throws {
    let program = try RuntimeProgram.find(.docker)
    let candidates = ProgramSearch.findAll("docker")
    let client = try #require(program.client)
    #expect(candidates.contains(client))
    if candidates.contains(where: { ProgramVersion.of($0) == program.version }) {
      #expect(ProgramVersion.of(client) == program.version)
    }
  }

  /// Conditions on capabilities and machine, which only an engine resolves.
  private static let conditional = Array(
    """
    {"defaultAction": "SCMP_ACT_ALLOW", "archMap": [
      {"architecture": "SCMP_ARCH_X86_64", "subArchitectures": ["SCMP_ARCH_X86"]}], "syscalls": [
      {"names": ["mkdir"], "action": "SCMP_ACT_ERRNO", "errnoRet": 99, "includes": {"caps": ["CAP_SYS_CHROOT"]}},
      {"names": ["rmdir"], "action": "SCMP_ACT_ERRNO", "errnoRet": 98, "includes": {"caps": ["CAP_SYS_ADMIN"]}},
      {"names": ["chmod"], "action": "SCMP_ACT_ERRNO", "errnoRet": 97, "excludes": {"arches": ["amd64"]}}]}
    """.utf8)

  @Test("resolves a profile of its form as it is read here", arguments: here(.podmanCrun, .docker))
  func resolves(_ name: RuntimeName) throws {
    let profile = try ProfileReader.read(Self.conditional, source: "the profile").profile
    #expect(profile.rules.map(\.name) == ["mkdir"])
    let capture = try Container(.test(.seccomp(Self.conditional)), on: RuntimeProgram.find(name)).awaitEnd()
    #expect(capture.ending == .exited(0), "\(capture.errors)")
    let filter = try #require(capture.stack?.first?.filter)
    #expect(try filter.mkdir(.x86_64) == .errno(99))
    #expect(try filter.mkdir(.x86) == .errno(99))
    for call in ["rmdir", "chmod"] { #expect(try filter.action(.x86_64, call) == .allow) }
  }
}
