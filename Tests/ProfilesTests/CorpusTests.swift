import ProfileFiles
import Profiles
import SeccompModel
import Testing

@Suite("The corpus profiles")
struct CorpusTests {
  static let names = Repository.names(in: Repository.profiles, suffix: ".json").map { String($0.dropLast(5)) }

  private func document(_ name: String) throws -> ProfileDocument {
    try ProfileFile.read("\(Repository.profiles)/\(name).json")
  }

  @Test(
    "each is read, written and read again without loss, and has a note with example calls", arguments: names)
  func reads(name: String) throws {
    let document = try document(name)
    let text = try OCIWriter.text(of: document.profile)
    #expect(try ProfileReader.read(text: text, source: name).profile == document.profile)

    let note = String(decoding: try ProfileFile.bytes(of: "\(Repository.profiles)/\(name).md"), as: UTF8.self)
    #expect(note.hasPrefix("# \(name)\n"))
    #expect(note.contains("| call | answer |"))
  }

  @Test("all the seed documents' profiles are there")
  func complete() {
    #expect(
      Self.names == [
        "agent-allow-list", "agent-minimal", "allow-everything", "clone-masked", "dangerous-calls",
        "getcwd-i386",
        "kill-default", "log-unlisted", "no-executable-mappings", "reboot-errno", "reboot-kill",
        "shell-allow-list", "three-calls", "write-xor-execute",
      ])
  }

  @Test(
    "the agent list allows what it means to block: chroot comes first with ALLOW, then with the default action"
  )
  func agentList() throws {
    let profile = try document("agent-allow-list").profile
    #expect(profile.rules.filter { $0.name == "chroot" }.map(\.action) == [.allow, .errno(1)])
    #expect(profile.defaultAction == .errno(1))
    #expect(profile.entries.map(\.names.count) == [280, 16])
  }

  @Test("the singular name is read as Docker reads it")
  func singularName() throws {
    let document = try document("getcwd-i386")
    #expect(document.form == .docker)
    #expect(document.profile.architectures == [.x86])
    #expect(document.profile.filteredArchitectures() == [.x86_64, .x86])
    #expect(document.profile.entries == [.init(names: ["getcwd"], action: .errno(1))])
  }

  @Test("the fragment of a config.json is read from linux.seccomp")
  func configFragment() throws {
    let document = try document("reboot-errno")
    #expect(document.form == .ociConfig)
    #expect(document.entrySources.map(\.path) == ["$.linux.seccomp.syscalls[0]"])
  }

  @Test("the clone example's value is the mask, and what it compares with is 0")
  func cloneMask() throws {
    let conditions = try document("clone-masked").profile.entries.flatMap(\.conditions)
    #expect(conditions == [Condition(index: 0, .maskedEqual, value: 0x7c02_0000, valueTwo: 0)])
  }

  @Test("only names that a listed architecture lacks are remarked on")
  func remarks() throws {
    for name in Self.names {
      for remark in try document(name).remarks { #expect(remark.kind == .unknownName, "\(name): \(remark)") }
    }
    #expect(try document("shell-allow-list").remarks.isEmpty)
  }
}
