import ClassicBPF
import Foundation
import Testing

@testable import Targets

@Suite("A container runtime")
struct RuntimeProgramTests {
  @Test("is found with its version, or the error says how to get it", arguments: RuntimeName.allCases)
  func find(_ name: RuntimeName) throws {
    let found = Result { () throws(RuntimeError) in try RuntimeProgram.find(name) }
    switch found {
    case .success(let program):
      #expect(program.path.hasSuffix("/\(name.program)"))
      #expect(program.kind == .named(name))
    case .failure(let error):
      if case .incomplete(runtime: name.rawValue, lacks: _) = error {
        #expect(ProgramSearch.find(name.program) != nil)
      } else {
        #expect(error == .notInstalled(name))
        #expect(ProgramSearch.find(name.program) == nil)
      }
    }
  }

  @Test(
    "of those that the tests need says its version", .needs(.runc, .crun, .bubblewrap),
    arguments: [RuntimeName.runc, .crun, .bubblewrap])
  func version(_ name: RuntimeName) throws {
    let version = try RuntimeProgram.find(name).version
    #expect(version.wholeMatch(of: /[0-9]+\.[0-9]+.*/) != nil, "\(version)")
  }

  @Test(
    "says its version in words of its own",
    arguments: [
      ("runc version 1.1.5+ds1\ncommit: 1.1.5+ds1-1+deb12u1\n", "1.1.5+ds1"), ("bubblewrap 0.8.0\n", "0.8.0"),
      ("Docker version 20.10.24+dfsg1, build 297e128\n", "20.10.24+dfsg1"), ("v1.2\n", "1.2"),
      ("5.0.2", "5.0.2"),
      ("no idea\n2.0\n", ""), ("", ""),
    ])
  func versionText(_ text: String, _ version: String) {
    #expect(ProgramVersion.parse(text) == version)
  }

  @Test(
    "that hangs when it is asked for its version is not waited for, and has none", .timeLimit(.minutes(30)))
  func hangingVersion() throws {
    let files = try ScratchFiles()
    let script = try files.script(": >\"$(dirname \"$0\")/ran\"; echo 1.0; sleep 1000")
    #expect(ProgramVersion.of(script) == "")
    #expect(FileManager.default.fileExists(atPath: "\(files.path)/ran"))
  }

  @Test("that is missing has an error that says so")
  func missing() throws {
    #expect(
      RuntimeError.notInstalled(.bubblewrap).description
        == "bubblewrap: there is no program bwrap in PATH or the system's directories; apt-get install bubblewrap"
    )
    #expect(throws: RuntimeError.noSuchProgram("crosscheck-no-such")) {
      try RuntimeProgram.command("crosscheck-no-such run {bundle}")
    }
  }

  @Test("that vanishes before it is started is an error, and leaves nothing", .needs(.crun))
  func vanished() throws {
    var program = try RuntimeProgram.find(.crun)
    program.path = "/nonexistent/crun"
    let container = try Container(.test(.unconfined), on: program)
    #expect(throws: RuntimeError.system(operation: "execute /nonexistent/crun", errno: ENOENT)) {
      try container.awaitEnd()
    }
    #expect(remains(of: container.place) == [])
  }

  @Test("is not started without the privilege to look at it", .needs(.crun))
  func unprivileged() async throws {
    let payload = try TestPrograms.payload(.exits)
    await #expect(processExitsWith: .success) { [payload = payload as String] in
      let program = try RuntimeProgram.find(.crun)
      // 65534 is nobody.
      try #require(setuid(65534) == 0)
      #expect(throws: RuntimeError.needsRoot) { try Container(.long(payload), on: program) }
    }
  }

  @Test("cannot run a payload that is not there", .needs(.crun))
  func noPayload() throws {
    let request = ContainerRequest(source: .unconfined, payload: "/nonexistent/payload")
    let program = try RuntimeProgram.find(.crun)
    #expect(throws: RuntimeError.system(operation: "open the payload /nonexistent/payload", errno: ENOENT)) {
      try Container(request, on: program)
    }
  }

  @Test(
    "is a command's words, split as a shell would, without one",
    arguments: [
      ("true {bundle}", ["true", "{bundle}"]),
      ("  true\t--bundle={bundle}  {id} ", ["true", "--bundle={bundle}", "{id}"]),
      (#"true 'a b' "c d" e\ f {bundle}"#, ["true", "a b", "c d", "e f", "{bundle}"]),
      (#"true "" '' a"b"'c' {bundle}"#, ["true", "", "", "abc", "{bundle}"]),
      (#"true "\"\\\$\x" '\' {bundle}"#, ["true", #""\$\x"#, #"\"#, "{bundle}"]),
      (#"true '$(x) | y' \; ~ * {bundle}"#, ["true", "$(x) | y", ";", "~", "*", "{bundle}"]),
    ])
  func words(_ template: String, _ words: [String]) throws {
    #expect(try RuntimeProgram.command(template).kind == .command(words))
  }

  @Test(
    "is no command that cannot be meant",
    arguments: [
      ("", "it is empty"),
      ("true {id}", "it does not say where the bundle's directory goes; write {bundle} there"),
      ("true '{bundle}", "the quote ' is not closed"), ("true \"{bundle}", "the quote \" is not closed"),
      ("true {bundle}\\", "it ends with a backslash"),
      (
        "true {bundle} >log", "there is no shell that could read the >; quote it if the runtime shall have it"
      ),
      (
        "true \"$HOME\" {bundle}",
        "there is no shell that could read the $; quote it if the runtime shall have it"
      ),
    ])
  func badTemplate(_ template: String, _ reason: String) {
    #expect(throws: RuntimeError.badTemplate(template, reason: reason)) {
      try RuntimeProgram.command(template)
    }
  }

  @Test("gets the profile byte for byte in its configuration")
  func verbatim() throws {
    let odd = Array(#"{"a": 1e0, "a": 18446744073709551616, "\u0041": "ä"}"#.utf8) + [0xff]
    let config = OCIBundle.config(seccomp: odd, noNewPrivileges: false, cgroup: "/crosscheck-1-1")
    #expect(config.firstRange(of: Array("\"seccomp\": ".utf8) + odd + Array("\n".utf8)) != nil)
    for seccomp in [nil, Array("{}".utf8)] {
      let config = OCIBundle.config(seccomp: seccomp, noNewPrivileges: true, cgroup: "/crosscheck-1-1")
      let document = try JSONSerialization.jsonObject(with: Data(config)) as? [String: Any]
      let linux = try #require(document?["linux"] as? [String: Any])
      #expect((linux["seccomp"] != nil) == (seccomp != nil))
      #expect(linux["cgroupsPath"] as? String == "/crosscheck-1-1")
    }
  }
}
