// crosscheck-overhead-trials: whether `crosscheck bench` keeps its word. Run by scripts/overhead-trials.
//
//   controls SESSIONS      ten pairs of the same thing a session, at 95 %: how many are called different
//   relations RUNS         the relations of the kernel's own benchmark, measured anew each time: are the verdicts the same?
//   agreement SECONDS      two runs: how many of the first's intervals hold the second's estimate
//   thirds SECONDS         the thirds of one run: how far they lie apart by all rounds, and by the quiet ones

import Foundation
import Overhead

func seconds(_ text: String) -> Double? { Double(text).flatMap { $0 > 0 && $0 <= 3600 ? $0 : nil } }

func controls(_ sessions: Int) throws -> Bool {
  var plan = Plan()
  for pair in 0..<10 { plan.control(.init(copy: pair)) }
  var compared = 0
  var different = 0
  for session in 0..<sessions {
    let options = Session.Options(seconds: 6, processor: Processors.allowed.last ?? 0)
    let data = try Session(plan.conditions, options).run()
    let judge = Judge(
      data, controls: plan.controls, bootstrap: Bootstrap(confidence: 0.95, seed: UInt64(session)))
    compared += judge.controls.count
    different += judge.controls.count { $0.within.excludesZero }
    print(
      "session \(session + 1): \(data.rounds) rounds; \(different) of \(compared) called different so far")
  }
  // Fourteen of two hundred, by the interval alone: what bench prints must be above the noise floor besides.
  let limit = Double(compared) * 0.07
  print("controls: \(different) of \(compared) called different at 95 % (at most \(Int(limit)))")
  return Double(different) <= limit
}

func relations(_ runs: Int) throws -> Bool {
  var verdicts: [String: [RelationResult.Verdict]] = [:]
  for run in 0..<runs {
    var options = Bench.Options(extent: "trial", seconds: 20, tool: "trial")
    options.seed = UInt64(run)
    for relation in try Bench(options).relations() {
      verdicts[relation.title, default: []].append(relation.verdict)
      let interval = relation.difference.within
      print(
        "run \(run + 1) of \(runs): \(relation.title): \(relation.verdict.rawValue), "
          + String(
            format: "%.2f [%.2f, %.2f], limit %.2f", relation.difference.estimate, interval.low,
            interval.high,
            relation.margin))
    }
  }
  for (title, verdicts) in verdicts.sorted(by: { $0.key < $1.key }) {
    print("\(title): \(verdicts.map(\.rawValue).joined(separator: " "))")
  }
  return verdicts.values.allSatisfy { Set($0).count == 1 }
}

func agreement(_ seconds: Double) throws -> Bool {
  let runs = try (0..<2).map { _ in
    try Bench(.init(extent: "trial", seconds: seconds, tool: "trial")).run()
  }
  var held = 0
  for figure in runs[0].figures {
    guard let again = runs[1].figure(figure.id) else { continue }
    if figure.interval.contains(again.estimate) {
      held += 1
    } else {
      print(
        "\(figure.id): \(figure.estimate) [\(figure.interval.low), \(figure.interval.high)], then \(again.estimate)"
      )
    }
  }
  print(
    "agreement: \(held) of \(runs[0].figures.count) intervals hold the other run's estimate (at least 90 %)")
  return Double(held) >= 0.9 * Double(runs[0].figures.count)
}

/// How far the figures of three runs lie apart, of all rounds and of the quiet ones: the runs are thirds of one.
func thirds(_ seconds: Double) throws -> Bool {
  let plan = Plan.standard(otherProcessor: Processors.allowed.first)
  var options = Session.Options(seconds: seconds, processor: Processors.allowed.last ?? 0)
  options.rounds = .max
  let data = try Session(plan.conditions, options).run()
  let length = data.rounds / 3
  let parts = (0..<3).map { data.part(($0 * length)..<(($0 + 1) * length)) }
  let quiet = parts.map(\.quietRounds)
  print("rounds: \(length) a third, of them quiet \(quiet.map(\.count))")
  var spreads: [[Double]] = [[], []]
  for figure in plan.figures where figure.relation == nil {
    for (kind, rounds) in [Array(repeating: Array(0..<length), count: 3), quiet].enumerated() {
      let estimates = zip(parts, rounds).compactMap { part, rounds in
        part.values(of: figure.weights, in: rounds).map(TrimmedMean.of)
      }
      guard let least = estimates.min(), let most = estimates.max() else { continue }
      spreads[kind].append((most - least) / (abs(most + least) / 2) * 100)
    }
    print("\(figure.id): \(percent(spreads[0].last)) of all, \(percent(spreads[1].last)) of quiet rounds")
  }
  let medians = spreads.map(Quantiles.median)
  print(
    "thirds: figures lie \(percent(medians[0])) apart (median) by all rounds, \(percent(medians[1])) by quiet ones"
  )
  return medians[1] <= medians[0]
}

func percent(_ value: Double?) -> String { value.map { String(format: "%.2f %%", $0) } ?? "?" }

let words = CommandLine.arguments.dropFirst()
guard words.count == 2, let kind = words.first, let number = words.last.flatMap(seconds) else {
  FileHandle.standardError.write(
    Data(
      "usage: crosscheck-overhead-trials controls SESSIONS | relations RUNS | agreement SECONDS | thirds SECONDS\n"
        .utf8))
  exit(64)
}

do {
  switch kind {
  case "controls": exit(try controls(Int(number)) ? 0 : 1)
  case "relations": exit(try relations(Int(number)) ? 0 : 1)
  case "agreement": exit(try agreement(number) ? 0 : 1)
  case "thirds": exit(try thirds(number) ? 0 : 1)
  default: exit(64)
  }
} catch {
  FileHandle.standardError.write(Data("crosscheck-overhead-trials: \(error)\n".utf8))
  exit(70)
}
