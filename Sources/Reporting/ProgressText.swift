/// The line that a terminal shows while a run goes on.
package enum ProgressText {
  /// Of a fuzz campaign; `remaining` in seconds, nil for one without an end. Of the kernel calls `earlier` were made before
  /// the seconds began.
  package static func fuzz(
    seconds: Double, remaining: Double?, cases: Int, kernelCalls: Int, earlier: Int = 0, families: Int,
    newFamilies: Int
  ) -> String {
    var parts = [time(seconds, remaining)]
    parts.append(Numbers.counted(cases, "case"))
    parts.append(
      "\(Numbers.counted(kernelCalls, "kernel call")) (\(Numbers.grouped(rate(kernelCalls - earlier, seconds)))/s)"
    )
    parts.append(
      families == 0
        ? "no finding" : "\(Numbers.counted(families, "finding")), \(Numbers.grouped(newFamilies)) new")
    return parts.joined(separator: " | ")
  }

  /// Of a campaign of histories; `remaining` in seconds, nil for one without an end. Of the histories `earlier` were played
  /// before the seconds began.
  package static func histories(
    seconds: Double, remaining: Double?, histories: Int, earlier: Int = 0, steps: Int, families: Int
  ) -> String {
    var parts = [time(seconds, remaining)]
    parts.append(
      "\(Numbers.counted(histories, "history", plural: "histories")) "
        + "(\(Numbers.grouped(rate(histories - earlier, seconds)))/s)")
    parts.append(Numbers.counted(steps, "step"))
    parts.append(families == 0 ? "no finding" : Numbers.counted(families, "finding"))
    return parts.joined(separator: " | ")
  }

  /// After its time is up a campaign still brings to an end what it is at: nothing is left then.
  private static func time(_ seconds: Double, _ remaining: Double?) -> String {
    Numbers.seconds(seconds.rounded())
      + (remaining.map { ", \(Numbers.seconds(max($0, 0).rounded())) left" } ?? "")
  }

  private static func rate(_ count: Int, _ seconds: Double) -> Int {
    seconds > 0 ? Int(min(max(Double(count) / seconds, 0), 1e15)) : 0
  }

  /// Of a check; `fraction` of the stage, 0 to 1.
  package static func check(stage: String, fraction: Double) -> String {
    let percent = fraction.isFinite ? Int((min(max(fraction, 0), 1) * 100).rounded(.down)) : 0
    return "\(stage) \(percent) %"
  }
}
