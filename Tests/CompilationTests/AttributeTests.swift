import ClassicBPF
import Compilation
import Glibc
import Profiles
import SeccompModel
import Testing

@Suite("The attributes of a filter")
struct AttributeTests {
  private static let rules = SyscallTable.x86_64.entries.prefix(40).map {
    Rule(name: $0.name, action: .allow)
  }

  private func compiled(_ attributes: FilterAttributes) throws -> CompiledFilter {
    try CompilationTests.compiled(
      CompilationRequest(rules: Self.rules, defaultAction: .errno(1), attributes: attributes))
  }

  @Test(
    "a foreign architecture gets the bad-architecture action",
    arguments: [Action.killProcess, .errno(77), .trap(0), .trace(9), .allow, .log, .killThread])
  func badArchitecture(_ action: Action) throws {
    let result = try compiled(FilterAttributes(badArchitectureAction: action))
    #expect(result.refusedAttributes == [])
    let foreign = SeccompData(number: 0, architecture: Architecture.aarch64.auditToken)
    #expect(result.filter.evaluate(foreign) == action.verdict)
    let own = SeccompData(number: 0, architecture: AuditToken.x86_64)
    #expect(result.filter.evaluate(own) == Action.allow.verdict)
  }

  @Test("optimise level 2 is another program with the same verdicts")
  func optimize() throws {
    let list = try compiled(FilterAttributes(optimizeLevel: 1))
    let tree = try compiled(FilterAttributes(optimizeLevel: 2))
    #expect(try compiled(FilterAttributes()).filter == list.filter)
    #expect(list.filter != tree.filter)
    for number: UInt32 in 0..<480 {
      let data = SeccompData(number: number, architecture: AuditToken.x86_64)
      #expect(list.filter.evaluate(data) == tree.filter.evaluate(data))
    }
  }

  @Test("the attributes of loading are taken and do not change the program")
  func loadingAttributes() throws {
    let attributes = FilterAttributes(
      noNewPrivileges: false, synchronizeThreads: true, log: true,
      disableSpeculativeStoreBypassMitigation: true)
    let result = try compiled(attributes)
    let plain = try compiled(FilterAttributes())
    #expect(result.refusedAttributes == [])
    #expect(result.filter == plain.filter)
  }

  @Test("what the library refuses is reported with its errno")
  func refused() throws {
    let level = try compiled(FilterAttributes(badArchitectureAction: .errno(4095), optimizeLevel: 9))
    #expect(
      level.refusedAttributes == [
        RefusedAttribute(attribute: .badArchitectureAction, errno: EINVAL),
        RefusedAttribute(attribute: .optimizeLevel, errno: EOPNOTSUPP),
      ])
    let api = try compiled(FilterAttributes(synchronizeThreads: true, log: true, apiLevel: 1))
    #expect(
      api.refusedAttributes == [
        RefusedAttribute(attribute: .synchronizeThreads, errno: EOPNOTSUPP),
        RefusedAttribute(attribute: .log, errno: EOPNOTSUPP),
      ])
    let unknown = try compiled(FilterAttributes(apiLevel: 99))
    #expect(unknown.refusedAttributes == [RefusedAttribute(attribute: nil, errno: EINVAL)])
  }

  @Test("an API level forced for one compilation does not reach the next")
  func apiLevelIsLocal() throws {
    var compiler = try Compiler()
    let rules = [Rule(name: "read", action: .log)]
    var request = CompilationRequest(
      rules: rules, defaultAction: .errno(1), attributes: FilterAttributes(apiLevel: 1))
    #expect(try compiler.compiled(request).ruleStatuses == [.refused(errno: EINVAL)])
    request.attributes.apiLevel = nil
    #expect(try compiler.compiled(request).ruleStatuses == [.added])
  }
}
