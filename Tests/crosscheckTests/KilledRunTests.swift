import Foundation
import Glibc
import Testing

@Suite("A campaign killed at any moment", .serialized, .timeLimit(.minutes(30)))
struct KilledRunTests {
  @Test("leaves no process, has on disk whatever it counted, and goes on")
  func killed() async throws {
    let run = try KilledRun()
    var helpers: Set<String> = []
    var moments: [UInt32] = []
    for round in 0..<10 {
      let process = try run.start(
        (round == 0 ? ["--seed", "1", "--output", "run"] : ["--resume", "run"]) + ["--jobs", "2"])
      let before = try run.lines().count
      // From the first line that this process wrote on, it can be resumed.
      #expect(try run.wait { try run.lines().count > before })
      moments.append(UInt32.random(in: 0..<1_500_000))
      usleep(moments[round])
      // On a busy machine ten short moments may pass before the first case is done: the last one is long enough.
      if round == 9 { #expect(try run.wait { try !run.casesDone().isEmpty && !run.findings().isEmpty }) }
      helpers.formUnion(try run.processes())
      #expect(process.isRunning, "the run ended by itself before it was killed")
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      #expect(process.terminationReason == .uncaughtSignal)

      let what = "killed after \(moments) µs"
      let gone = try run.wait { try run.processes().isEmpty }
      let left = try run.processes()
      #expect(gone && left.isEmpty, "\(what): still there: \(left)")
      for fingerprint in try run.findings() {
        #expect(run.damage(to: fingerprint).isEmpty, "\(what): \(fingerprint)")
      }
      let cases = try run.casesDone()
      #expect(Set(cases).count == cases.count, "\(what): cases done twice")
    }
    // Or nothing was shown: helpers ran, cases were done, findings were counted before the last kill.
    #expect(helpers.isSuperset(of: ["crosscheck-prob", "crosscheck-comp"]), "\(helpers)")
    let findings = try run.findings()
    #expect(!findings.isEmpty)
    let done = try run.casesDone()
    let all = try #require(done.last) + 100

    let last = try await Tool.run(
      ["fuzz", "--resume", "run", "--cases", "\(all)", "--jobs", "2", "--json"], in: run.scratch.path)
    #expect(last.status == 0 || last.status == 1, "\(last.errors)")
    #expect(try run.casesDone() == Array(0..<all), "every case once")
    let summary = try #require(
      try JSONSerialization.jsonObject(with: Data(last.output.utf8)) as? [String: Any])
    #expect(summary["ended"] as? String == "cases")
    let tally = try #require(summary["tally"] as? [String: Any])
    #expect(tally["cases"] as? UInt64 == all)
    let families = try #require(summary["families"] as? [[String: Any]]).compactMap {
      $0["fingerprint"] as? String
    }
    #expect(try Set(families) == run.findings())
    #expect(Set(families).isSuperset(of: findings) && Set(families).count == families.count)
    #expect(
      try Set(FileManager.default.contentsOfDirectory(atPath: run.directory + "/findings")) == Set(families))
    for fingerprint in families { #expect(run.damage(to: fingerprint).isEmpty) }
    #expect(try run.wait { try run.processes().isEmpty })
  }
}
