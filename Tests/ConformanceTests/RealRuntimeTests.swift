import Foundation
import Targets
import Testing

@testable import Conformance

@Suite(
  "The OCI suite on real runtimes", .serialized, .timeLimit(.minutes(30)),
  .enabled(if: RealRuntimes.areInstalled, "takes root, and runc and crun installed"))
struct RealRuntimeTests {
  /// What is known to fail, by runtime and version, with the reason in docs/oci-suite.md.
  private static let known: [String: Set<String>] = [
    "crun 1.8.1": crun, "runc 1.1.5+ds1": runc,
  ]

  /// Rules that libseccomp merges wrongly, or never.
  private static let libseccomp: Set<String> = [
    "overlap-le-and-le-gt", "overlap-lt-lt-and-lt", "overlap-both-halves", "overlap-shared-condition",
  ]

  private static let crun: Set<String> = libseccomp.union([
    "errno-65536", "errno-65537", "errno-string", "errno-name", "default-errno-65537", "default-errno-string",
    "args-object", "names-empty", "names-of-numbers", "syscalls-object", "syscalls-string",
    "arch-without-prefix",
    "arch-string", "flag-wait-killable-without-notify", "flag-string", "notify-connection-closed",
    "listener-without-notify", "listener-metadata-alone", "listener-path-number", "seccomp-string",
    "seccomp-number", "seccomp-true", "seccomp-list",
  ])

  private static let runc: Set<String> = libseccomp.union([
    "default-above-named-numbers", "default-kill-above-named-numbers", "empty-object", "errno-65536",
    "errno-65537", "errno-4294967297", "default-errno-65537", "errno-on-kill", "errno-on-kill-thread",
    "errno-on-kill-process", "errno-on-trap", "errno-on-log", "errno-on-allow", "default-errno-on-allow",
    "default-errno-on-log", "default-errno-on-kill-process", "default-errno-on-trap", "names-empty",
    "names-missing", "names-null", "name-singular", "notify-connection-closed", "listener-metadata-alone",
    "property-case", "property-case-of-entry",
  ])

  @Test(
    "fails exactly what is known of the versions that were looked into", arguments: [RuntimeName.runc, .crun])
  func wholeTable(_ name: RuntimeName) throws {
    let program = try RuntimeProgram.find(name)
    let report = try OCISuite.run(on: program, payload: Payload.path(), deadline: .seconds(6))
    #expect(report.results.count == OCICase.table.count)
    #expect(report.count(of: .error) == 0, "\(report.results.filter { $0.verdict == .error })")
    #expect(report.properties.contains(.init("runtime", "\(program.name) \(program.version)")))
    guard let known = Self.known["\(program.name) \(program.version)"] else { return }
    let failed = Set(report.results.filter(\.verdict.isFailure).map(\.name))
    #expect(failed.subtracting(known).isEmpty, "new: \(failed.subtracting(known).sorted())")
    #expect(known.subtracting(failed).isEmpty, "no longer: \(known.subtracting(failed).sorted())")
  }

  @Test("tests a runtime that is given as a command")
  func command() throws {
    let program = try RuntimeProgram.command("runc --root {bundle}/state run -b {bundle} {id}")
    let report = try OCISuite.run(on: program, payload: Payload.path(), filter: "deny-one-call")
    #expect(report.results.map(\.verdict) == [.pass])
  }

  @Test("fails a runtime that leaves linux.seccomp aside")
  func ignoring() throws {
    let command =
      #"sh -c 'sed -i "s/\"seccomp\":/\"aside\":/" {bundle}/config.json; exec runc --root {bundle}/state run -b {bundle} {id}'"#
    let report = try OCISuite.run(
      on: try .command(command), payload: Payload.path(), filter: "presence")
    let passed = report.results.filter { $0.verdict == .pass }.map(\.name)
    #expect(passed == ["no-seccomp", "allow-everything"])
    #expect(!report.succeeded)
    #expect(report.results.first { $0.name == "deny-one-call" }?.reason.contains("no filter binds") == true)
  }

  @Test("learns nothing from the refusals of a program that is no runtime")
  func noRuntime() throws {
    let report = try OCISuite.run(
      on: try .command("false {bundle}"), payload: Payload.path(), filter: "default-*")
    #expect(report.count(of: .pass) == 0)
    #expect(report.count(of: .skip) > 10 && report.count(of: .fail) > 0)
  }
}

enum RealRuntimes {
  static let areInstalled =
    geteuid() == 0 && [RuntimeName.runc, .crun].allSatisfy { (try? RuntimeProgram.find($0)) != nil }
}

/// A static program that sleeps until it is killed, built by cc(1) when first asked for.
enum Payload {
  static func path() throws -> String { try built.get() }

  private static let built = Result {
    let directory = FileManager.default.temporaryDirectory.appending(
      path: "crosscheck-suite-payload.\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    atexit { Payload.remove() }
    let source = directory.appending(path: "payload.c").path
    try
      "void _start(void) { for (;;) __asm__ volatile(\"syscall\" : : \"a\"(34) : \"rcx\", \"r11\", \"memory\"); }\n"
      .write(toFile: source, atomically: true, encoding: .utf8)
    let path = directory.appending(path: "payload").path
    let compiler = Process()
    compiler.executableURL = URL(filePath: "/usr/bin/env")
    compiler.arguments = ["cc", "-static", "-nostdlib", "-ffreestanding", "-O1", "-o", path, source]
    try compiler.run()
    compiler.waitUntilExit()
    try #require(compiler.terminationStatus == 0)
    return path
  }

  private static func remove() {
    guard let path = try? built.get() else { return }
    try? FileManager.default.removeItem(at: URL(filePath: path).deletingLastPathComponent())
  }
}
