import Profiles
import SeccompModel
import Testing

@Suite("Remarks and resolution")
struct RemarkTests {
  private func read(_ text: String, _ context: ResolutionContext = ResolutionContext()) throws
    -> ProfileDocument
  {
    try ProfileReader.read(text: text, source: "text", context: context)
  }

  @Test("unknown fields are reported at every level, in the text's order, and change nothing")
  func unknownFields() throws {
    let document = try read(
      """
      {"$schema": "x", "defaultAction": "SCMP_ACT_ALLOW", "syscalls": [
        {"names": ["read"], "action": "SCMP_ACT_LOG", "priority": 1,
         "args": [{"index": 0, "value": 1, "op": "SCMP_CMP_EQ", "Op": "SCMP_CMP_NE"}]}], "defaultaction": null}
      """)
    #expect(document.form == .oci)
    #expect(
      document.remarks.map(\.path) == [
        #"$["$schema"]"#, "$.syscalls[0].priority", "$.syscalls[0].args[0].Op", "$.defaultaction",
      ])
    #expect(document.remarks.allSatisfy { $0.kind == .unknownField && $0.severity == .warning })
    #expect(document.remarks[1].position == SourcePosition(line: 2, column: 49))
    #expect(document.profile.entries[0].conditions == [Condition(index: 0, .equal, value: 1)])
  }

  @Test("in a config.json Docker's fields are unknown, as runtimes ignore them there")
  func dockerFieldsInConfig() throws {
    let document = try read(
      """
      {"ociVersion": "1.2.0", "process": {"cwd": "/"}, "linux": {"seccomp": {"defaultAction": "SCMP_ACT_ALLOW",
        "archMap": [], "syscalls": [
          {"names": ["mount"], "action": "SCMP_ACT_LOG", "includes": {"caps": ["CAP_SYS_ADMIN"]}}]}}}
      """)
    #expect(document.form == .ociConfig)
    #expect(
      document.remarks.map(\.path) == ["$.linux.seccomp.archMap", "$.linux.seccomp.syscalls[0].includes"])
    #expect(document.profile.entries.map(\.names) == [["mount"]])
  }

  @Test(
    "a name is reported when no architecture of the filter has it",
    arguments: [
      ("umount", #"["SCMP_ARCH_X86_64"]"#, "is a system call of x86 only"),
      ("umount", #"["SCMP_ARCH_X86_64", "SCMP_ARCH_X86"]"#, nil), ("read", "[]", nil),
      ("reboott", "[]", "is no system call of x86_64 that we know"),
      ("Read", #"["SCMP_ARCH_X86", "SCMP_ARCH_X32"]"#, "is no system call of x86_64, x86, x32 that we know"),
      ("getcwd", #"["SCMP_ARCH_X86"]"#, nil), ("r\u{e9}ad", "[]", "is no system call of x86_64"),
    ])
  func unknownNames(name: String, architectures: String, words: String?) throws {
    let document = try read(
      """
      {"defaultAction": "SCMP_ACT_ALLOW", "architectures": \(architectures),
       "syscalls": [{"names": ["\(name)"], "action": "SCMP_ACT_LOG"}]}
      """)
    #expect(document.profile.rules.map(\.name) == [name])
    #expect(document.remarks.count == (words == nil ? 0 : 1))
    if let words {
      #expect(document.remarks[0].kind == .unknownName)
      #expect(document.remarks[0].path == "$.syscalls[0].names[0]")
      #expect(document.remarks[0].message.contains(words), "\(document.remarks[0])")
    }
  }

  @Test("remarks stop at the limit, and the rest are counted")
  func remarkLimit() throws {
    let names = (0..<ProfileDocument.remarkLimit + 7).map { "\"no_such_call_\($0)\"" }.joined(separator: ",")
    let document = try read(
      "{\"defaultAction\": \"SCMP_ACT_ALLOW\", \"syscalls\": [{\"names\": [\(names)], \"action\": \"SCMP_ACT_LOG\"}]}"
    )
    #expect(document.remarks.count == ProfileDocument.remarkLimit)
    #expect(document.remarks.last?.path == "$.syscalls[0].names[\(ProfileDocument.remarkLimit - 1)]")
    #expect(document.omittedRemarks == 7)
  }

  @Test("an argument index that no call has is kept and reported")
  func argumentIndex() throws {
    let document = try read(
      """
      {"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": ["read"], "action": "SCMP_ACT_LOG",
        "args": [{"index": 6, "value": 1, "op": "SCMP_CMP_EQ"}, {"index": 5, "value": 1, "op": "SCMP_CMP_EQ"}]}]}
      """)
    #expect(document.remarks.map(\.kind) == [.argumentIndex])
    #expect(document.profile.entries[0].conditions.map(\.index) == [6, 5])
  }

  @Test("null is a field that is not given, as Go's decoder reads it")
  func nullFields() throws {
    let document = try read(
      """
      {"defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": null, "architectures": null, "flags": null,
       "listenerPath": null, "listenerMetadata": null, "archMap": null, "syscalls": [
        {"names": ["read"], "name": null, "action": "SCMP_ACT_TRACE", "errnoRet": null, "args": null,
         "includes": null, "excludes": {"caps": null, "arches": null, "minKernel": null}, "comment": null}]}
      """)
    #expect(
      document.profile
        == Profile(defaultAction: .errno(1), entries: [.init(names: ["read"], action: .trace(1))]))
    #expect(document.remarks.isEmpty)
  }

  @Test(
    "includes needs all its capabilities and one of its architectures, excludes leaves out on any",
    arguments: [
      (#""includes": {"caps": ["CAP_CHOWN", "CAP_KILL"]}"#, true),
      (#""includes": {"caps": ["CAP_CHOWN", "CAP_SYS_ADMIN"]}"#, false),
      (#""excludes": {"caps": ["CAP_SYS_ADMIN", "CAP_CHOWN"]}"#, false),
      (#""excludes": {"caps": ["CAP_SYS_ADMIN"]}"#, true),
      (#""includes": {"arches": ["x86", "amd64"]}"#, true), (#""includes": {"arches": ["x32"]}"#, false),
      (#""excludes": {"arches": ["amd64"]}"#, false), (#""excludes": {"arches": ["arm64"]}"#, true),
      (#""includes": {"minKernel": "4.8"}"#, true), (#""includes": {"minKernel": "5.10"}"#, true),
      (#""includes": {"minKernel": "5.11"}"#, false), (#""includes": {"minKernel": "6.0"}"#, false),
      (#""excludes": {"minKernel": "5.9"}"#, false), (#""excludes": {"minKernel": "5.11"}"#, true),
      (#""includes": {"caps": ["CAP_CHOWN"]}, "excludes": {"arches": ["amd64"]}"#, false),
      (#""comment": "x""#, true),
    ])
  func filters(fields: String, applies: Bool) throws {
    let document = try read(
      """
      {"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [
        {"names": ["write"], "action": "SCMP_ACT_LOG", \(fields)},
        {"names": ["read"], "action": "SCMP_ACT_LOG", "comment": "the second"}]}
      """, ResolutionContext(kernel: KernelVersion(5, 10)))
    #expect(document.form == .docker)
    #expect(document.profile.rules.map(\.name) == (applies ? ["write", "read"] : ["read"]))
    #expect(document.entrySources.map(\.index) == (applies ? [0, 1] : [1]))
    #expect(document.entrySources.last?.comment == "the second")
    #expect(document.remarks.map(\.kind) == (applies ? [] : [.leftOut]))
    #expect(document.remarks.allSatisfy { $0.severity == .note && $0.path == "$.syscalls[0]" })
  }

  @Test("without a kernel version every minKernel is met")
  func newestKernel() throws {
    let document = try read(
      """
      {"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [
        {"names": ["read"], "action": "SCMP_ACT_LOG", "includes": {"minKernel": "99.0"}}]}
      """)
    #expect(document.profile.entries.count == 1)
  }

  @Test("archMap gives the native architecture and its subarchitectures, or nothing")
  func archMap() throws {
    let text = """
      {"defaultAction": "SCMP_ACT_ALLOW", "architectures": [], "archMap": [
        {"architecture": "SCMP_ARCH_VAX", "subArchitectures": ["SCMP_ARCH_PDP11"]},
        {"architecture": "SCMP_ARCH_X86_64", "subArchitectures": ["SCMP_ARCH_X32"]},
        {"architecture": "SCMP_ARCH_X86_64", "subArchitectures": ["SCMP_ARCH_X86"]}]}
      """
    let document = try read(text)
    #expect(document.profile.architectures == [.x86_64, .x32])
    #expect(document.remarks.map(\.kind) == [.unknownArchitecture, .unknownArchitecture])
    #expect(document.remarks.allSatisfy { $0.severity == .note })
    #expect(try read(text, ResolutionContext(architecture: .x86)).profile.architectures == [])
  }

  @Test("errno names count before errnoRet, and a contradiction is reported")
  func errnoNames() throws {
    let document = try read(
      """
      {"defaultAction": "SCMP_ACT_ERRNO", "defaultErrno": "ENOSYS", "defaultErrnoRet": 38, "syscalls": [
        {"names": ["read"], "action": "SCMP_ACT_ERRNO", "errno": "EINVAL", "errnoRet": 1},
        {"names": ["write"], "action": "SCMP_ACT_ERRNO", "errno": "99"},
        {"names": ["open"], "action": "SCMP_ACT_ERRNO", "errno": "", "errnoRet": 13}]}
      """)
    #expect(document.profile.defaultAction == .errno(38))
    #expect(document.profile.entries.map(\.action) == [.errno(22), .errno(99), .errno(13)])
    #expect(document.remarks.map(\.kind) == [.contradictoryErrno])
    #expect(document.remarks.map(\.path) == ["$.syscalls[0].errno"])
  }

  @Test(
    "the kernel's version is read from what uname reports",
    arguments: [
      ("6.1.0-37-amd64", KernelVersion(6, 1)), ("5.10", KernelVersion(5, 10)),
      ("6.18-rc1", KernelVersion(6, 18)),
      ("6", nil), ("", nil), ("6.x", nil), ("linux", nil), ("99999999999.1", nil),
    ])
  func kernelRelease(release: String, version: KernelVersion?) {
    #expect(KernelVersion(release: release) == version)
  }
}
