import Campaign
import SeccompModel

/// What the compiler made of the profiles, in a sentence.
struct CompilerText {
  let tally: Tally

  init(_ tally: Tally) { self.tally = tally }

  var sentence: String {
    var parts = [Numbers.counted(tally.compiled, "filter")]
    let failures = [
      (tally.compilerHangs, "hung libseccomp"), (tally.compilerCrashes, "crashed it"),
      (tally.compilerErrors, "were refused with an error"),
    ].filter { $0.0 > 0 }.map { "\(Numbers.grouped($0.0)) \($0.1)" }
    if !failures.isEmpty { parts.append("of the other profiles " + failures.joined(separator: ", ")) }
    if !tally.refusedRules.isEmpty || tally.unknownNames > 0 {
      let byErrno = tally.refusedRules.sorted { $0.key < $1.key }.map { errno, count in
        "\(Numbers.grouped(count)) with \(errnoName(errno) ?? "errno \(errno)")"
      }
      let unknown =
        tally.unknownNames > 0 ? ["\(Numbers.grouped(tally.unknownNames)) with an unknown name"] : []
      parts.append(
        "single rules not taken: \((byErrno + unknown).joined(separator: ", ")) (the policy is read without them)"
      )
    }
    return parts.joined(separator: "; ")
  }
}
