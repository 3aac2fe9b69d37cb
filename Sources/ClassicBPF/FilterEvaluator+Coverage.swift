package import SeccompModel

extension FilterEvaluator {
  /// Notes in `coverage`, made for this filter, what runs for each call. The instruction pointers are those of
  /// ``evaluate(_:instructionPointers:verdicts:sites:)``.
  package func mark(
    _ calls: UnsafeBufferPointer<Call>, instructionPointers: (syscall: UInt64, int80: UInt64),
    in coverage: inout FilterCoverage
  ) {
    let count = filter.count
    precondition(coverage.instructionCount == count, "coverage of another filter")
    // A byte for each mark while the batch runs: an insertion into a set of bits reads before it writes.
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 3 * count) { marks in
      marks.initialize(repeating: 0)
      guard let base = marks.baseAddress else { return }
      var marker = Marker(executed: base, taken: base + count, notTaken: base + 2 * count)
      steps.withUnsafeBufferPointer { steps in
        for call in calls {
          let isCompat = call.entersCompat
          let data = call.seccompData(
            instructionPointer: isCompat ? instructionPointers.int80 : instructionPointers.syscall)
          withUnsafePointer(to: data) {
            _ = execute(DecodedSteps(steps: steps), data: $0, observer: &marker)
          }
        }
      }
      for pc in 0..<count where marker.executed[pc] != 0 {
        coverage.insert(pc, taken: marker.taken[pc] != 0, notTaken: marker.notTaken[pc] != 0)
      }
    }
  }

  private struct Marker: ExecutionObserver {
    let executed: UnsafeMutablePointer<UInt8>
    let taken: UnsafeMutablePointer<UInt8>
    let notTaken: UnsafeMutablePointer<UInt8>

    @inline(__always) mutating func executing(_ pc: Int) { executed[pc] = 1 }
    @inline(__always) mutating func branched(at pc: Int, taken isTaken: Bool) {
      if isTaken { taken[pc] = 1 } else { notTaken[pc] = 1 }
    }
  }
}
