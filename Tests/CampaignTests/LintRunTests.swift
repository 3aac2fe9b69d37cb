import Campaign
import Generation
import ProfileFiles
import Profiles
import SeccompModel
import Testing

/// The linter's witnesses, really called on this kernel.
@Suite("Lint on the kernel", .timeLimit(.minutes(30)))
struct LintRunTests {
  private static let corpus: String = {
    let file = #filePath
    return file.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" } + "/Corpus"
  }()

  private func lint(_ path: String, runtime: LintRuntime? = nil) throws -> LintReport {
    let subject = try LintSubject.read(
      try ProfileFile.bytes(of: "\(Self.corpus)/\(path).json"), source: path, runtime: runtime)
    return try LintRun.run(subject, settings: FilterSettings(), workbench: Workbench.Options())
  }

  @Test(
    "every witness of every rule has the outcome that its remark tells", arguments: LintRule.all.map(\.id))
  func shown(rule: String) throws {
    let report = try lint("lint/\(rule).bad")
    #expect(report.remarks.contains { $0.rule == rule })
    for remark in report.remarks {
      for witness in remark.witnesses where witness.notMade == nil {
        #expect(witness.isShown == true, "\(remark.rule): \(witness)")
        #expect(witness.kernel != nil)
      }
    }
  }

  @Test(
    "rules whose remarks have no witness are those of containers that do not start and of fields that nobody reads"
  )
  func withoutWitness() throws {
    var silent: [String] = []
    for rule in LintRule.all.map(\.id) {
      let own = try lint("lint/\(rule).bad").remarks.filter { $0.rule == rule }
      if own.allSatisfy(\.witnesses.isEmpty) { silent.append(rule) }
    }
    #expect(silent.sorted() == ["errno-range", "text", "unsupported-flags"])
  }

  @Test("the agent list allows four calls of its deny group, and the kernel lets them through")
  func agentList() throws {
    let report = try lint("profiles/agent-allow-list")
    let cancelled = report.remarks.filter { $0.rule == "cancelled-deny" }
    #expect(
      cancelled.map { $0.witnesses.map(\.name) } == [
        ["pivot_root"], ["chroot"], ["process_vm_readv"], ["process_vm_writev"],
      ])
    for remark in cancelled {
      #expect(remark.severity == .error)
      #expect(remark.path.hasPrefix("$.syscalls[1].names["))
      #expect(remark.witnesses.map(\.meant) == ["ERRNO(1)"])
      #expect(remark.witnesses.map(\.policy) == ["ALLOW"])
      #expect(remark.witnesses.map(\.kernel) == ["let through"])
    }
    // The rest of the checklist that the list comes with, as far as it breaks it.
    let open = report.remarks.filter { $0.rule == "dangerous-call" }.flatMap(\.witnesses).map(\.name)
    #expect(Set(open).isSuperset(of: ["bpf", "kexec_file_load", "setns", "unshare", "move_mount"]))
    #expect(report.remarks.contains { $0.rule == "runtime-start" && $0.message.contains("futex") })
    #expect(!report.isClean)
  }

  @Test("under runc the old specification's example blocks nothing")
  func singularName() throws {
    for runtime in [nil, LintRuntime.runc] {
      let report = try lint("profiles/getcwd-i386", runtime: runtime)
      let remark = try #require(report.remarks.first { $0.rule == "singular-name" })
      #expect(remark.message.contains("nothing at all is blocked under runc"))
      #expect(remark.witnesses.map(\.name) == ["getcwd"])
      #expect(remark.witnesses.map(\.kernel) == ["let through"])
    }
    let crun = try lint("profiles/getcwd-i386", runtime: .crun)
    #expect(crun.remarks.contains { $0.message.contains("crun refuses the profile") })
  }

  @Test("the clone example is inverted: a plain fork fails, and a new user namespace does not")
  func invertedClone() throws {
    let report = try lint("profiles/clone-masked")
    let remark = try #require(report.remarks.first { $0.rule == "inverted-mask" })
    #expect(remark.message.contains("inverted"))
    #expect(remark.witnesses.map { $0.arguments[0] } == ["0x0", "0x10000000"])
    #expect(remark.witnesses.map(\.kernel) == ["failed with errno 1 (EPERM)", "let through"])
  }

  @Test("a profile that gives no filter is an error, and no witness is called")
  func noFilter() throws {
    // 4096 instructions is the kernel's limit (BPF_MAXINSNS), and each of 4200 different comparisons takes one or more.
    let calls = SyscallTable.x86_64.entries.prefix(300)
    let entries = (0..<4200).map { value in
      #"{"names": ["\#(calls[value % 300].name)"], "action": "SCMP_ACT_ERRNO", "#
        + #""args": [{"index": 5, "value": \#(value), "op": "SCMP_CMP_EQ"}]}"#
    }
    let text = #"{"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [\#(entries.joined(separator: ","))]}"#
    let report = try LintRun.run(
      try LintSubject.read(Array(text.utf8), source: "large"), settings: FilterSettings(),
      workbench: Workbench.Options())
    #expect(report.remarks.first?.rule == LintReport.noFilter.id)
    #expect(report.remarks.first?.severity == .error)
    #expect(report.remarks.flatMap(\.witnesses).allSatisfy { $0.kernel == nil && $0.notMade != nil })
  }
}
