/// The line that a terminal shows while a run goes on.
package enum ProgressText {
  /// Of a fuzz campaign; `remaining` in seconds, nil for one without an end.
  package static func fuzz(
    seconds: Double, remaining: Double?, cases: Int, kernelCalls: Int, families: Int, newFamilies: Int
  ) -> String {
    var parts = [Numbers.seconds(seconds.rounded())]
    if let remaining { parts[0] += ", \(Numbers.seconds(remaining.rounded())) left" }
    parts.append(Numbers.counted(cases, "case"))
    let rate = seconds > 0 ? Double(kernelCalls) / seconds : 0
    parts.append("\(Numbers.counted(kernelCalls, "kernel call")) (\(Numbers.grouped(Int(rate)))/s)")
    parts.append(
      families == 0
        ? "no finding" : "\(Numbers.counted(families, "finding")), \(Numbers.grouped(newFamilies)) new")
    return parts.joined(separator: " | ")
  }

  /// Of a campaign of histories; `remaining` in seconds, nil for one without an end.
  package static func histories(
    seconds: Double, remaining: Double?, histories: Int, steps: Int, families: Int
  ) -> String {
    var parts = [Numbers.seconds(seconds.rounded())]
    if let remaining { parts[0] += ", \(Numbers.seconds(remaining.rounded())) left" }
    let rate = seconds > 0 ? Double(histories) / seconds : 0
    parts.append(
      "\(Numbers.counted(histories, "history", plural: "histories")) (\(Numbers.grouped(Int(rate)))/s)")
    parts.append(Numbers.counted(steps, "step"))
    parts.append(families == 0 ? "no finding" : Numbers.counted(families, "finding"))
    return parts.joined(separator: " | ")
  }

  /// Of a check; `fraction` of the stage, 0 to 1.
  package static func check(stage: String, fraction: Double) -> String {
    let percent = fraction.isFinite ? Int((min(max(fraction, 0), 1) * 100).rounded(.down)) : 0
    return "\(stage) \(percent) %"
  }
}
