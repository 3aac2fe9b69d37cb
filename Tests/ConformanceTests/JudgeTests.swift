import ClassicBPF
import SeccompModel
import Testing

@testable import Conformance

@Suite("The judge of a case")
struct JudgeTests {
  private static let right = Filters.filter("mkdir", .errno(99))

  private func judge(
    _ testCase: OCICase, _ observation: CaseObservation, runtimeStarts: Bool = true
  ) -> CaseJudge.Judgement {
    CaseJudge(testCase: testCase, observation: observation, runtimeStarts: runtimeStarts).judgement
  }

  private func started(_ stack: Filter..., flags: UInt32 = 0) -> CaseObservation {
    CaseObservation(started: true, stack: stack, installed: !stack.isEmpty, flags: flags, ending: .stopped)
  }

  @Test("passes the filter that answers as the case says")
  func right() { #expect(judge(.sample(), started(Self.right)).verdict == .pass) }

  @Test("fails another answer, and names the call, what was expected and what was found")
  func wrong() {
    let judgement = judge(.sample(), started(Filters.filter("mkdir", .errno(98))))
    #expect(judgement.verdict == .fail)
    #expect(judgement.reason == "mkdir (x86_64, number 83): expected ERRNO(99), found ERRNO(98)")
    #expect(judge(.sample(), started(Filters.filter("rmdir", .errno(99)))).verdict == .fail)
  }

  @Test("takes the most severe answer of a stack, and the newest filter's between equal ones")
  func stacks() {
    let harmless = Filter([.return(.allow)])
    #expect(judge(.sample(), started(harmless, Self.right, harmless)).verdict == .pass)
    let older = Filters.filter("mkdir", .errno(98))
    #expect(judge(.sample(), started(older, Self.right)).verdict == .pass)
    #expect(judge(.sample(), started(Self.right, older)).verdict == .fail)
    #expect(judge(.sample(), started(Self.right, Filters.filter("mkdir", .killThread))).verdict == .fail)
  }

  @Test("fails a process without a filter, and says so")
  func unfiltered() {
    let judgement = judge(.sample(), started())
    #expect(judgement.verdict == .fail)
    #expect(judgement.reason.contains("no filter binds the process"))
    let bare = OCICase("bare", "a claim", [.optional], .absent, .unfiltered)
    #expect(judge(bare, started()).verdict == .pass)
    #expect(judge(bare, started(Self.right)).verdict == .fail)
    #expect(judge(bare, CaseObservation(started: false, ending: .exited(1))).verdict == .fail)
  }

  @Test("fails a refusal, or skips it with the runtime's words where a value need not be supported")
  func refusals() {
    let refusal = CaseObservation(
      started: false, ending: .exited(1), errors: "first\ntime=\"now\" msg=\"no such \\\"action\\\"\" x=1\n")
    let judgement = judge(.sample(), refusal)
    #expect(judgement.verdict == .fail)
    #expect(judgement.reason == #"the runtime refuses: no such "action""#)
    let optional = OCICase.sample { $0.mayBeRefused = true }
    #expect(judge(optional, refusal).verdict == .skip)
    #expect(judge(optional, refusal).reason.hasSuffix(#"no such "action""#))
    // A crash is no refusal.
    #expect(judge(optional, CaseObservation(started: false, ending: .signalled(11))).verdict == .fail)
    #expect(judge(optional, CaseObservation(started: false, ending: .timedOut)).verdict == .timeout)
  }

  @Test("judges what was installed where the process need not start")
  func notStarted() {
    let installed = CaseObservation(
      started: false, stack: [Self.right], installed: true, flags: 0, ending: .timedOut, errors: "died\n")
    let judgement = judge(.sample(), installed)
    #expect(judgement.verdict == .fail)
    #expect(judgement.diagnostics.contains("the runtime said: died"))
    #expect(judge(.sample { $0.mustStart = false }, installed).verdict == .pass)
    var wrong = installed
    wrong.stack = [Filters.filter("mkdir", .log)]
    #expect(judge(.sample { $0.mustStart = false }, wrong).verdict == .fail)
  }

  @Test("takes only an end without a process for a refusal")
  func refused() {
    let sample = OCICase.refusedSample()
    #expect(judge(sample, CaseObservation(started: false, ending: .exited(1))).verdict == .pass)
    // "this specification does not mandate how, or even if, that error is returned": runtime.md, Errors.
    #expect(judge(sample, CaseObservation(started: false, ending: .exited(0))).verdict == .pass)
    #expect(judge(sample, CaseObservation(started: false, ending: .signalled(11))).verdict == .fail)
    #expect(judge(sample, CaseObservation(started: false, ending: .timedOut)).verdict == .timeout)
    #expect(judge(sample, started()).verdict == .fail)
    let judgement = judge(sample, started(Self.right))
    #expect(judgement.reason == "the runtime starts the process under a filter")
    #expect(judgement.diagnostics.contains("mkdir (x86_64, number 83) gets ERRNO(99)"))
  }

  @Test("takes no refusal for an answer where the runtime starts nothing at all")
  func vacuous() {
    let refusal = CaseObservation(started: false, ending: .exited(1))
    #expect(judge(.refusedSample(), refusal, runtimeStarts: false).verdict == .skip)
    #expect(judge(.sample { $0.mayBeRefused = true }, refusal, runtimeStarts: false).verdict == .skip)
    #expect(judge(.sample(), refusal, runtimeStarts: false).verdict == .fail)
  }

  @Test("only warns where the specification says nothing, but of a hang it does not")
  func common() {
    #expect(judge(.sample(level: .common), started()).verdict == .warn)
    #expect(judge(.sample(level: .common), started(Self.right)).verdict == .pass)
    let hang = CaseObservation(started: false, ending: .timedOut)
    #expect(judge(.sample(level: .common), hang).verdict == .timeout)
  }

  @Test("wants the flags that the case names, and none that it excludes")
  func flags() {
    let sample = OCICase.sample { $0.flags = .init(set: 2, clear: 4) }
    #expect(judge(sample, started(Self.right, flags: 2)).verdict == .pass)
    #expect(judge(sample, started(Self.right, flags: 3)).verdict == .pass)
    #expect(
      judge(sample, started(Self.right, flags: 4)).reason == "installed with flags 0x4: 0x2 is missing")
    #expect(judge(sample, started(Self.right, flags: 6)).reason.contains("0x4 was not asked for"))
  }
}

@Suite("The judge of what an agent is sent")
struct AgentJudgeTests {
  private static let state =
    #"{"ociVersion": "1.0.2", "fds": ["seccompFd"], "pid": 5, "metadata": "m", "state": {"ociVersion": "1.0.2", "id": "a", "status": "creating", "bundle": "/b"}}"#

  private func faults(
    _ text: String, metadata: String? = nil, isClosed: Bool = false,
    _ change: (inout AgentConnection) -> Void = { _ in }
  ) -> [String] {
    var connection = AgentConnection(text: Array(text.utf8), descriptors: 1)
    change(&connection)
    return AgentJudge(requirement: .init(metadata: metadata, isClosed: isClosed), connections: [connection])
      .faults
  }

  @Test("has nothing against the state that the specification describes")
  func right() { #expect(faults(Self.state, metadata: "m", isClosed: true).isEmpty) }

  @Test("finds each thing that is wrong")
  func wrong() {
    #expect(AgentJudge(requirement: .init(), connections: []).faults == ["nobody connects to listenerPath"])
    #expect(faults("").count == 1)
    #expect(faults(Self.state + Self.state).count == 1)
    #expect(faults("{}").count == 5)
    #expect(faults(Self.state, metadata: "n") == [#"metadata: expected "n", found "m""#])
    #expect(faults(Self.state) { $0.descriptors = 0 } == ["fds names 1 descriptors, and 0 came"])
    #expect(faults(Self.state) { $0.descriptorsCameFirst = false }.count == 1)
    #expect(faults(Self.state) { $0.isClosed = false }.isEmpty)
    #expect(faults(Self.state, isClosed: true) { $0.isClosed = false }.count == 1)
    #expect(faults(Self.state.replacing("seccompFd", with: "fd")).count == 1)
  }
}
