import SeccompModel

extension OCICase {
  /// Entries with one action whose conditions overlap. Whatever entries come to together, a call that one of them
  /// names gets the action that all of them have; libseccomp up to 2.6.1 merges some such rules wrongly, or does not
  /// come to an end.
  static let overlaps: [OCICase] = [
    overlap(
      "overlap-le-and-le-gt", "a0 <= 3, or a0 <= 0 with a2 > 41",
      [readv(.init(0, "LE", 3)), readv(.init(0, "LE", 0), .init(2, "GT", 41))],
      [([0, 0, 5], true), ([0, 0, 50], true), ([3, 0, 0], true), ([4, 0, 0], false)]),
    overlap(
      "overlap-lt-lt-and-lt", "a0 < 5 with a2 < 5, or a0 < 39",
      [readv(.init(0, "LT", 5), .init(2, "LT", 5)), readv(.init(0, "LT", 39))],
      [([0, 0, 39], true), ([0, 0, 4], true), ([38, 0, 39], true), ([39, 0, 39], false)]),
    overlap(
      "overlap-both-halves", "a0 <= 2, or a0 < 2^32",
      [readv(.init(0, "LE", 2)), readv(.init(0, "LT", 1 << 32))],
      [([2], true), ([3], true), ([0xffff_ffff], true), ([1 << 32], false)]),
    OCICase(
      "overlap-gt-and-le-masked",
      "a0 > 1, or a0 <= 2 with no bit of 0x28 in a2: each applies, and nothing else",
      level: .common, [.applied, .union, .allTrue],
      SeccompText.allowing(
        readv(.init(0, "GT", 1)), readv(.init(0, "LE", 2), .init(2, "MASKED_EQ", 0x28, 0))),
      .verdictsOrRefusal(
        SuiteCall.native("process_vm_readv", 2, 0, 0).gets(.errno(99)),
        SuiteCall.native("process_vm_readv", 0, 0, 0x06).gets(.errno(99)),
        SuiteCall.native("process_vm_readv", 0, 0, 0x26).gets(.allow))),
    overlap(
      "overlap-shared-condition", "a0 > 5 with a1 <= 2, or a0 > 5 with a1 = 7",
      [
        readv(.init(0, "GT", 5), .init(1, "LE", 2)), readv(.init(0, "GT", 5), .init(1, "EQ", 7)),
      ],
      [([6, 2], true), ([6, 7], true), ([5, 3], false)]),
    overlap(
      "overlap-eq-and-ge", "a0 = 5, or a0 >= 3", [readv(.init(0, "EQ", 5)), readv(.init(0, "GE", 3))],
      [([5], true), ([3], true), ([4], true), ([2], false), ([1 << 32], true)]),
  ]

  private static func overlap(
    _ name: String, _ claim: String, _ entries: [String], _ calls: [([UInt64], Bool)]
  ) -> OCICase {
    var acceptance = Acceptance(
      calls.map { arguments, matches in
        var call = SuiteCall.native("process_vm_readv")
        for (index, argument) in arguments.enumerated() { call.arguments[index] = argument }
        return call.gets(matches ? .errno(99) : .allow)
      })
    acceptance.mayBeRefused = true
    return OCICase(
      name, "\(claim): each entry applies to the calls it names", [.applied, .union],
      .json(SeccompText.object("SCMP_ACT_ALLOW", entries: entries)), .accept(acceptance))
  }
}
