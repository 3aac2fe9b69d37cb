import ClassicBPF
package import SeccompModel

extension SideComparison {
  /// A plainer input that both sides answer as this one: nothing in it that makes no difference.
  package func simplified(_ input: SeccompData) -> SeccompData {
    let answers = (one.verdicts(for: input), other.verdicts(for: input))
    func isAlike(_ candidate: SeccompData) -> Bool {
      (one.verdicts(for: candidate), other.verdicts(for: candidate)) == answers
    }
    var input = input
    // Number and architecture are the region's.
    for word in DataWord.all.dropFirst(2).reversed() where input[word] != 0 {
      var plainer = input
      plainer[word] = 0
      if isAlike(plainer) {
        input = plainer
        continue
      }
      for bit in (0..<UInt32(32)).reversed() where input[word] & 1 << bit != 0 {
        plainer = input
        plainer[word] ^= 1 << bit
        if isAlike(plainer) { input = plainer }
      }
      // 0 is answered otherwise: somewhere below is a border.
      var below: UInt32 = 0
      while input[word] - below > 1 {
        plainer = input
        plainer[word] = below + (input[word] - below) / 2
        if isAlike(plainer) { input = plainer } else { below = plainer[word] }
      }
    }
    return input
  }
}
