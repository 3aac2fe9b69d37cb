import Foundation
import SeccompModel
import Synchronization
import Testing

@testable import Conformance

@Suite("A run of the OCI suite")
struct SuiteRunTests {
  private struct Broken: Error, CustomStringConvertible {
    var description: String { "the stage broke" }
  }

  private static let right = CaseObservation(
    started: true, stack: [Filters.filter("mkdir", .errno(99))], installed: true, flags: 0)

  @Test("reports the cases in the table's order, whoever finishes first, and tells of each once")
  func order() throws {
    let cases = (0..<20).map { OCICase.sample("case-\($0)", json: "\($0)") }
    let stage = StandInStage { start in
      // The earlier the case, the longer it takes.
      if let number = start.seccomp.flatMap(Int.init) { usleep(UInt32(20 - number) * 500) }
      return Self.right
    }
    let told = Mutex<[Int]>([])
    let report = try OCISuite(cases: cases).run(on: stage, properties: [.init("runtime", "none")]) {
      progress in
      told.withLock { $0.append(progress.finished) }
      #expect(progress.total == 20)
    }
    #expect(report.results.map(\.name) == cases.map(\.name))
    #expect(told.withLock { $0 } == Array(1...20))
    #expect(report.succeeded && report.count(of: .pass) == 20)
    #expect(report.properties == [.init("runtime", "none")])
  }

  @Test("hands on text and privileges as the case has them")
  func request() throws {
    var testCase = OCICase.sample(json: "{ verbatim, ill-formed")
    testCase.noNewPrivileges = false
    let starts = Mutex<[String]>([])
    let stage = StandInStage { start in
      starts.withLock { $0.append("\(start.seccomp ?? "none") \(start.noNewPrivileges)") }
      return Self.right
    }
    _ = try OCISuite(cases: [testCase]).run(on: stage, properties: [])
    #expect(starts.withLock { $0 } == ["none true", "{ verbatim, ill-formed false"])
  }

  @Test("explains what is no pass: claim, source and text")
  func diagnostics() throws {
    let stage = StandInStage { _ in CaseObservation(started: true) }
    let report = try OCISuite(cases: [.sample(json: #"{"a": 1}"#)]).run(on: stage, properties: [])
    let result = try #require(report.results.first)
    #expect(result.verdict == .fail && !report.succeeded)
    #expect(result.diagnostics.contains("claim (must): a claim"))
    #expect(result.diagnostics.contains { $0.hasPrefix("source: runtime.md, Create: ") })
    #expect(result.diagnostics.contains(#"seccomp: {"a": 1}"#))
  }

  @Test("counts a case that could not be carried out as an error, with the reason")
  func broken() throws {
    let stage = StandInStage { start in
      if start.seccomp != nil { throw Broken() }
      return CaseObservation(started: true)
    }
    let report = try OCISuite(cases: [.sample(), .refusedSample()]).run(on: stage, properties: [])
    #expect(report.results.map(\.verdict) == [.error, .error])
    #expect(report.results.map(\.reason) == ["the stage broke", "the stage broke"])
    #expect(throws: Broken.self) {
      try OCISuite(cases: [.sample()]).run(on: StandInStage { _ in throw Broken() }, properties: [])
    }
  }

  @Test("skips a profile file that is not there, and says how to get it")
  func missingProfile() throws {
    var testCase = OCICase.sample()
    testCase.seccomp = .containersProfile(path: "/nonexistent/seccomp.json")
    let report = try OCISuite(cases: [testCase]).run(on: StandInStage { _ in Self.right }, properties: [])
    #expect(report.results.first?.verdict == .skip)
    #expect(report.results.first?.reason.contains("golang-github-containers-common") == true)
    #expect(!report.succeeded, "nothing was shown")
  }

  @Test("fails a runtime that starts everything without a filter, and one that starts nothing")
  func careless() throws {
    var suite = try OCISuite()
    suite.agentPatience = .milliseconds(10)
    let careless = try suite.run(
      on: StandInStage { _ in CaseObservation(started: true) }, properties: [])
    let passed = careless.results.filter { $0.verdict == .pass }.map(\.name)
    // What these want is what no filter does, too.
    #expect(
      Set(passed) == ["no-seccomp", "allow-everything", "names-upper-case", "names-number"])
    #expect(!careless.results.contains { $0.verdict == .skip && $0.name != "containers-default" })
    let dead = try suite.run(
      on: StandInStage { _ in CaseObservation(started: false, ending: .exited(1)) }, properties: [])
    #expect(dead.count(of: .pass) == 0 && dead.count(of: .fail) > 20)
  }

  @Test("takes the cases and groups that a pattern names")
  func patterns() throws {
    #expect(
      try OCISuite(filter: "action-kill*").cases.map(\.name) == [
        "action-kill", "action-kill-thread", "action-kill-process",
      ])
    #expect(try OCISuite(filter: "flags").cases.allSatisfy { $0.group == "flags" })
    #expect(throws: OCISuiteError.noCase("nothing-*")) { try OCISuite(filter: "nothing-*") }
    let table: [(String, String, Bool)] = [
      ("", "", true), ("*", "", true), ("", "a", false), ("a?c", "abc", true), ("a?c", "ac", false),
      ("*b*", "abc", true), ("a*b*c", "axxbxbc", true), ("a*b", "axbx", false), ("**a", "a", true),
    ]
    for (pattern, name, matches) in table {
      #expect(NamePattern(pattern).matches(name) == matches, "\(pattern) \(name)")
    }
  }

  @Test("gives each case that asks for one a socket that listens, without a name that could be left behind")
  func listener() throws {
    var testCase = OCICase.sample(json: OCICase.listenerPlaceholder)
    testCase.requirement = testCase.requirement.with { $0.agent = .init() }
    // The descriptor's number may be another file's before the test looks again.
    let sockets = Mutex<[(path: String, file: ino_t?)]>([])
    let stage = StandInStage { start in
      if let path = start.seccomp {
        sockets.withLock { $0.append((path, Self.file(behind: path))) }
        let left = try FileManager.default.contentsOfDirectory(atPath: "/tmp")
        #expect(!left.contains { $0.hasPrefix("crosscheck-agent-") })
        try send(#"{"ociVersion": "1.0.2", "pid": 1}"#, to: path)
      }
      return Self.right
    }
    let report = try OCISuite(cases: [testCase]).run(on: stage, properties: [])
    #expect(report.results.first?.reason == "the state has no member state")
    let socket = try #require(sockets.withLock { $0.first })
    #expect(socket.file != nil)
    #expect(Self.file(behind: socket.path) != socket.file)
  }

  /// The number of the file that the path leads to.
  private static func file(behind path: String) -> ino_t? {
    var file = stat()
    return stat(path, &file) == 0 ? file.st_ino : nil
  }
}

/// Connects, writes, and closes.
private func send(_ text: String, to path: String) throws {
  let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
  defer { close(descriptor) }
  var address = sockaddr_un()
  address.sun_family = sa_family_t(AF_UNIX)
  withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
  let connected = withUnsafePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
    }
  }
  try #require(connected == 0)
  let bytes = Array(text.utf8)
  #expect(write(descriptor, bytes, bytes.count) == bytes.count)
}
