import ClassicBPF
import Probing
import Scripts
import SeccompModel

/// Holds the audit log against what a script is expected to leave there.
struct AuditJudge<Place: ScriptStage> {
  var stage: Place
  var audit: AuditLog

  /// Of no call, and of no scenario: the call by which we know that the log has told everything before it. Another one each
  /// time, as other runs of the suite may be at work.
  private let lastNumber = UInt32.random(in: 0x1000_0000...0x3fff_ffff)

  init(stage: Place, audit: AuditLog) {
    self.stage = stage
    self.audit = audit
  }

  /// How often the log is asked, and for how long, in nanoseconds. A machine on which much is killed for breaking a filter
  /// logs more than anybody can read, and the kernel then drops what it likes.
  private static var patience: [Int64] { [2_000_000_000, 4_000_000_000, 8_000_000_000] }

  /// Does `act`, and tells a line for each record of it that is missing or should not be there. It is done again when the
  /// log lost what it was told meanwhile.
  func complaints(about expected: [RecordExpectation], of act: () throws -> Void) throws -> [String] {
    var wasLost = false
    for patience in Self.patience {
      audit.skip()
      try act()
      try callUnderLog(patience: patience)
      switch audit.records(until: { $0.number == Int32(lastNumber) }, patience: patience) {
      case .records(let found):
        return expected.flatMap { complaints(about: $0, found.filter { $0.number != Int32(lastNumber) }) }
      case .lost: wasLost = true
      case .late: wasLost = false
      }
    }
    return [
      wasLost
        ? "the audit log lost records, \(Self.patience.count) times"
        : "the audit log did not tell of a call under LOG, asked \(Self.patience.count) times"
    ]
  }

  private func callUnderLog(patience: Int64) throws {
    var play = Play()
    play.setNoNewPrivileges()
    play.install(.on(lastNumber, .log))
    play.call(.syscall(UInt64(lastNumber)), .fails(.noSuchCall))
    _ = try stage.play(play.claim.script, patience: patience)
  }

  private func complaints(about expected: RecordExpectation, _ records: [SeccompRecord]) -> [String] {
    let own = records.filter { $0.number == expected.number }
    guard expected.isPresent else {
      return own.map {
        "expected no record, found \(recordWords($0.number, $0.architecture, $0.code, $0.signal))"
      }
    }
    guard !own.isEmpty else { return ["expected a record of call \(expected.number), found none"] }
    // More than one where another run of the suite is at work.
    let isRight = own.allSatisfy { record in
      record.code == expected.code && record.signal == expected.signal
        && record.architecture == expected.architecture
        && record.isCompat == (expected.architecture == AuditToken.i386)
    }
    let found = own.map { recordWords($0.number, $0.architecture, $0.code, $0.signal) }.joined(
      separator: "; ")
    let wanted = recordWords(expected.number, expected.architecture, expected.code, expected.signal)
    return isRight ? [] : ["expected the record \(wanted), found \(found)"]
  }
}

private func recordWords(_ number: Int32, _ architecture: UInt32, _ code: UInt32, _ signal: Int32) -> String {
  "syscall=\(number) arch=0x\(String(architecture, radix: 16)) code=0x\(String(code, radix: 16)) sig=\(signal)"
}

extension AuditJudge {
  /// Whether the log tells of a call under LOG at all.
  static func works(_ audit: AuditLog, on stage: Place) throws -> Bool {
    try AuditJudge(stage: stage, audit: audit).complaints(about: [], of: {}).isEmpty
  }
}
