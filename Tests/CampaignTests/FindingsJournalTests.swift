import Foundation
import Testing

@testable import Campaign

@Suite struct FindingsJournalTests {
  static let started = JournalEvent.started(
    seed: .max, options: ["duration": "60s", "workers": "2"], versions: Samples.versions)

  private static func completed(_ worker: Int, _ cases: Range<UInt64>) -> JournalEvent {
    .completed(worker: worker, cases: cases, counters: ["calls": 10, "worker \(worker)": 1])
  }

  private func append(_ text: String, toJournalOf run: String) throws {
    let handle = try #require(FileHandle(forWritingAtPath: Journal.path(inRun: run)))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(text.utf8))
    try handle.close()
  }

  @Test("what was appended is what a resume needs")
  func state() throws {
    let scratch = try Scratch()
    #expect(try Journal.state(ofRun: scratch.path) == nil)
    let journal = try Journal(openingRun: scratch.path)
    #expect(try Journal.state(ofRun: scratch.path) == nil)
    let events: [JournalEvent] = [
      Self.started, Self.completed(0, 0..<10), Self.completed(1, 20..<30),
      // Of two threads, the one with the later case can be the first to write.
      .finding(fingerprint: "a-1", signature: "a/b", caseNumber: 1 << 63, saved: .new),
      .finding(fingerprint: "a-1", signature: "a/b", caseNumber: 25, saved: .duplicate),
      .finding(fingerprint: "a-1", signature: "a/b", caseNumber: 25, saved: .duplicate),
      Self.completed(0, 30..<40),
    ]
    for event in events { try journal.append(event) }
    #expect(try Journal.events(ofRun: scratch.path) == events)
    var state = try #require(try Journal.state(ofRun: scratch.path))
    #expect(state.seed == .max)
    #expect(state.options == ["duration": "60s", "workers": "2"])
    #expect(state.versions == Samples.versions)
    #expect(state.completed.gaps == [10..<20])
    #expect(state.completed.end == 40)
    #expect(state.completed.count == 30)
    #expect(state.counters == ["calls": 30, "worker 0": 2, "worker 1": 1])
    #expect(
      state.findings == ["a-1": .init(signature: "a/b", cases: [25, 1 << 63])])
    #expect(state.findings["a-1"]?.firstCase == 25)
    #expect(state.ended == nil)

    // After a resume a worker may go back to what is missing.
    var newer = Samples.versions
    newer.kernel = "7.0"
    try journal.append(.ended(reason: "interrupted"))
    #expect(try Journal.state(ofRun: scratch.path)?.ended == "interrupted")
    try journal.append(.resumed(versions: newer))
    try journal.append(Self.completed(0, 10..<20))
    state = try #require(try Journal.state(ofRun: scratch.path))
    #expect(state.completed.gaps.isEmpty && state.completed.ranges == [0..<40])
    #expect(state.ended == nil)
    #expect(state.versions == newer)
  }

  @Test("a line torn at any byte is passed over, and cut off by the next writer")
  func torn() throws {
    let scratch = try Scratch()
    do {
      let journal = try Journal(openingRun: scratch.path)
      try journal.append(Self.started)
      try journal.append(Self.completed(0, 0..<5))
    }
    let whole = try Data(contentsOf: URL(fileURLWithPath: Journal.path(inRun: scratch.path)))
    let lastLine = try #require(whole.dropLast().lastIndex(of: UInt8(ascii: "\n"))) + 1
    for length in lastLine..<whole.count {
      try whole.prefix(length).write(to: URL(fileURLWithPath: Journal.path(inRun: scratch.path)))
      #expect(try Journal.events(ofRun: scratch.path) == [Self.started], "\(length) bytes")
      let journal = try Journal(openingRun: scratch.path)
      try journal.append(Self.completed(1, 7..<9))
      #expect(
        try Journal.events(ofRun: scratch.path) == [Self.started, Self.completed(1, 7..<9)], "\(length) bytes"
      )
    }
  }

  @Test(
    "a journal that contradicts itself is refused with the line",
    arguments: [
      ("{\"event\":\"ended\"}\n", "line 2: .reason is missing"),
      ("nonsense\n{}\n", "line 2"),
      (
        "{\"event\":\"completed\",\"worker\":0,\"from\":\"0x5\",\"to\":\"0x1\",\"counters\":{}}\n",
        "line 2: cases from 5 to 1"
      ),
      ("{\"event\":\"vanished\"}\n", "line 2"),
    ])
  func contradictions(line: String, told: String) throws {
    let scratch = try Scratch()
    try Journal(openingRun: scratch.path).append(Self.started)
    try append(line, toJournalOf: scratch.path)
    let error = #expect(throws: StorageError.self) { try Journal.state(ofRun: scratch.path) }
    #expect(error?.description.contains(told) == true, "\(String(describing: error))")
  }

  @Test(
    "events out of order are refused",
    arguments: [
      ([Self.completed(0, 0..<5)], "line 1: a journal begins"),
      ([Self.started, Self.started], "line 2: a second"),
      ([Self.started, Self.completed(0, 5..<9), Self.completed(0, 1..<3)], "line 3: worker 0 went back"),
      ([Self.started, Self.completed(0, 5..<9), Self.completed(1, 8..<12)], "line 3: cases 8..<12"),
    ] as [([JournalEvent], String)])
  func order(events: [JournalEvent], told: String) throws {
    let error = #expect(throws: StorageError.self) { try JournalState(events: events, path: "J") }
    #expect(error?.description.contains(told) == true, "\(String(describing: error))")
  }

  @Test("one process works on a run at a time")
  func lock() throws {
    let scratch = try Scratch()
    do {
      let journal = try Journal(openingRun: scratch.path)
      let error = #expect(throws: StorageError.self) { try Journal(openingRun: scratch.path) }
      #expect(error?.description.contains("another process") == true)
      try journal.append(Self.started)
    }
    try Journal(openingRun: scratch.path).append(.ended(reason: "time"))
    #expect(try Journal.events(ofRun: scratch.path).count == 2)
  }

  @Test("lines of many threads stay whole")
  func threads() async throws {
    let scratch = try Scratch()
    let journal = try Journal(openingRun: scratch.path)
    try journal.append(Self.started)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for worker in 0..<8 {
        group.addTask {
          for step in 0..<50 {
            let from = UInt64(step * 8 + worker)
            try journal.append(Self.completed(worker, from..<from + 1))
          }
        }
      }
      try await group.waitForAll()
    }
    let state = try #require(try Journal.state(ofRun: scratch.path))
    #expect(state.completed.ranges == [0..<400])
    #expect(state.counters["calls"] == 4000)
  }

  @Test("ranges of cases: any order of insertion gives the same set, overlaps are refused")
  func ranges() {
    let parts: [Range<UInt64>] = [0..<3, 3..<5, 8..<9, 9..<20, 30..<31]
    for shift in parts.indices {
      var ranges = CaseRanges()
      for index in parts.indices {
        let isNew = ranges.insert(parts[(index * 2 + shift) % parts.count])
        #expect(isNew)
      }
      #expect(ranges.ranges == [0..<5, 8..<20, 30..<31])
      #expect(ranges.gaps == [5..<8, 20..<30])
      for overlap: Range<UInt64> in [0..<1, 4..<6, 7..<9, 19..<31, 0..<100, 30..<31] {
        let isNew = ranges.insert(overlap)
        #expect(!isNew)
      }
      #expect(ranges.count == 18)
    }
  }
}
