import Campaign
import Foundation
import Probing

// A measurement and no gate: a missed target is told, not punished.
// Unbuffered: each figure is seen when it is there.
func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
let rounds = 15
let features = try FeatureProbe.detect()
let workbench = try Workbench(Workbench.Options(), features: features)
let bare = try BareLoop()
let subject = try Subject()

say(Machine.text)
say(
  "rounds     \(rounds); sides of a ratio alternate in each round, the ratio is the median of the rounds' ratios\n"
)
say(Figure.header)
var figures: [Figure] = []

@MainActor
func show(_ measured: [Figure]) {
  for figure in measured { say(figure.text) }
  figures += measured
}

show(try CallFigures(workbench: workbench, bare: bare, subject: subject, rounds: rounds).measure())
show(try KillFigures(workbench: workbench, bare: bare, subject: subject, rounds: rounds).measure())
show(try PredictionFigures(workbench: workbench, subject: subject, rounds: rounds).measure())
show(try CampaignFigure().measure())

let met = figures.count { $0.isMet == true }
let missed = figures.count { $0.isMet == false }
let absent = figures.count { $0.missing != nil }
say(
  "\n\(met) targets met, \(missed) not reached, \(absent) figures not measured; load at the end \(Machine.load)"
)
