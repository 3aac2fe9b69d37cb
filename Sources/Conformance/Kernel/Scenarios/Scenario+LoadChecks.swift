import ClassicBPF
import Scripts
import SeccompModel

// What is looked at when a filter is loaded (net/core/filter.c, `bpf_check_classic` and `check_load_and_stores`;
// kernel/seccomp.c, `seccomp_check_filter`).
extension Scenario {
  static let loadChecks = group(
    "load-checks", operands + offsets + memory + jumps + endings + lengths)

  private static func accepts(
    _ name: String, _ claim: String, needs: [KernelFact] = [], covers: [String] = [], _ filters: Filter...
  ) -> Scenario {
    load(name, claim, needs: needs, covers: covers, filters, .returns(0))
  }

  private static func refuses(
    _ name: String, _ claim: String, needs: [KernelFact] = [], covers: [String] = [], _ filters: Filter...
  ) -> Scenario {
    load(name, claim, needs: needs, covers: covers, filters, .fails(.invalid))
  }

  private static func load(
    _ name: String, _ claim: String, needs: [KernelFact], covers: [String], _ filters: [Filter],
    _ expected: StepExpectation
  ) -> Scenario {
    Scenario(name, claim, needs: needs, covers: covers) { play in
      play.setNoNewPrivileges()
      for filter in filters { play.install(filter, expected) }
      // A refused filter binds nobody.
      if expected != .returns(0) { play.call(.getpid, .positive) }
    }
  }

  private static let operands: [Scenario] = [
    refuses("load-divide-by-zero", "DIV by the constant 0 is refused", .before(.operation(.divideK, 0))),
    accepts(
      "load-divide-by-constant", "DIV by any other constant is accepted", .before(.operation(.divideK, 1)),
      .before(.operation(.divideK, .max))),
    accepts("load-divide-by-x", "DIV by X is accepted: X is not known", .before(.operation(.divideX))),
    accepts(
      "load-shift-31", "shifts by constants up to 31 are accepted", .before(.operation(.shiftLeftK, 31)),
      .before(.operation(.shiftRightK, 31)), .before(.operation(.shiftLeftK, 0))),
    refuses("load-shift-left-32", "LSH by 32 is refused", .before(.operation(.shiftLeftK, 32))),
    refuses("load-shift-right-32", "RSH by 32 is refused", .before(.operation(.shiftRightK, 32))),
    refuses(
      "load-shift-huge", "shifts by huge constants are refused", .before(.operation(.shiftLeftK, .max)),
      .before(.operation(.shiftRightK, 0x8000_0000))),
    accepts(
      "load-shift-by-x", "shifts by X are accepted, and their constant is not looked at",
      .before(.operation(.shiftLeftX, 99)), .before(.operation(.shiftRightX, 99))),
    accepts(
      "load-unused-fields", "fields that an instruction does not use may hold anything",
      Filter([Instruction(code: 0x06, jumpTrue: 9, jumpFalse: 9, k: 0x7fff_0000)]),
      .before(Instruction(code: 0x84, jumpTrue: 255, jumpFalse: 255, k: .max)),
      Filter([.load(immediate: 0x7fff_0000), Instruction(code: 0x16, jumpTrue: 1, jumpFalse: 2, k: 3)])),
  ]

  private static let offsets: [Scenario] = [
    accepts("load-offsets-all", "each of the 16 words of seccomp_data may be loaded", words),
    refuses(
      "load-offset-64", "a load behind the end of seccomp_data is refused",
      covers: ["global.arg_out_of_range"],
      .before(.load(absolute: 64))),
    refuses(
      "load-offset-unaligned", "a load of an odd offset is refused", .before(.load(absolute: 1)),
      .before(.load(absolute: 2)), .before(.load(absolute: 3)), .before(.load(absolute: 61))),
    refuses(
      "load-offset-ancillary", "the ancillary data of socket filters (SKF_AD_OFF) is refused",
      .before(.load(absolute: 0xffff_f000)), .before(.load(absolute: 0xffff_f004)),
      .before(.load(absolute: 0xfff0_0000)), .before(.load(absolute: 0xffff_fffc))),
  ]

  private static let words = Filter(DataWord.all.map { .load($0) } + [.return(.allow)])

  private static let memory: [Scenario] = [
    accepts(
      "load-memory-15", "the last scratch word may be used", .before(.store(memory: 15), .load(memory: 15))),
    refuses(
      "load-memory-16", "there is no 17th scratch word", .before(.store(memory: 16)),
      .before(.storeX(memory: 16)),
      .before(.load(memory: 16)), .before(.loadX(memory: 16)), .before(.store(memory: .max))),
    refuses(
      "load-memory-unwritten", "a scratch word that was not written cannot be loaded",
      .before(.load(memory: 0)),
      .before(.loadX(memory: 0)), .before(.store(memory: 1), .load(memory: 0))),
    refuses(
      "load-memory-written-on-one-path", "a scratch word that only one path writes cannot be loaded",
      .before(.jump(equal: 0, then: 0, otherwise: 1), .store(memory: 0), .load(memory: 0))),
    accepts(
      "load-memory-written-on-both-paths", "a scratch word that every path writes may be loaded",
      .before(
        .jump(equal: 0, then: 2, otherwise: 0), .store(memory: 0), .jump(1), .store(memory: 0),
        .load(memory: 0))),
    refuses(
      "load-memory-dead-code-behind-return",
      "dead code behind a return is judged by what was written before it",
      .before(.return(.allow), .load(memory: 0))),
    accepts(
      "load-memory-dead-code-behind-jump", "dead code behind a jump counts as if everything had been written",
      .before(.jump(1), .load(memory: 0))),
    accepts(
      "load-memory-either-store", "A and X write the same scratch words",
      .before(.storeX(memory: 3), .load(memory: 3)), .before(.store(memory: 3), .loadX(memory: 3))),
  ]

  private static let jumps: [Scenario] = [
    accepts("load-jump-zero", "a jump over nothing is accepted", .before(.jump(0))),
    refuses(
      "load-jump-behind-end", "a jump behind the end is refused", .before(.jump(1)), .before(.jump(.max)),
      .before(.jump(0x8000_0000))),
    refuses(
      "load-branch-true-behind-end", "a branch for true behind the end is refused, even if it is never taken",
      .before(.load(immediate: 1), .jump(equal: 0, then: 1, otherwise: 0)),
      .before(.jump(greater: .max, then: 255, otherwise: 0))),
    refuses(
      "load-branch-false-behind-end", "a branch for false behind the end is refused",
      .before(.jump(equal: 0, then: 0, otherwise: 1)), .before(.jump(anyBit: 0, then: 0, otherwise: 255))),
    accepts(
      "load-branch-255", "branches reach 255 instructions on",
      Filter(
        [.jump(equal: 0, then: 255, otherwise: 254)] + Array(repeating: .load(immediate: 0), count: 255)
          + [.return(.allow)])),
  ]

  private static let endings: [Scenario] = [
    refuses(
      "load-last-jump", "the last instruction must return: a jump does not",
      Filter([.return(.allow), .jump(0)])),
    refuses(
      "load-last-load", "the last instruction must return, even where nothing leads to it",
      Filter([.return(.allow), .load(immediate: 0)])),
    refuses("load-last-return-x", "there is no RET X", Filter([Instruction(code: 0x0e)])),
    accepts("load-last-return-a", "RET A ends a filter", Filter([.load(immediate: 0x7fff_0000), .returnA])),
    refuses(
      "load-dead-code", "dead code must be made of known instructions too",
      Filter([.return(.allow), Instruction(code: 0x94, k: 1), .return(.allow)]),
      Filter([.return(.allow), Instruction(code: 0xffff), .return(.allow)])),
  ]

  private static let lengths: [Scenario] = [
    refuses(
      "load-empty", "a filter of no instruction is refused", covers: ["global.empty_prog"], Filter([])),
    accepts(
      "load-length-4096", "a filter may have 4096 instructions (BPF_MAXINSNS)",
      covers: ["global.filter_size_limits"],
      .length(4096)),
    refuses(
      "load-length-4097", "a filter of 4097 instructions is refused", covers: ["global.filter_size_limits"],
      .length(4097)),
  ]
}
