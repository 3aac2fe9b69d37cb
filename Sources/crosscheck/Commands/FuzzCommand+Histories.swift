import Campaign
import Foundation
import Reporting

// `crosscheck fuzz --histories`
extension FuzzCommand {
  func runHistories() throws {
    try page.prepare()
    let seed = seed?.value ?? UInt64.random(in: .min ... .max)
    var options = HistoryOptions(
      seed: seed, directory: resume ?? output ?? RunPlace.free("./crosscheck-run-\(String(seed, radix: 16))"),
      workers: jobs ?? ProcessInfo.processInfo.activeProcessorCount)
    options.resumes = resume != nil
    options.duration = duration?.duration
    options.cases = cases
    if resume == nil { printing.note("seed \(Numbers.hexadecimal(seed)), run in \(options.directory)") }
    let campaign = try HistoryCampaign(options)
    StopSignals.handle { campaign.stop() }
    let line = ProgressLine(isWanted: printing.wantsProgress)
    let summary = try campaign.run {
      line.show(
        ProgressText.histories(
          seconds: $0.seconds, remaining: $0.remaining.map { $0 / .seconds(1) }, histories: $0.histories,
          earlier: $0.earlierHistories, steps: $0.steps, families: $0.families))
    }
    line.remove()
    let unwritten = page.write { HistoryPage(summary, written: Date()).page }
    try StandardStream.output.writeAnswer(
      printing.json ? try ResultJSON.text(of: summary) : HistoryText(summary).text)
    if let unwritten { throw unwritten }
    if summary.isEmpty {
      throw Failure(.missing, "nothing was judged: the run ended before its first history did")
    }
    if !summary.agrees { throw ExitStatus.differ }
  }
}
