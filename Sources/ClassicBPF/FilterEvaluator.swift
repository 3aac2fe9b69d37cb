package import SeccompModel

/// Answers many calls of one filter quickly.
///
/// For each architecture and number the run up to the first load of anything else is made once, when it is first
/// asked for, and kept: either it already ends the filter, or it says where the rest begins. Preparing is cheap
/// (checking, decoding, one table), so an evaluator per filter pays from a few calls on; for a single call there is
/// ``Filter/evaluate(_:)``.
package struct FilterEvaluator: Sendable {
  package let filter: Filter
  let steps: [Step]
  private var prefixes: PrefixTable

  /// Prepares `filter`; throws what the checker says against it.
  package init(_ filter: Filter) throws(FilterRejection) {
    try filter.check()
    self.filter = filter
    steps = filter.instructions.compactMap(Step.init)
    prefixes = PrefixTable()
  }

  /// What the filter answers to one call, and the instruction that returned it.
  package mutating func evaluate(_ data: SeccompData) -> (verdict: Verdict, site: Int) {
    var result = Answer(verdict: 0, site: 0)
    steps.withUnsafeBufferPointer { steps in
      prefixes.withCursor(over: steps) { cursor in
        result = cursor.answer(number: data.number, architecture: data.architecture) { data }
      }
    }
    return (Verdict(rawValue: result.verdict), Int(result.site))
  }

  /// Answers `calls`: element i of `verdicts` and `sites` is the answer to call i and the instruction that
  /// returned it. Both must be at least as long as `calls`. The filter sees the instruction pointer of the entry
  /// path: `int80` for `int $0x80` and `sysenter`, `syscall` for the others.
  package mutating func evaluate(
    _ calls: UnsafeBufferPointer<Call>, instructionPointers: (syscall: UInt64, int80: UInt64),
    verdicts: UnsafeMutableBufferPointer<UInt32>, sites: UnsafeMutableBufferPointer<UInt16>
  ) {
    precondition(verdicts.count >= calls.count && sites.count >= calls.count, "answers shorter than calls")
    steps.withUnsafeBufferPointer { steps in
      prefixes.withCursor(over: steps) { cursor in
        for index in calls.indices {
          let isCompat = calls[index].entersCompat
          let answer = cursor.answer(
            number: calls[index].number, architecture: isCompat ? AuditToken.i386 : AuditToken.x86_64
          ) {
            SeccompData(
              number: calls[index].number, architecture: isCompat ? AuditToken.i386 : AuditToken.x86_64,
              instructionPointer: isCompat ? instructionPointers.int80 : instructionPointers.syscall,
              arguments: calls[index].arguments)
          }
          verdicts[index] = answer.verdict
          sites[index] = answer.site
        }
      }
    }
  }

  /// Answers `calls` as the kernel shows them to a filter; see the other form.
  package mutating func evaluate(
    _ calls: UnsafeBufferPointer<SeccompData>, verdicts: UnsafeMutableBufferPointer<UInt32>,
    sites: UnsafeMutableBufferPointer<UInt16>
  ) {
    precondition(verdicts.count >= calls.count && sites.count >= calls.count, "answers shorter than calls")
    steps.withUnsafeBufferPointer { steps in
      prefixes.withCursor(over: steps) { cursor in
        for index in calls.indices {
          let answer = cursor.answer(
            number: calls[index].number, architecture: calls[index].architecture
          ) { calls[index] }
          verdicts[index] = answer.verdict
          sites[index] = answer.site
        }
      }
    }
  }
}

extension Call {
  /// Whether the filter sees `AUDIT_ARCH_I386`: entry paths `int80` (1) and `sysenter` (2).
  @inline(__always)
  var entersCompat: Bool {
    entry == EntryPath.int80.rawValue || entry == EntryPath.sysenter.rawValue
  }
}
