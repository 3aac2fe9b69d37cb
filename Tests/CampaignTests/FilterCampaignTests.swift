import ClassicBPF
import Foundation
import Generation
import SeccompModel
import Testing

@testable import Campaign

@Suite("Campaigns about programs", .serialized, .timeLimit(.minutes(30)))
struct FilterCampaignTests {
  private func campaign(
    workers: Int, cases: UInt64, directory: String, resumes: Bool = false, fault: PlantedFault? = nil
  ) throws -> FuzzSummary {
    var options = FuzzOptions(seed: 1, directory: directory, workers: workers)
    options.subject = .filters
    options.cases = cases
    options.resumes = resumes
    options.workbench.fault = fault
    return try FuzzCampaign(options).run { _ in }
  }

  @Test("kernel, checker and interpreter agree; the number of workers changes nothing")
  func deterministic() throws {
    let scratch = try Scratch()
    let one = try campaign(workers: 1, cases: 700, directory: scratch.path + "/one")
    let three = try campaign(workers: 3, cases: 700, directory: scratch.path + "/three")
    #expect(one.families.isEmpty && one.agrees)
    #expect(one.tally == three.tally)
    let counts = try #require(one.tally.filters)
    #expect(one.tally.cases == 700)
    #expect(counts.programs > 4000 && counts.accepted > 500 && counts.refused > 3000)
    #expect(one.tally.taggedCalls > 20_000 && one.tally.realCalls > 20_000)
    #expect(counts.cacheFilters > 0 && counts.cacheCalls > 10_000)
    // Only the sweep over all codes takes longer.
    #expect(counts.notReached == ["\(65536 - 44 * 64) of 65536 codes"])
  }

  @Test("a run in two parts counts what a run in one part counts, and is known for what it is")
  func resumed() throws {
    let scratch = try Scratch()
    let whole = try campaign(workers: 2, cases: 300, directory: scratch.path + "/whole")
    _ = try campaign(workers: 2, cases: 100, directory: scratch.path + "/parts")
    let parts = try campaign(workers: 2, cases: 300, directory: scratch.path + "/parts", resumes: true)
    #expect(parts.tally == whole.tally)

    // Without being told, too.
    var options = FuzzOptions(seed: 9, directory: scratch.path + "/parts", workers: 1)
    options.cases = 310
    options.resumes = true
    #expect(try FuzzCampaign(options).run { _ in }.tally.filters != nil)

    // A run about profiles stays one.
    options.directory = scratch.path + "/profiles"
    options.resumes = false
    options.cases = 1
    _ = try FuzzCampaign(options).run { _ in }
    options.resumes = true
    options.subject = .filters
    #expect(throws: CampaignError.otherSubject(options.directory)) { try FuzzCampaign(options) }
  }

  @Test("what a planted fault shows is saved as one family, with a program that needs no libseccomp")
  func findings() throws {
    let scratch = try Scratch()
    var fault = PlantedFault()
    fault.installed = { filter in
      Filter(
        filter.instructions.map { $0.opcode == .xorK ? Instruction(.orK, k: $0.k) : $0 })
    }
    let summary = try campaign(workers: 2, cases: 200, directory: scratch.path + "/run", fault: fault)
    #expect(!summary.agrees)
    let family = try #require(summary.families.first)
    #expect(family.signature.contains("XOR K"))
    for file in ["case.json", "minimized.json", "report.md", "repro.c"] {
      #expect(FileManager.default.fileExists(atPath: family.path + "/" + file))
    }
    let finding = try FindingStore(readingRun: scratch.path + "/run").load(family.fingerprint)
    #expect(finding.minimized.weight <= finding.original.weight)
    #expect(finding.minimized.profiles.isEmpty && finding.minimized.versions.libseccomp == "none")

    guard CCompiler.isUsable else { return }
    let built = try CCompiler.run(
      "/usr/bin/cc",
      ["-O1", "-Wall", "-Wextra", "-Werror", family.path + "/repro.c", "-o", scratch.path + "/repro"])
    #expect(built.status == 0, "\(built.output)")
    // The real kernel is right.
    let run = try CCompiler.run(scratch.path + "/repro", [])
    #expect(run.status == 0 && run.output.hasSuffix("agrees\n"), "\(run.output)")
  }
}
