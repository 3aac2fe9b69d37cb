import CSeccomp
import Glibc
import SeccompModel
import Testing

/// The tables against libseccomp's resolver, (name, number) by (name, number).
@Suite("Agreement with libseccomp's resolver")
struct LibseccompAgreementTests {
  private func number(_ name: String, _ architecture: Architecture) -> Int32 {
    seccomp_syscall_resolve_name_arch(architecture.libseccompToken, name)
  }

  private func name(_ number: Int32, _ architecture: Architecture) -> String? {
    guard let name = seccomp_syscall_resolve_num_arch(architecture.libseccompToken, number) else {
      return nil
    }
    defer { free(name) }
    return String(cString: name)
  }

  @Test("each name has the library's number, or is younger than the library", arguments: ABI.all)
  func names(abi: ABI) throws {
    var unknown: Set<String> = []
    for (number, name) in abi.table.entries {
      let answer = self.number(name, abi.architecture)
      if answer == __NR_SCMP_ERROR {
        unknown.insert(name)
      } else if abi.architecture == .x32, name == "map_shadow_stack", answer < 0 {
        // Linux 6.6 had it for x86_64 alone: a pseudo number in libraries of that time.
        unknown.insert(name)
      } else if abi.architecture == .x86, let call = MultiplexedCall.named(name) {
        #expect(answer == call.libseccompPseudoNumber, "\(name)")
      } else {
        #expect(answer == Int32(bitPattern: number), "\(name)")
      }
    }
    #expect(unknown.subtracting(YoungCalls.all) == [])
    let version = try #require(seccomp_version()).pointee
    if (version.major, version.minor) == (2, 5) {
      #expect(unknown.isSuperset(of: YoungCalls.afterLinux6_7))
    }
  }

  @Test(
    "each number has the library's name, and the library names no number that is free", arguments: ABI.all)
  func numbers(abi: ABI) {
    for low in UInt32(0)...600 {
      let number = low | abi.table.numberBits
      let ours = abi.table.name(of: number)
      if let theirs = name(Int32(bitPattern: number), abi.architecture) {
        // A later library may know calls after the table's last.
        if low <= 471 || low >= 512 { #expect(ours == theirs, "\(number)") }
      } else if let ours {
        #expect(YoungCalls.all.contains(ours), "\(number)")
      }
    }
  }

  @Test("no counterpart's name is taken by the library for a call of that ABI", arguments: ABI.all)
  func counterparts(abi: ABI) {
    let names = ABI.all.flatMap { $0.table.entries.map(\.name) } + ["pread", "sysctl", "fstatat", "umount"]
    var seen = 0
    for name in names where abi.table.counterpart(of: name) != nil {
      seen += 1
      #expect(number(name, abi.architecture) < 0, "\(name)")
    }
    #expect(seen >= 4)
  }

  @Test("the library turns each multiplexed name into its multiplexer on i386")
  func multiplexers() {
    for call in MultiplexedCall.all {
      let rewritten = seccomp_syscall_resolve_name_rewrite(Architecture.x86.libseccompToken, call.name)
      #expect(rewritten == Int32(call.multiplexer.number), "\(call.name)")
      #expect(number(call.name, .x86) == call.libseccompPseudoNumber, "\(call.name)")
    }
  }

  @Test("architectures have the library's tokens, or are younger than the library")
  func architectures() {
    var unknown: Set<Architecture> = []
    for architecture in Architecture.allCases {
      let token = seccomp_arch_resolve_name(architecture.libseccompName)
      if token == 0 {
        unknown.insert(architecture)
      } else {
        #expect(token == architecture.libseccompToken, "\(architecture)")
      }
    }
    #expect(unknown.subtracting([.loongarch64, .m68k, .sh, .sheb]) == [])
  }
}
