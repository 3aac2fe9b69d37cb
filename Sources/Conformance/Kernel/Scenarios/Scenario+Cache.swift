import ClassicBPF
import Scripts
import SeccompModel

// The action cache (kernel/seccomp.c, `seccomp_cache_prepare`; since 5.11): a number that every filter of a chain allows
// whatever the arguments is answered from a bitmap. Nobody may notice: each filter here is played as it is and in a form that
// cannot be cached.
extension Scenario {
  static let cache = group("cache", equivalent + chains)

  /// Answers by A, the number: what is not denied is allowed.
  private static let programs:
    [(name: String, claim: String, program: [Instruction], denies: @Sendable (UInt32) -> Bool)] = [
      (
        "odd", "JSET", [.jump(anyBit: 1, then: 0, otherwise: 1), .return(.errno(101)), .return(.allow)],
        { $0 & 1 != 0 }
      ),
      (
        "at-least", "JGE",
        [.jump(greaterOrEqual: 512, then: 0, otherwise: 1), .return(.errno(101)), .return(.allow)],
        { $0 >= 512 }
      ),
      (
        "greater", "JGT",
        [.jump(greater: 511, then: 1, otherwise: 0), .return(.errno(101)), .return(.allow)],
        { $0 <= 511 }
      ),
      (
        "masked", "AND and JEQ",
        [.and(0x8000_0007), .jump(equal: 4, then: 0, otherwise: 1), .return(.errno(101)), .return(.allow)],
        { $0 & 0x8000_0007 == 4 }
      ),
      (
        "jumped", "JA",
        [.jump(equal: 480, then: 1, otherwise: 0), .jump(1), .return(.errno(101)), .return(.allow)],
        { $0 == 480 }
      ),
      (
        "sign", "JSET of the sign bit",
        [.jump(anyBit: 0x8000_0000, then: 0, otherwise: 1), .return(.errno(101)), .return(.allow)],
        { $0 >> 31 != 0 }
      ),
      ("allow-with-data", "ALLOW with data", [.return(0x7fff_0001)], { _ in false }),
    ]

  /// Of no call in either table, so that what is allowed is ENOSYS: at the tables' ends and beyond.
  private static let numbers: [UInt32] = [
    476, 480, 483, 484, 490, 508, 511, 548, 551, 576, 639, 640, 1023, 4095, 5000, 0x7fff_fffe, 0x8000_0000,
    0x8000_0004, 0xffff_fff0,
  ]

  private static let equivalent = programs.flatMap { name, claim, program, denies in
    [EntryPath.syscall, .int80].flatMap { entry in
      [false, true].map { isHidden in
        Scenario(
          "cache-\(name)-\(entry == .syscall ? "syscall" : "int80")-\(isHidden ? "not-cached" : "cached")",
          "a filter by \(claim) gives each number its verdict\(isHidden ? ", in a form that is not cached" : "")",
          needs: entry == .int80 ? [.compatCalls] : []
        ) { play in
          play.setNoNewPrivileges()
          // A load of an argument is more than the cache's emulator knows.
          let prefix: [Instruction] = isHidden ? [.load(.low(argument: 0))] : []
          play.install(
            Filter(
              prefix + [.load(.number), .jump(equal: 202, then: 0, otherwise: 1), .return(.allow)] + program))
          for number in numbers {
            play.call(ScriptCall(entry, rax: UInt64(number)), .returns(denies(number) ? -101 : -38))
          }
        }
      }
    }
  }

  private static let chains: [Scenario] = [
    Scenario("cache-of-chain", "a number that the newest filter allows always is denied by an older one") {
      $0.setNoNewPrivileges()
      $0.install(.on(Number.getppid, .errno(5)))
      for _ in 0..<3 { $0.install(.always(.allow)) }
      $0.call(.getppid, .returns(-5))
      $0.call(.getpid, .positive)
    },
    Scenario("cache-of-thread", "a thread's own filter leaves its sibling's cached numbers allowed") {
      $0.setNoNewPrivileges()
      $0.install(.always(.allow))
      $0.spawnThread(1)
      $0.install(.on(Number.getppid, .errno(5)), by: 1)
      $0.call(.getppid, .returns(-5), by: 1)
      $0.call(.getppid, .positive)
      $0.install(.on(Number.getpid, .errno(6)), by: 0)
      $0.call(.getpid, .positive, by: 1)
    },
    Scenario(
      "cache-by-architecture", "a number is cached for each architecture by itself", needs: [.compatCalls]
    ) {
      $0.setNoNewPrivileges()
      $0.install(
        Filter([
          .load(.architecture), .jump(equal: AuditToken.i386, then: 0, otherwise: 1), .jump(1),
          .return(.allow),
          .load(.number), .jump(equal: Number.getppid, then: 0, otherwise: 1), .return(.errno(5)),
          .return(.allow),
        ]))
      $0.call(.getppid, .positive)
      $0.call(ScriptCall(.int80, rax: UInt64(Number.getppid)), .returns(-5))
    },
    Scenario("cache-by-argument", "a number that is allowed for some arguments is not cached") {
      $0.setNoNewPrivileges()
      $0.install(.on(Number.getppid, where: .low(argument: 0), is: 1, .errno(5)))
      for _ in 0..<2 {
        $0.call(.named("getppid", [0]), .positive)
        $0.call(.named("getppid", [1]), .returns(-5))
      }
    },
  ]
}
