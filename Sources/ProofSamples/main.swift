import Campaign
import Foundation
import Generation
import ProfileFiles
import Profiles

// Proofs against samples; scripts/proof-samples says what for.
func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

let words = CommandLine.arguments.dropFirst().map { UInt64($0) }
guard words.count == 4, let profiles = words[0], let inputs = words[1], let seed = words[2],
  let first = words[3], profiles > 0, inputs > 0
else {
  FileHandle.standardError.write(
    Data("usage: crosscheck-proof-samples PROFILES INPUTS SEED FIRST-CASE\n".utf8))
  exit(64)
}
// The script goes to the repository's root first.
let corpus = try FileManager.default.contentsOfDirectory(atPath: "Corpus/profiles").sorted()
  .filter { $0.hasSuffix(".json") }.map { try ProfileFile.read("Corpus/profiles/\($0)").profile }
let sampling = ProofSampling(
  try ProofBench(ProofOptions()), ProfileGenerator(seed: seed, corpus: corpus), inputs: Int(clamping: inputs))
var total = SampleTotal()
var number = first
// Of ten cases about one gives no filter.
while total.profiles < profiles, number < first &+ 4 &* profiles &+ 100 {
  if let sample = try sampling.run(case: number) {
    for line in total.add(sample) { say(line) }
    if total.profiles % 100 == 0 { say("  after case \(number): \(total.line)") }
  } else {
    total.withoutFilter += 1
  }
  number += 1
}
say("seed \(seed), cases \(first) to \(number - 1): \(total.line)")
for line in total.details { say(line) }
exit(total.isGood && total.profiles == profiles ? 0 : 1)
