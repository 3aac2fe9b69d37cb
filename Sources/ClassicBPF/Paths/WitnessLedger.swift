import SeccompModel

/// Inputs that were run, and for each instruction and each side of each conditional jump the first that got there.
struct WitnessLedger: Sendable {
  /// The inputs that reached something new, in the order found.
  private(set) var witnesses: [SeccompData] = []
  /// Index into ``witnesses``, or −1.
  private(set) var reached: [Int32]
  private(set) var reachedTrue: [Int32]
  private(set) var reachedFalse: [Int32]

  init(count: Int) {
    reached = Array(repeating: -1, count: count)
    reachedTrue = reached
    reachedFalse = reached
  }

  /// Runs the program and keeps `data` when it reaches something new.
  mutating func run(_ data: SeccompData, in steps: [Step]) {
    var recorder = Recorder(ledger: self, witness: Int32(witnesses.count))
    // The recorder holds the only copy while it writes.
    self = WitnessLedger(count: 0)
    steps.withUnsafeBufferPointer { steps in
      withUnsafePointer(to: data) {
        _ = execute(DecodedSteps(steps: steps), data: $0, observer: &recorder)
      }
    }
    let isNew = recorder.isNew
    self = recorder.takeLedger()
    if isNew { witnesses.append(data) }
  }

  /// Whether something in these sets has no witness.
  func lacks(_ pcs: BitSet, _ trueSides: BitSet, _ falseSides: BitSet) -> Bool {
    reached.indices.contains { pc in
      pcs.contains(pc) && reached[pc] < 0 || trueSides.contains(pc) && reachedTrue[pc] < 0
        || falseSides.contains(pc) && reachedFalse[pc] < 0
    }
  }

  private struct Recorder: ExecutionObserver {
    var ledger: WitnessLedger
    let witness: Int32
    var isNew = false

    mutating func takeLedger() -> WitnessLedger {
      defer { ledger = WitnessLedger(count: 0) }
      return ledger
    }

    @inline(__always) mutating func executing(_ pc: Int) {
      if ledger.reached[pc] < 0 {
        ledger.reached[pc] = witness
        isNew = true
      }
    }

    @inline(__always) mutating func branched(at pc: Int, taken: Bool) {
      if taken {
        if ledger.reachedTrue[pc] < 0 {
          ledger.reachedTrue[pc] = witness
          isNew = true
        }
      } else if ledger.reachedFalse[pc] < 0 {
        ledger.reachedFalse[pc] = witness
        isNew = true
      }
    }
  }
}
