import ClassicBPF
import Foundation
import Testing

@testable import Targets

/// What a recipe can ask for beyond one command; the shell plays daemons, clients and runtimes.
@Suite("A recipe", .needs(), .timeLimit(.minutes(30)))
struct RecipeTests {
  private func shell(_ text: String, _ words: String...) -> [String] {
    ["/bin/sh", "-c", text, "sh"] + words
  }

  private func container(
    deadline: Duration = .seconds(120), _ recipe: (RuntimePlace) -> RuntimeRecipe
  ) throws -> Container {
    try Container(.test(.unconfined, deadline: deadline)) { place throws(RuntimeError) in recipe(place) }
  }

  @Test("has steps that run in order, a daemon among them, which is ended with the run")
  func steps() throws {
    let container = try container { place in
      var recipe = RuntimeRecipe(
        command: shell("cat \"$1/first\" \"$1/socket\"; exec \"$2\"", place.state, place.payload))
      recipe.steps = [
        .prepare(shell("echo first >\"$1/first\"", place.state)),
        .background(
          shell(
            "cat \"$1/first\" >/dev/null || exit 1; sleep 0.1; echo socket >\"$1/socket\"; sleep 1000",
            place.state),
          until: "\(place.state)/socket"),
      ]
      return recipe
    }
    let capture = try container.awaitEnd()
    #expect(capture.output == "first\nsocket\npayload")
    #expect(capture.ending == .exited(0))
    #expect(remains(of: container.place) == [])
  }

  @Test(
    "that cannot be prepared is an error with the command's words",
    arguments: [
      (RuntimeRecipe.Step.prepare(["/bin/sh", "-c", "echo no luck >&2; exit 4"]), Capture.Ending.exited(4)),
      (.background(["/bin/sh", "-c", "echo no luck >&2; exit 5"], until: "/nonexistent"), .exited(5)),
    ])
  func failing(_ step: RuntimeRecipe.Step, _ ending: Capture.Ending) throws {
    let container = try container { _ in
      var recipe = RuntimeRecipe(command: shell("exit 0"))
      recipe.steps = [step]
      return recipe
    }
    let error = #expect(throws: RuntimeError.self) { try container.awaitEnd() }
    guard case .stepFailed(let command, ending, errors: "no luck\n") = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(command.hasPrefix("/bin/sh -c echo no luck"))
    #expect(remains(of: container.place) == [])
  }

  @Test("whose daemon never gets ready is ended by the deadline")
  func neverReady() throws {
    let container = try container(deadline: .seconds(1)) { _ in
      var recipe = RuntimeRecipe(command: shell("exit 0"))
      recipe.steps = [.background(["/bin/sleep", "1000"], until: "/nonexistent")]
      return recipe
    }
    #expect(
      throws: RuntimeError.stepFailed(command: "/bin/sleep 1000", ending: .timedOut, errors: "")
    ) { try container.awaitEnd() }
    #expect(remains(of: container.place) == [])
  }

  @Test("has directories, files, descriptors and environment as it says")
  func things() throws {
    let container = try container { place in
      var recipe = RuntimeRecipe(
        command: shell(
          "stat -c %a \"$1/own\" \"$1/own/file\"; cat \"$1/own/file\"; cat <&9; echo \"$WORD\"", place.scratch
        ))
      recipe.directories = [.init(path: "\(place.scratch)/own", mode: 0o2711)]
      recipe.files = [.init(path: "\(place.scratch)/own/file", contents: Array("text\n".utf8), mode: 0o640)]
      recipe.descriptors = [.init(number: 9, path: "\(place.scratch)/own/file")]
      recipe.environment = ["WORD": "a word"]
      return recipe
    }
    #expect(try container.awaitEnd().output == "2711\n640\ntext\ntext\na word\n")
  }

  @Test("hides directories of the machine, but not what it shows in them")
  func hidden() throws {
    let container = try container { _ in
      var recipe = RuntimeRecipe(
        command: shell("echo /etc/*; read -r line </etc/passwd && echo \"$line\"; : >/etc/left; echo /etc/*"))
      recipe.hidden = ["/etc", "/nonexistent"]
      recipe.shown = ["/etc/passwd", "/etc/nonexistent"]
      return recipe
    }
    let first = try String(contentsOfFile: "/etc/passwd", encoding: .utf8).split(separator: "\n").first ?? ""
    #expect(try container.awaitEnd().output == "/etc/passwd\n\(first)\n/etc/left /etc/passwd\n")
    #expect(!FileManager.default.fileExists(atPath: "/etc/left"))
  }

  @Test("cleans up by its own commands, when there is something, when all else has ended, and not for ever")
  func cleanUp() throws {
    let files = try ScratchFiles()
    // Of nobody else's sleep.
    let time = 1000 + Int(getpid())
    let container = try container { place in
      var recipe = RuntimeRecipe(command: shell(": >\"$1/there\"; sleep \(time) & exit 0", place.state))
      recipe.cleanUp = [
        .init(words: shell("echo not >\"$1/not\"", files.path), whenExists: "\(place.state)/not-there"),
        .init(
          words: shell(
            "echo one >\"$1/one\"; ps -eo args | grep -c '[s]leep \(time)$' >\"$1/sleeping\"", files.path),
          whenExists: "\(place.state)/there"),
        .init(words: ["/bin/sleep", "1000"], whenExists: nil),
        .init(words: shell("echo two >\"$1/two\"", files.path), whenExists: nil),
      ]
      return recipe
    }
    #expect(try container.awaitEnd().ending == .exited(0))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: files.path).sorted() == ["one", "sleeping", "two"])
    #expect(try String(contentsOfFile: "\(files.path)/sleeping", encoding: .utf8) == "0\n")
    #expect(remains(of: container.place) == [])
  }

  @Test("has its control groups removed with those below them, in every hierarchy")
  func cgroups() throws {
    let mounts = try String(contentsOfFile: "/proc/self/mountinfo", encoding: .utf8).split(separator: "\n")
      .map { $0.split(separator: " ").map(String.init) }
    let hasFirst = mounts.contains { $0.contains("cgroup") }
    let hierarchies = mounts.filter { $0.contains(hasFirst ? "cgroup" : "cgroup2") }.map { $0[4] }
    try #require(!hierarchies.isEmpty)
    let container = try container { place in
      let groups = hierarchies.map { "\($0)\(place.cgroup)" }
      let text =
        "mkdir \"$@\" || exit 1; for group in \"$@\"; do mkdir -p \"$group/a/b\" \"$group/c\"; done; echo made"
      var recipe = RuntimeRecipe(command: shell(text) + groups)
      recipe.cgroups = [place.cgroup]
      return recipe
    }
    let groups = hierarchies.map { "\($0)\(container.place.cgroup)" }
    #expect(try container.awaitEnd().output == "made\n")
    for path in groups { #expect(!FileManager.default.fileExists(atPath: path)) }
  }
}
