package import SeccompModel

extension Call {
  /// The ABI that the number belongs to.
  package var abi: String {
    switch entryPath {
    case .int80, .sysenter: "i386"
    case .syscall, .vsyscall:
      number & x32SyscallBit != 0 && number & 0x8000_0000 == 0 ? "x32" : "x86_64"
    }
  }

  /// `clone (x86_64)`; a number that no table has is told as itself.
  package var displayName: String {
    "\(SavedCase.name(of: self) ?? "number \(Int32(bitPattern: number))") (\(abi))"
  }
}
