import SeccompModel

/// A call as a sentence names it: `mkdir (x86_64, number 83)`, `process_vm_readv(0x0, 0x5) (i386, number 347)`.
enum CallText {
  static func describe(_ call: Call) -> String {
    let architecture = architecture(of: call)
    let name = architecture.table?.name(of: call.number) ?? "call"
    var arguments = (0..<Arguments.count).map { call.arguments[$0] }
    while arguments.last == 0 { arguments.removeLast() }
    let list =
      arguments.isEmpty
      ? "" : "(" + arguments.map { "0x" + String($0, radix: 16) }.joined(separator: ", ") + ")"
    let number =
      call.number < x32SyscallBit ? "\(call.number)" : "0x" + String(call.number, radix: 16)
    return "\(name)\(list) (\(architecture), number \(number))"
  }

  private static func architecture(of call: Call) -> Architecture {
    switch call.entryPath {
    case .int80, .sysenter: .x86
    case .syscall, .vsyscall: call.number & x32SyscallBit != 0 ? .x32 : .x86_64
    }
  }
}
