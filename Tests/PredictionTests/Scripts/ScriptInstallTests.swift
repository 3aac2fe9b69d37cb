import ClassicBPF
import Prediction
import Scripts
import SeccompModel
import Testing

@Suite("The model of scripts: installation")
struct ScriptInstallTests {
  private static let allow = Filter([.return(.allow)])

  /// What the last step comes to, of an actor that may install.
  private func last(_ steps: [Step], filters: [Filter] = [allow], memory: [Script.MemoryPiece] = [])
    -> StepPrediction?
  {
    model().predict(Script(filters: filters, memory: memory, steps: steps)).last
  }

  private func seccomp(_ arguments: ScriptArgument...) -> StepPrediction? {
    last([call(.named("seccomp", arguments))])
  }

  @Test("flags are checked before anything is read")
  func flags() {
    let table: [(flags: UInt64, address: ScriptArgument, errno: Int64)] = [
      (0x40, .program(0), 22), (9, .program(0), 22), (0x20, .program(0), 22), (0, 0, 14), (0x28, 0, 14),
      (0, 0xfff, 14), (0, .value(0x8000_0000_0000_0000), 14), (0x19, .program(0), 0), (0x10, .program(0), 0),
      (1 << 32, .program(0), 0), (2, .program(0), 0), (4, .program(0), 0),
    ]
    for (flags, address, errno) in table {
      #expect(seccomp(1, .value(flags), address) == .returns(-errno), "flags \(flags)")
    }
    #expect(seccomp(.value(1 << 32 | 1), 0, .program(0)) == .returns(0))
    #expect(seccomp(9, 0, 0) == .returns(-22))
    #expect(last([call(.named("prctl", [22, .value(2 | 1 << 32), .program(0), 0, 0]))]) == .returns(-22))
    #expect(last([call(.int80("prctl", [22, .value(2 | 1 << 32), .program32(0), 0, 0]))]) == .returns(0))
  }

  @Test("length, privilege, address and instructions are checked in this order")
  func order() {
    // Headers in the scratch memory: length, address.
    func header(_ length: UInt16, _ address: UInt64) -> Script.MemoryPiece {
      let bytes = [UInt8(length & 0xff), UInt8(length >> 8), 0, 0, 0, 0, 0, 0]
      return .init(at: 64, bytes + (0..<8).map { UInt8(truncatingIfNeeded: address >> UInt64(8 * $0)) })
    }
    func answer(_ piece: Script.MemoryPiece, isPrivileged: Bool) -> StepPrediction? {
      model(isPrivileged: isPrivileged).predict(
        Script(memory: [piece], steps: [call(.named("seccomp", [1, 0, .scratch(64)]))])
      ).last
    }
    #expect(answer(header(0, 0), isPrivileged: false) == .returns(-22))
    #expect(answer(header(4097, 0), isPrivileged: false) == .returns(-22))
    #expect(answer(header(1, 0), isPrivileged: false) == .returns(-13))
    #expect(answer(header(1, 0), isPrivileged: true) == .returns(-22))
    #expect(answer(header(1, 8), isPrivileged: true) == .returns(-14))
    #expect(answer(header(1, 0x2008_8000), isPrivileged: true) == .returns(-22))
    let bad = Filter([Instruction(code: 0xffff)])
    #expect(
      model(isPrivileged: false).predict(Script(filters: [bad], steps: [call(.install(0))])) == [
        .returns(-13)
      ])
    #expect(last([call(.install(0))], filters: [bad]) == .returns(-22))
    #expect(last([call(.install(0))], filters: [Filter([])]) == .returns(-22))
  }

  @Test("no_new_privs or CAP_SYS_ADMIN in the own user namespace allows to install")
  func privilege() {
    let drop = call(.named("setresuid", [65534, 65534, 65534]))
    #expect(last([drop, call(.install(0))]) == .returns(-13))
    #expect(last([drop, call(.setNoNewPrivileges), call(.install(0))]) == .returns(0))
    #expect(last([drop, call(.named("unshare", [0x1000_0000])), call(.install(0))]) == .returns(0))
    #expect(
      last([drop, Step(0, .spawn(1, .process(flags: 0x1000_0000))), call(.install(0), by: 1)]) == .returns(0))
    #expect(last([drop, Step(0, .spawn(1, .process(flags: 0x2000_0000)))]) == .returns(-1))
    #expect(
      last([call(.named("unshare", [0x1000_0000])), Step(0, .execute(.x86_64)), call(.install(0))])
        == .returns(-13))
    #expect(last([call(.named("prctl", [38, 1, 0, 0, 1]))]) == .returns(-22))
    #expect(last([call(.named("prctl", [38, 2, 0, 0, 0]))]) == .returns(-22))
    #expect(last([call(.setNoNewPrivileges), call(.named("prctl", [39, 0, 0, 0, 0]))]) == .returns(1))
  }

  @Test("a chain has 32768 instructions as extended BPF counts them")
  func chain() {
    let long = Filter(Array(repeating: .return(.allow), count: 4096))
    #expect(last((0..<3).map { _ in call(.install(0)) }, filters: [long]) == .returns(0))
    #expect(last((0..<4).map { _ in call(.install(0)) }, filters: [long]) == .returns(-12))
    #expect(
      last([call(ScriptCall.install(0).repeated(3641)), Step(0, .status)]) == .status(2, 3641, false))
    #expect(last([call(ScriptCall.install(0).repeated(3642))]) == .returns(-12))
  }

  @Test("other operations")
  func others() {
    let action = Script.MemoryPiece(at: 0, [0, 0, 0xff, 0x7f])
    let almost = Script.MemoryPiece(at: 0, [1, 0, 0xff, 0x7f])
    let ask = call(.named("seccomp", [2, 0, .scratch(0)]))
    #expect(last([ask], memory: [action]) == .returns(0))
    #expect(last([ask], memory: [almost]) == .returns(-95))
    #expect(seccomp(2, 1, .scratch(0)) == .returns(-22))
    #expect(seccomp(2, 0, 0) == .returns(-14))
    #expect(seccomp(3, 0, .scratch(0)) == .returns(0))
    #expect(seccomp(3, 0, 0) == .returns(-14))
    #expect(last([call(.named("prctl", [21, 0, 0, 0, 0]))]) == .returns(0))
    #expect(last([call(.install(0)), call(.named("prctl", [21, 0, 0, 0, 0]))]) == .returns(2))
    #expect(last([call(.install(0)), call(.enterStrictMode)]) == .returns(-22))
    #expect(seccomp(0, 1, 0) == .returns(-22))
    #expect(seccomp(0, 0, .scratch(0)) == .returns(-22))
  }

  @Test("32-bit callers have a header of their own, and their filters bind every entry")
  func compat() {
    let steps = [call(.int80("seccomp", [1, 0, .program32(0)])), call(.getpid), call(.int80("getpid"))]
    let predictions = model().predict(Script(filters: [only(39, .errno(33))], steps: steps))
    #expect(predictions == [.returns(0), .returns(-33), .returned(1...4_194_304)])
    #expect(last([call(.int80("seccomp", [1, 0, .program(0)]))]) != .returns(0))
  }

  @Test("a second listener in a chain is refused while the first is open")
  func listeners() {
    let listen = call(.install(0, flags: 8))
    let filters = [only(39, .notify)]
    #expect(last([listen], filters: filters) == .returns(0))
    #expect(last([listen, listen], filters: filters) == .returns(-16))
    #expect(last([listen, call(.named("close", [0])), listen], filters: filters) == .returns(0))
    #expect(
      last([listen, call(.named("dup", [0])), call(.named("close", [0])), listen], filters: filters)
        == .returns(-16))
    #expect(last([listen, Step(0, .execute(.x86_64)), listen], filters: filters) == .returns(0))
  }
}
