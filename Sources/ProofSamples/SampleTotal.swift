import Campaign
import Foundation

/// The counts over all profiles so far.
struct SampleTotal {
  private(set) var profiles: UInt64 = 0
  var withoutFilter = 0
  private var proved = 0
  private var differing = 0
  private var unknown = 0
  private var regions = 0
  private var inPart = 0
  private var inputs = 0
  private var wrong = 0
  private var contested = 0
  private var witnesses = 0
  private var confirmed = 0
  private var notMade: [String: Int] = [:]
  private var disagreeing = 0
  private var proofSeconds = 0.0
  private var sampleSeconds = 0.0
  private var slowest: (seconds: Double, number: UInt64) = (0, 0)

  /// Nothing contradicts anything, and nothing was left untold.
  var isGood: Bool { disagreeing == 0 && unknown == 0 }

  /// Counts a profile; what there is to say of it at once.
  mutating func add(_ sample: ProofSample) -> [String] {
    var lines = sample.disagreements.map { "case \(sample.number): DISAGREES: \($0)" }
    profiles += 1
    switch sample.answer {
    case .proved: proved += 1
    case .differs:
      differing += 1
      lines.append("case \(sample.number): \(sample.difference ?? "it differs")")
    case .unknown(let reason):
      unknown += 1
      lines.append("case \(sample.number): UNKNOWN: \(reason)")
    }
    regions += sample.regions.differing + sample.regions.contested
    inPart += sample.inPart
    inputs += sample.inputs
    wrong += sample.wrong
    contested += sample.contested
    witnesses += sample.witnesses
    confirmed += sample.confirmed
    notMade.merge(sample.notMade, uniquingKeysWith: +)
    if !sample.disagreements.isEmpty { disagreeing += 1 }
    proofSeconds += sample.proofSeconds
    sampleSeconds += sample.sampleSeconds
    if sample.proofSeconds > slowest.seconds { slowest = (sample.proofSeconds, sample.number) }
    return lines
  }

  var line: String {
    """
    \(profiles) profiles (\(proved) proved, \(differing) different, \(unknown) unknown), \(inputs) inputs, \
    \(disagreeing) profiles that disagree
    """
  }

  var details: [String] {
    [
      "  \(regions) regions told, \(inPart) of them in part, as their condition has more than a dozen alternatives",
      "  inputs: \(wrong) answered wrongly by the filter and told so, \(contested) left open by the profile and told so",
      "  witnesses: \(witnesses) called on this kernel, \(confirmed) answered as the filter says",
    ]
      + notMade.sorted { $0.key < $1.key }.map { "    \($0.value) not called: \($0.key)" } + [
        "  \(withoutFilter) cases gave no filter that the kernel takes",
        String(
          format: "  %.0f s in proofs (the longest %.2f s, case %llu), %.0f s in inputs (%.0f ns each)",
          proofSeconds, slowest.seconds, slowest.number, sampleSeconds,
          sampleSeconds * 1e9 / Double(max(1, inputs))),
      ]
  }
}
