import ClassicBPF
import Foundation
import Testing

@testable import Targets

enum TestProfiles {
  static let mkdir99 = profile(
    #""SCMP_ACT_ALLOW", "syscalls": [{"names": ["mkdir"], "action": "SCMP_ACT_ERRNO", "errnoRet": 99}]"#)

  static func profile(_ rest: String) -> [UInt8] { Array(#"{"defaultAction": \#(rest)}"#.utf8) }
}

extension ContainerRequest {
  /// One for the tests: nothing of theirs takes minutes on any machine.
  static func test(
    _ source: Source, payload: Payload = .exits, noNewPrivileges: Bool = true, descriptor: Int32? = nil,
    deadline: Duration = .seconds(120), grace: Duration = .seconds(60)
  ) throws -> ContainerRequest {
    ContainerRequest(
      source: source, payload: try TestPrograms.payload(payload), noNewPrivileges: noNewPrivileges,
      payloadDescriptor: descriptor, deadline: deadline, grace: grace)
  }
}

extension ContainerRequest {
  /// One for exit tests, which get the payload's path from the test that they belong to.
  static func long(_ payload: String) -> ContainerRequest {
    ContainerRequest(source: .unconfined, payload: payload, deadline: .seconds(120))
  }
}

extension Trait where Self == ConditionTrait {
  /// Skips, with the reason, where there is no root or one of the runtimes is not installed.
  static func needs(_ runtimes: RuntimeName...) -> ConditionTrait {
    let names = runtimes.map(\.rawValue).joined(separator: ", ")
    return .enabled(
      if: geteuid() == 0 && runtimes.allSatisfy { ProgramSearch.find($0.program) != nil },
      "takes root\(names.isEmpty ? "" : ", and \(names) installed")")
  }
}

/// What is left of a run on this machine.
func remains(of place: RuntimePlace) -> [String] {
  var remains: [String] = []
  if FileManager.default.fileExists(atPath: place.scratch) {
    remains.append("the directory \(place.scratch)")
  }
  let mounts = read("/proc/self/mountinfo").split(separator: "\n").map { $0.split(separator: " ") }
  for mount in mounts where mount.count > 4 {
    // Spaces are escaped in it, and the directory's last name has none.
    let name = place.scratch.split(separator: "/").last ?? ""
    if mount[4].contains(name) { remains.append("the mount \(mount[4])") }
    if mount.contains("cgroup") || mount.contains("cgroup2") {
      let group = "\(mount[4])\(place.cgroup)"
      if FileManager.default.fileExists(atPath: group) { remains.append("the control group \(group)") }
    }
  }
  return remains + processes(of: place).map { "process \($0)" }
}

/// The processes that know a run by its names: every command of it has them in its environment, and the guardian
/// and all whom it started in their mounts.
func processes(of place: RuntimePlace) -> [Int32] {
  let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
  let last = place.scratch.split(separator: "/").last.map(String.init) ?? place.scratch
  return names.compactMap { Int32($0) }.filter { process in
    guard ProcessStatus.of(process).map({ $0.state != "Z" && $0.state != "X" }) ?? false else { return false }
    return read("/proc/\(process)/environ").contains(last)
      || read("/proc/\(process)/mountinfo").contains(last)
      || read("/proc/\(process)/cmdline").contains(place.id)
  }
}

/// Whether there is a process that has not ended.
func isRunning(_ process: Int32) -> Bool {
  ProcessStatus.of(process).map { $0.state != "Z" && $0.state != "X" } ?? false
}

private func read(_ path: String) -> String {
  (try? Data(contentsOf: URL(filePath: path))).map { String(decoding: $0, as: UTF8.self) } ?? ""
}

/// Waits until something holds; half a minute is for a busy machine.
func eventually(_ holds: () -> Bool) -> Bool {
  for _ in 0..<3000 {
    if holds() { return true }
    usleep(10_000)
  }
  return holds()
}

/// A directory that goes with its value.
struct ScratchFiles: ~Copyable {
  let path: String

  init(_ name: String = "files") throws {
    path = FileManager.default.temporaryDirectory.appending(path: "crosscheck-test \(name) \(UUID())").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// A shell script in it. Another process writes it: a child that this one starts meanwhile in another test
  /// would hold it open for writing for a moment, and nobody could execute it (ETXTBSY).
  func script(_ lines: String) throws -> String {
    let file = "\(path)/script"
    try run("/bin/sh", "-c", "echo \"$1\" >\"$2\" && chmod 755 \"$2\"", "sh", "#!/bin/sh\n\(lines)", file)
    return file
  }
}
