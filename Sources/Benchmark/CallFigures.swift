import Campaign
import Generation
import Probing
import SeccompModel

/// Verdicts that kill nothing: the probe alone, and everything from drawing calls to comparing, against a C loop that
/// only makes the calls.
struct CallFigures {
  let workbench: Workbench
  let bare: BareLoop
  let subject: Subject
  let rounds: Int

  private enum Mix: String, CaseIterable {
    case syscall = "syscall"
    case int80 = "int80"
    case half = "half each"

    func apply(to calls: UnsafeMutableBufferPointer<Call>) {
      for index in calls.indices {
        // uretprobe (335), which no filter is asked about, ends in SIGILL: no call for a loop that cannot go on.
        if calls[index].number == 335 { calls[index].rax = 39 }
        calls[index].entry =
          switch self {
          case .syscall: EntryPath.syscall.rawValue
          case .int80: EntryPath.int80.rawValue
          case .half: index & 1 == 0 ? EntryPath.syscall.rawValue : EntryPath.int80.rawValue
          }
      }
    }
  }

  private struct Measured {
    var bare = Samples()
    var probe = Samples()
    var whole = Samples()
  }

  func measure() throws -> [Figure] {
    var figures: [Figure] = []
    guard var standing = try StandingFilter(subject.layer(), on: workbench) else {
      return [Figure("calls under the containers filter", missing: "the filter cannot be tagged")]
    }
    for mix in Mix.allCases {
      figures += try measure(mix, batch: Probe.batchCapacity, standing: &standing, hasTargets: true)
    }
    // What a campaign's short batches cost: the hand-over and a kid for each.
    figures += try measure(
      .half, batch: CaseEffort().calls, standing: &standing, hasTargets: false)
    return figures
  }

  private func measure(
    _ mix: Mix, batch: Int, standing: inout StandingFilter, hasTargets: Bool
  ) throws -> [Figure] {
    var measured = Measured()
    for round in 0..<rounds {
      // Who goes first changes from round to round; all make the calls that this draws.
      _ = try whole(mix, batch, round, &standing)
      for turn in 0..<3 {
        switch (round + turn) % 3 {
        case 0: measured.bare.append(try bare.run(.calls, count: batch, memoryOf: workbench.probe))
        case 1: measured.probe.append(try probeAlone(batch))
        default: measured.whole.append(try whole(mix, batch, round, &standing))
        }
      }
    }
    let name = "\(mix.rawValue), batches of \(batch)"
    return [
      Figure("bare C loop, \(name)", "ns/call", measured.bare),
      Figure(
        "probe alone, \(name)", "ns/call", measured.probe, over: measured.bare,
        target: hasTargets ? .ratioAtMost(1.15) : nil),
      Figure(
        "draw, predict twice, call, compare, \(name)", "ns/call", measured.whole, over: measured.bare,
        target: hasTargets ? .ratioAtMost(3) : nil),
    ]
  }

  private func probeAlone(_ batch: Int) throws -> Double {
    // The bare loop's calls are warm too: it times its second pass.
    _ = try workbench.probe.run(count: batch)
    return try nanoseconds { _ = try workbench.probe.run(count: batch) } / Double(batch)
  }

  private func whole(_ mix: Mix, _ batch: Int, _ round: Int, _ standing: inout StandingFilter) throws
    -> Double
  {
    var elapsed = 0.0
    for _ in 0..<2 {
      var random = RandomSource(seed: UInt64(round), caseNumber: 0)
      var tally = Tally()
      elapsed = try nanoseconds {
        tally = try standing.ask(count: batch, random: &random, change: mix.apply)
      }
      guard tally.taggedCalls == batch, tally.taggedDiffered == 0 else {
        throw BareLoop.Failure(
          description: "\(tally.taggedDiffered) of \(tally.taggedCalls) calls differed from their prediction")
      }
    }
    return elapsed / Double(batch)
  }
}
