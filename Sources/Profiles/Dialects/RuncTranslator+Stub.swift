import SeccompModel

/// The prologue that answers ENOSYS: libcontainer/seccomp/patchbpf/enosys_linux.go.
extension RuncTranslator {
  /// The `defaultErrnoRet` that leaves the stub out. runc compares it with the whole filter value for ENOSYS, where
  /// ENOSYS itself, 38, is meant (`generatePatch`).
  private static let errnoWithoutStub: UInt64 = 0x0005_0026

  /// - Parameter names: those that libseccomp knows, of all entries.
  mutating func addStub(_ seccomp: WrittenSeccomp, names: [String]) {
    switch common.translation.defaultAction {
    case .allow, .log, .trace: return
    default: break
    }
    if seccomp.defaultErrnoRet?.value == Self.errnoWithoutStub { return }
    var covered = seccomp.architectures.compactMap { ProfileWords.architecture(of: $0.text) }
    if common.dialect.stub == .listedAndNative { covered.append(.x86_64) }
    guard let stub = UnknownCallStub(names: names, architectures: covered) else { return }
    common.translation.stub = stub
    guard stub.x86_64 != nil || stub.i386 != nil || stub.x32 != nil else { return }
    common.list.add(
      .enosysPrologue, at: .root,
      "runc answers ENOSYS for numbers above \(Self.bounds(stub, names)), the highest that the profile names, "
        + "whatever the default action is")
    noteHidden(by: stub)
  }

  /// `83 (mkdir) and 39 (mkdir) on i386`.
  private static func bounds(_ stub: UnknownCallStub, _ names: [String]) -> String {
    let spaces: [(architecture: Architecture, bound: UInt32?, suffix: String)] = [
      (.x86_64, stub.x86_64, ""), (.x86, stub.i386, " on i386"), (.x32, stub.x32, " on x32"),
    ]
    let parts = spaces.compactMap { space -> String? in
      guard let bound = space.bound else { return nil }
      let name = names.first { UnknownCallStub.number(of: $0, in: space.architecture) == bound } ?? "?"
      return "\(bound) (\(name))\(space.suffix)"
    }
    guard let last = parts.last, parts.count > 1 else { return parts.joined() }
    return parts.dropLast().joined(separator: ", ") + " and " + last
  }

  /// Tells of rules on i386 that the stub takes away: calls behind `socketcall` and `ipc` do not raise its bound.
  private mutating func noteHidden(by stub: UnknownCallStub) {
    guard let bound = stub.i386 else { return }
    var hidden: [(name: String, ways: String)] = []
    for rule in common.translation.rules where !hidden.contains(where: { $0.name == rule.name }) {
      guard let call = MultiplexedCall.named(rule.name) else { continue }
      var ways: [String] = []
      if let direct = SyscallTable.i386.number(named: rule.name), direct > bound { ways.append("\(direct)") }
      if call.multiplexer.number > bound { ways.append("by \(call.multiplexer.name)") }
      if !ways.isEmpty { hidden.append((rule.name, ways.joined(separator: ", "))) }
    }
    guard !hidden.isEmpty else { return }
    let shown = hidden.prefix(4).map { "\($0.name) (\($0.ways))" }.joined(separator: ", ")
    let rest = hidden.count > 4 ? " and \(hidden.count - 4) more" : ""
    common.list.add(
      .prologueHidesRules, at: .root,
      "runc answers ENOSYS on i386 to calls that the profile names, \(shown)\(rest): what socketcall and ipc "
        + "multiplex does not raise the bound \(bound)")
  }
}
