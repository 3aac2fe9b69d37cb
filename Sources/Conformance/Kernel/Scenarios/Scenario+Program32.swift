import ClassicBPF
import Scripts
import SeccompModel

// 32-bit programs: by int $0x80 and, through the vDSO, by sysenter (arch/x86/entry/entry_64_compat.S). Both have the 32-bit
// architecture.
extension Scenario {
  static let program32 = group("program-32", entries32.flatMap(calls) + others)

  private static let entries32: [(name: String, entry: EntryPath, fact: KernelFact)] = [
    ("int80", .int80, .compatCalls), ("sysenter", .sysenter, .sysenter),
  ]

  private static func program(
    _ name: String, _ claim: String, needs: [KernelFact], _ steps: (inout Play) -> Void
  ) -> Scenario {
    Scenario("program-32-\(name)", claim, needs: needs) { play in
      play.setNoNewPrivileges()
      play.step(0, .execute(.i386))
      steps(&play)
    }
  }

  private static func install32(_ filter: Int) -> ScriptCall {
    .int80("seccomp", [1, 0, .program32(filter)])
  }

  private static func calls(_ name: String, _ entry: EntryPath, _ fact: KernelFact) -> [Scenario] {
    func call(_ number: UInt64) -> ScriptCall { ScriptCall(entry, rax: number) }
    // By the vDSO the address is that behind the vDSO's own entering instruction.
    let place: UInt64? = entry == .int80 ? 0 : nil
    return [
      program("\(name)-errno", "a 32-bit program's \(name) is filtered: ERRNO", needs: [fact]) {
        let filter = $0.filter(.on(Number.getpid32, AuditToken.i386, .errno(5)))
        $0.call(call(20), .positive)
        $0.call(install32(filter))
        $0.call(call(20), .returns(-5))
        $0.call(call(64), .positive)
      },
      program(
        "\(name)-trap", "a 32-bit program's \(name) is filtered: SIGSYS tells the 32-bit architecture",
        needs: [fact]
      ) {
        $0.handle(.record(flags: []))
        let filter = $0.filter(.on(Number.getpid32, .trap(0xbeef)))
        $0.call(install32(filter))
        $0.call(
          call(20),
          .traps(
            .init(errno: 0xbeef, number: 20, architecture: AuditToken.i386, callAddress: place), returning: 20
          ))
      },
      program(
        "\(name)-kill", "a 32-bit program's \(name) is filtered: KILL_PROCESS", needs: [fact, .fullActions]
      ) {
        let filter = $0.filter(.on(Number.getpid32, .killProcess))
        $0.call(install32(filter))
        $0.call(call(20), .dies(by: Signal.badCall))
      },
      program(
        "\(name)-unused", "a 32-bit program's \(name) of no call is ENOSYS, or what the filter says",
        needs: [fact]
      ) {
        for number in [1000, 0x4000_0014, 0xffff_ffff] as [UInt64] {
          $0.call(call(number), .fails(.noSuchCall))
        }
        for (errno, number) in zip([11, 12, 13] as [UInt16], [1000, 0x4000_0014, 0xffff_ffff] as [UInt32]) {
          let filter = $0.filter(.on(number, .errno(errno)))
          $0.call(install32(filter))
          $0.call(call(UInt64(number)), .returns(-Int64(errno)))
        }
      },
      program(
        "\(name)-errno-capped", "a 32-bit program sees -4095 for any greater ERRNO",
        needs: [fact, .errnoCapped]
      ) {
        let filter = $0.filter(.on(Number.getpid32, .errno(0xffff)))
        $0.call(install32(filter))
        $0.call(call(20), .returns(-4095))
      },
      program(
        "\(name)-strict", "strict mode lets a 32-bit program's read, write and exit through by \(name)",
        needs: [fact]
      ) {
        $0.spin()
        $0.call(.int80("seccomp", [0, 0, 0]))
        $0.call(ScriptCall(entry, rax: 3, [.value(0xffff_ffff)]), .fails(.badDescriptor))
        $0.call(ScriptCall(entry, rax: 4, [.value(0xffff_ffff)]), .fails(.badDescriptor))
        $0.call(ScriptCall(entry, rax: 1, [5]), .exits(5))
      },
      program(
        "\(name)-strict-kills", "strict mode ends a 32-bit program's other calls by SIGKILL", needs: [fact]
      ) {
        $0.spin()
        $0.call(.int80("seccomp", [0, 0, 0]))
        $0.call(call(20), .dies(by: Signal.kill))
      },
    ]
  }

  private static let others: [Scenario] = [
    program("exempt-not", "in a 32-bit program the numbers 335 and 336 are filtered", needs: [.compatCalls]) {
      $0.spin()
      let filter = $0.filter(.always(.errno(777)))
      $0.call(install32(filter))
      $0.call(ScriptCall(.int80, rax: 335), .returns(-777))
      $0.call(ScriptCall(.int80, rax: 336), .returns(-777))
    },
    program(
      "argument-halves", "a 32-bit program's arguments have upper halves of zero", needs: [.compatCalls]
    ) {
      let filter = $0.filter(.on(Number.getpid32, where: .high(argument: 2), is: 0, .errno(5)))
      $0.call(install32(filter))
      $0.call(
        ScriptCall(.int80, rax: 20, [.value(.max), .value(.max), .value(.max), 1, 2, 3]), .returns(-5))
    },
    program("spawn", "a 32-bit program's child is bound by its filters", needs: [.compatCalls]) {
      let filter = $0.filter(.on(Number.getpid32, .errno(5)))
      $0.call(install32(filter))
      $0.spawnProcess(1)
      $0.call(.int80("getpid"), .returns(-5), by: 1)
    },
  ]
}
