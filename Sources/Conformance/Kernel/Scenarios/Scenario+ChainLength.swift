import ClassicBPF
import Scripts
import SeccompModel

// How long all filters of a thread may be together (kernel/seccomp.c, MAX_INSNS_PER_PATH): 32768 instructions of the
// programs that they are translated to, and 4 more for each filter that is there already.
extension Scenario {
  static let chainLength = group("chain-length", limits + others)

  /// The translation's length is that of 6.x kernels without constant blinding (`bpf_jit_harden`).
  private static func limit(
    _ name: String, _ claim: String, _ filter: Filter, fits count: Int, covers: [String] = []
  ) -> Scenario {
    Scenario(
      name, "\(claim): \(count) of them fit, and the next is ENOMEM",
      needs: [.since(6, 1, "programs are translated to this length")], covers: covers
    ) { play in
      play.setNoNewPrivileges()
      let index = play.filter(filter)
      play.call(.install(index).repeated(count), StepExpectation.returns(0).after(successes: count - 1))
      play.call(.install(index), .fails(.noMemory))
      play.call(.getpid, .positive)
    }
  }

  private static func guarded(_ jump: Instruction) -> Filter {
    Filter([.load(.number), jump, .return(.errno(0)), .return(.allow)])
  }

  private static let limits: [Scenario] = [
    limit(
      "chain-return", "a return counts 2, and a program's beginning 3", .always(.allow), fits: 3641,
      covers: ["global.filter_chain_limits"]),
    limit(
      "chain-return-a", "a return of A counts 1", Filter([.load(immediate: 0x7fff_0000), .returnA]),
      fits: 3641),
    limit(
      "chain-branch-one-sided", "a branch with one side counts 1",
      guarded(.jump(equal: 5000, then: 0, otherwise: 1)), fits: 2520),
    limit(
      "chain-branch-two-sided", "a branch with two sides counts 2",
      guarded(.jump(equal: 5000, then: 1, otherwise: 1)), fits: 2340),
    limit(
      "chain-branch-high-constant", "a constant with bit 31 counts 1 more",
      guarded(.jump(equal: 0xffff_0000, then: 0, otherwise: 1)), fits: 2340),
    limit(
      "chain-branch-set-high-constant", "a test for bit 31 has no inverse and counts 3",
      guarded(.jump(anyBit: 0x8000_0000, then: 0, otherwise: 1)), fits: 2184),
    limit(
      "chain-divide-x", "a division by X counts 5",
      Filter([.loadX(immediate: 1), .operation(.divideX), .return(.allow)]), fits: 2184),
    limit(
      "chain-longest-of-returns", "4096 returns count 8195",
      Filter(Array(repeating: .return(.allow), count: 4096)), fits: 3),
    limit(
      "chain-longest-of-loads", "4095 loads and a return count 4100", .length(4096), fits: 7,
      covers: ["global.filter_chain_limits"]),
  ]

  private static let others: [Scenario] = [
    Scenario(
      "chain-to-the-last-instruction", "a chain may count 32768, and not one more",
      needs: [.since(6, 1, "programs are translated to this length")], covers: ["global.filter_chain_limits"]
    ) {
      $0.setNoNewPrivileges()
      // 7 times 4100 and 4: 4040 are left.
      let long = $0.filter(.length(4096))
      $0.call(.install(long).repeated(7))
      $0.install(.length(4037), .fails(.noMemory))
      $0.install(.length(4036))
      $0.install(.always(.allow), .fails(.noMemory))
    },
    Scenario(
      "chain-eventually-full", "however long a filter is, a chain of them is full at some time: ENOMEM"
    ) {
      $0.setNoNewPrivileges()
      let index = $0.filter(.length(4096))
      $0.call(.install(index).repeated(40), .fails(.noMemory))
      $0.call(.getpid, .positive)
    },
    Scenario("chain-full-takes-shorter", "a chain that is full for a long filter takes a short one") {
      $0.setNoNewPrivileges()
      let index = $0.filter(.length(4096))
      $0.call(.install(index).repeated(40), .fails(.noMemory))
      $0.install(.on(Number.getpid, .errno(5)))
      $0.call(.getpid, .returns(-5))
    },
    Scenario(
      "chain-refused-leaves-none", "a filter refused for the total length binds nobody",
      needs: [.filterCount]
    ) {
      $0.setNoNewPrivileges()
      let index = $0.filter(.length(4096))
      $0.call(.install(index).repeated(40), .fails(.noMemory).after(successes: 7))
      $0.status(of: 0, mode: 2, filters: 7)
      let denying = $0.filter(
        Filter(Array(repeating: .load(immediate: 1), count: 4095) + [.return(.errno(5))]))
      $0.call(.install(denying), .fails(.noMemory))
      $0.status(of: 0, mode: 2, filters: 7)
      $0.call(.getpid, .positive)
    },
    Scenario("chain-of-a-child-is-counted", "the filters that a child inherits count for its own chain") {
      $0.setNoNewPrivileges()
      let index = $0.filter(.length(4096))
      $0.call(.install(index).repeated(40), .fails(.noMemory))
      $0.spawnProcess(1)
      $0.call(.install(index), .fails(.noMemory), by: 1)
    },
  ]
}
