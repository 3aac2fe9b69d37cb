import Foundation
import Testing

@Suite("check, replay and minimize", .timeLimit(.minutes(30)))
struct CheckTests {
  @Test("of a small profile: the answers agree, status 0, nothing is written")
  func agree() async throws {
    let scratch = try Scratch()
    let profile = "\(Repository.root)/Corpus/profiles/reboot-errno.json"
    let run = try await Tool.run(["check", profile], in: scratch.path)
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
    #expect(run.output.hasPrefix("\(profile): the answers agree.\n"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).isEmpty)

    let json = try await Tool.run(
      ["check", "--json", "-"], input: String(contentsOfFile: profile, encoding: .utf8))
    #expect(json.status == 0)
    let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    #expect(object?["source"] as? String == "<stdin>")
    #expect((object?["differences"] as? [Any])?.isEmpty == true)
  }

  /// A library that takes every rule and makes a filter that allows everything: whatever the profile says, what it
  /// compiles means something else.
  private static let liar = """
    #include <unistd.h>
    static struct { unsigned a, b, c; } version = {2, 5, 5};
    const void *seccomp_version(void) { return &version; }
    unsigned seccomp_api_get(void) { return 6; }
    int seccomp_api_set(unsigned level) { return 0; }
    void *seccomp_init(unsigned action) { return &version; }
    void seccomp_release(void *context) {}
    int seccomp_attr_set(void *context, int attribute, unsigned value) { return 0; }
    unsigned seccomp_arch_native(void) { return 0xc000003e; }
    unsigned seccomp_arch_resolve_name(const char *name) { return 0xc000003e; }
    int seccomp_arch_add(void *context, unsigned token) { return 0; }
    int seccomp_arch_remove(void *context, unsigned token) { return 0; }
    int seccomp_syscall_resolve_name(const char *name) { return 79; }
    int seccomp_rule_add_array(void *c, unsigned a, int n, unsigned m, const void *x) { return 0; }
    int seccomp_export_bpf(void *context, int fd) {
      const unsigned char allow[8] = {6, 0, 0, 0, 0, 0, 0xff, 0x7f};
      return write(fd, allow, 8) == 8 ? 0 : -5;
    }

    """

  private static let profile = """
    {"defaultAction": "SCMP_ACT_ALLOW", "architectures": ["SCMP_ARCH_X86_64"],
     "syscalls": [{"names": ["getcwd"], "action": "SCMP_ACT_ERRNO", "errnoRet": 77}]}
    """

  @Test("with a library that lies: status 1, the finding is saved, and replay and minimize see it again")
  func differ() async throws {
    let scratch = try Scratch()
    let library = scratch.path + "/libliar.so"
    try await Tool.compile(try scratch.file("liar.c", Self.liar), into: library)
    let profile = try scratch.file("web.json", Self.profile)

    let check = try await Tool.run(
      ["check", profile, "--libseccomp", library, "--libseccomp", "system"], in: scratch.path)
    #expect(check.status == 1)
    #expect(check.output.contains("policy and filter differ"), "\(check.output)\(check.errors)")
    let findings = scratch.path + "/crosscheck-check-web/findings"
    let names = try FileManager.default.contentsOfDirectory(atPath: findings).sorted()
    let name = try #require(names.first { $0.hasPrefix("policy-filter-") })
    #expect(check.output.contains("crosscheck replay ./crosscheck-check-web/findings/"))

    let replay = try await Tool.run(
      ["replay", "\(findings)/\(name)", "--libseccomp", library, "--libseccomp", "system"], in: scratch.path)
    #expect(replay.status == 1)
    #expect(replay.output.contains("REPRODUCED  \(name)"), "\(replay.output)\(replay.errors)")

    // The system's library compiles what the profile says.
    let healed = try await Tool.run(
      ["replay", "\(findings)/\(name)", "--libseccomp", "system"], in: scratch.path)
    #expect(healed.status == 0)
    #expect(healed.output.contains("gone        \(name)"), "\(healed.output)\(healed.errors)")

    let minimize = try await Tool.run(
      ["minimize", "\(findings)/\(name)", "--libseccomp", library, "--libseccomp", "system", "--json"],
      in: scratch.path)
    #expect(minimize.status == 1)
    let object = try JSONSerialization.jsonObject(with: Data(minimize.output.utf8)) as? [String: Any]
    #expect(object?["reproduced"] as? Bool == true)
    let path = try #require(object?["path"] as? String)
    #expect(FileManager.default.fileExists(atPath: "\(scratch.path)/\(path)/repro.c"))
  }

  @Test("with a library that is too old: status 69, one line")
  func tooOld() async throws {
    let scratch = try Scratch()
    let library = scratch.path + "/libold.so"
    let old = Self.liar.replacing("{2, 5, 5}", with: "{2, 5, 3}")
    try await Tool.compile(try scratch.file("old.c", old), into: library)
    let run = try await Tool.run(
      ["check", try scratch.file("web.json", Self.profile), "--libseccomp", library], in: scratch.path)
    #expect(run.status == 69)
    #expect(run.errorLines.count == 1)
    #expect(run.errors.contains("2.5.3; 2.5.4 or newer is needed"))
  }
}
