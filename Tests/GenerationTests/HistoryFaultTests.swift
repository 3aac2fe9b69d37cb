import ClassicBPF
import Generation
import Prediction
import Scripts
import Testing

/// Whether histories would notice that the kernel, or the model, does something else: with a fault in each rule.
@Suite("Faults in the rules of the model")
struct HistoryFaultTests {
  private static let features = KernelFeatures.assumed(version: KernelVersion(6, 18))
  private static let right = ScriptModel(features: features, isPrivileged: true)

  private static func wrong(_ fault: RuleFault) -> ScriptModel {
    var rules = KernelRules.linux
    fault.plant(&rules)
    return ScriptModel(features: features, rules: rules, isPrivileged: true)
  }

  /// Whether a kernel that follows the one model would be found out by the other.
  private static func differ(_ script: Script, _ wrong: ScriptModel) -> Bool {
    zip(right.predict(script), wrong.predict(script)).contains { $0 != $1 && !$0.isOpen && !$1.isOpen }
  }

  /// Fields that histories do not reach, and why. Scenarios do.
  static let outOfReach: [String: String] = [
    "absentEntrySignal": "the entries are there",
    "allowAction": "actors that cannot make their own calls are not judged",
    "divideLength": long, "filterOverhead": long, "longestChain": long, "longestProgram": long,
    "prologueLength": long, "returnLength": long, "twoWayJumpLength": long, "wideConstantLength": long,
    "filtersSeeSignalReturn": "filters leave rt_sigreturn alone, which actors need",
    "logFlag": words, "notificationSizes": words,
    "unusedListenerAnswers": "a RECV for ever is not judged",
    "exemptOnlyNatively": "what the numbers mean on i386 is not modelled",
    "traceAgainAllows": "a stop right after another takes a moment and is not judged",
    "getFilterModeErrno": "a tracee without filters seldom stops",
    "metadataSize": "a request of another size is not judged",
    "x32Bit": "the kernel has no x32 calls",
  ]
  private static let long = "histories are of small filters"
  private static let words = "it shows in memory, and histories compare results"

  @Test("each rule has a fault to plant")
  func complete() {
    let fields = Mirror(reflecting: KernelRules.linux).children.compactMap(\.label)
    #expect(fields.sorted() == RuleFault.all.map(\.field).sorted())
    for fault in RuleFault.all {
      var rules = KernelRules.linux
      fault.plant(&rules)
      #expect(rules != .linux, "\(fault)")
    }
  }

  @Test("histories notice a fault in every rule that they reach", arguments: RuleFault.all)
  func noticed(_ fault: RuleFault) {
    let wrong = Self.wrong(fault)
    let isNoticed = HistoryTests.sample.contains { Self.differ($0, wrong) }
    #expect(isNoticed || Self.outOfReach[fault.field] != nil, "\(fault)")
  }

  @Test("the minimiser leaves the shortest history that shows a fault")
  func minimised() throws {
    let fault = try #require(RuleFault.all.first { $0.field == "tieGoesToNewest" })
    let wrong = Self.wrong(fault)
    let start = try #require(HistoryTests.sample.first { Self.differ($0, wrong) && $0.steps.count > 8 })
    let result = HistoryMinimizer().minimize(start) { Self.differ($0, wrong) }
    #expect(result.reproduced)
    // Two installations and a call.
    #expect(result.script.steps.count <= 3, "\(result.script.steps)")
    #expect(result.script.filters.count <= 2)
    #expect(Self.differ(result.script, wrong))
    let again = HistoryMinimizer().minimize(start) { Self.differ($0, wrong) }
    #expect(again == result)
    #expect(!HistoryMinimizer().minimize(start) { _ in false }.reproduced)
  }
}

extension StepPrediction {
  fileprivate var isOpen: Bool { if case .open = self { true } else { false } }
}
