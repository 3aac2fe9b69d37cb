import Glibc
import Probing
import Scripts
import Synchronization
import Testing

@testable import Conformance

/// A stage that makes nothing of the first scripts, as if the log had lost what came of them.
private final class LossyStage: ScriptStage {
  private let stage: Stage
  private let unplayed: Mutex<Int>

  init(unplayed: Int) throws {
    stage = try Stage()
    self.unplayed = Mutex(unplayed)
  }

  func play(_ script: Script, patience: Int64) throws -> [StepOutcome] {
    let isPlayed = unplayed.withLock {
      $0 -= 1
      return $0 < 0
    }
    return isPlayed ? try stage.play(script, patience: patience) : []
  }
}

@Suite(
  "The audit log's judge", .timeLimit(.minutes(30)),
  .enabled(if: geteuid() == 0, "reading the audit log takes CAP_AUDIT_READ"))
struct AuditJudgeTests {
  @Test("does it again when the log did not tell, and complains when it never does", arguments: [1, 3])
  func again(unplayed: Int) throws {
    let judge = AuditJudge(stage: try LossyStage(unplayed: unplayed), audit: try AuditLog())
    var acts = 0
    let complaints = try judge.complaints(about: []) { acts += 1 }
    if unplayed == 1 {
      #expect(complaints.isEmpty)
      #expect(acts >= 2)
    } else {
      #expect(complaints.count == 1)
      #expect(acts == 3)
    }
  }
}
