import ClassicBPF
import Glibc
import Prediction
import Probing
import SeccompModel
import Testing

@Suite("A filter and its uncacheable form", .serialized, .timeLimit(.minutes(30)))
struct ActionCacheTests {
  /// A denial of the number 39 and of 20 by int $0x80, the rest allowed; cached for nearly all numbers.
  static let filter = Filter([
    .load(.architecture), .jump(equal: AuditToken.i386, then: 3, otherwise: 0), .load(.number),
    .jump(equal: 39, then: 3, otherwise: 0), .return(.allow), .load(.number),
    .jump(equal: 20, then: 0, otherwise: 1), .return(.errno(3)), .return(.allow),
  ])

  private static func equivalence(_ filter: Filter = filter) throws -> ActionCacheEquivalence {
    try #require(try ActionCacheEquivalence(filter, model: KernelModel(features: FeatureProbe.detect())))
  }

  @Test("answer every number of every table alike")
  func alike() throws {
    var equivalence = try Self.equivalence()
    let report = try equivalence.judge(on: Probe())
    #expect(report.differed == 0, "\(report.differences)")
    let calls = ActionCacheEquivalence.calls()
    #expect(report.taggedCalls == 2 * calls.count && report.shieldedCalls == 2 * calls.count)
    #expect(!report.isUntaggable)
    for number in 0...SyscallTable.x86_64.highestNumber {
      #expect(calls.contains { $0.entryPath == .syscall && $0.rax == UInt64(number) })
    }
  }

  @Test(
    "answer live calls alike, while the cache is in use",
    .enabled(if: geteuid() == 0, "live calls need root for namespaces of their own"))
  func live() throws {
    var equivalence = try Self.equivalence()
    let baseline = try ActionCacheEquivalence.LiveBaseline(entryPaths: [.syscall, .int80])
    let report = try equivalence.judgeLive(baseline)
    #expect(report.differed == 0, "\(report.differences)")
    #expect(report.liveCalls > 1500)

    // A cache that takes 38 for allowed: as if the filter allowed it, where it does not.
    var denies = try Self.equivalence(
      Filter([
        .load(.number), .jump(equal: 38, then: 0, otherwise: 1), .return(.errno(3)), .return(.allow),
      ]))
    let found = try denies.judgeLive(baseline) { $0.count == 4 ? Filter([.return(.allow)]) : $0 }
    #expect(found.differed == 2)
    let difference = try #require(found.differences.first)
    #expect(difference.call.number == 38 && difference.expected == .returned(-3))
    #expect(difference.uncacheable == .returned(-3) && difference.plain != .returned(-3))
  }

  @Test("are told apart when the kernel confuses one number")
  func planted() throws {
    var equivalence = try Self.equivalence()
    let report = try equivalence.judge(on: Probe()) { filter in
      Filter(filter.instructions.map { $0.k == 39 ? .jump(equal: 40, then: 3, otherwise: 0) : $0 })
    }
    #expect(report.differed == 4)
    #expect(Set(report.differences.map(\.call.number)) == [39, 40])
    #expect(Set(report.differences.map(\.manner)) == [.tagged, .shielded])
  }

  @Test("exist for filters that have room for two instructions")
  func room() throws {
    let long = Filter(Array(repeating: Instruction.return(.allow), count: 4094))
    #expect(ActionCacheEquivalence.uncacheable(long)?.count == 4096)
    #expect(ActionCacheEquivalence.uncacheable(Filter(long.instructions + [.return(.allow)])) == nil)
  }
}
