import ClassicBPF
import Profiles
import SeccompModel

extension UnknownCallStub {
  /// A program that does what the stub does and then what `filter` does, written from the description and not from the
  /// runtime's own code: it is what the runtime's program is compared with.
  func filter(before filter: Filter) -> Filter {
    let blocks = [
      block(AuditToken.x86_64, x86_64Tests), block(AuditToken.i386, i386.map { Self.test(above: $0) } ?? []),
    ].filter { !$0.isEmpty }
    guard !blocks.isEmpty else { return filter }
    return Filter([.load(.architecture)] + blocks.flatMap { $0 } + filter.instructions)
  }

  /// Skipped by other architectures. It loads the architecture again for the next one.
  private func block(_ token: UInt32, _ tests: [Instruction]) -> [Instruction] {
    guard !tests.isEmpty else { return [] }
    let body = [.load(.number)] + tests + [.load(.architecture)]
    return [.jump(equal: token, then: 0, otherwise: UInt8(body.count))] + body
  }

  /// Two numberings share the token and are told apart by a bit.
  private var x86_64Tests: [Instruction] {
    let native = x86_64.map { Self.test(above: $0) } ?? []
    let x32 = x32.map { Self.test(above: $0 | x32SyscallBit) } ?? []
    guard !native.isEmpty || !x32.isEmpty else { return [] }
    let over = native.isEmpty ? [] : [Instruction.jump(UInt32(native.count))]
    return [.jump(anyBit: x32SyscallBit, then: 0, otherwise: UInt8(x32.count + over.count))] + x32 + over
      + native
  }

  private static func test(above bound: UInt32) -> [Instruction] {
    [.jump(greater: bound, then: 0, otherwise: 1), .return(verdict.rawValue)]
  }
}
