import CLinux
import ClassicBPF
import Foundation
import Testing

@testable import Targets

@Suite("What driver and guardian tell each other")
struct GuardianMemoryTests {
  /// A report with one installation of two instructions and one filter of the payload, changed by `change`.
  private func report(
    _ change: (inout clinux_guardian_report, UnsafeMutableRawBufferPointer) -> Void,
    _ look: (GuardianReport) throws -> Void
  ) throws {
    let file = try SharedFile("crosscheck-test", size: Int(CLINUX_GUARDIAN_REPORT_SIZE))
    var head = clinux_guardian_report()
    head.magic = UInt32(CLINUX_GUARDIAN_MAGIC)
    head.ending = CLINUX_GUARDIAN_EXITED.rawValue
    head.ending_value = 3
    head.payload = 12
    head.installation_count = 1
    head.installation_bytes = 32 + 16
    file.bytes.storeBytes(
      of: clinux_guardian_installation(
        process: 11, route: CLINUX_GUARDIAN_PRCTL.rawValue, flags: 0, instruction_count: 2, result: 0,
        read_error: 0, reserved: 0), toByteOffset: Int(CLINUX_GUARDIAN_INSTALLATIONS),
      as: clinux_guardian_installation.self)
    head.payload_chain = clinux_guardian_chain(process: 12, error: 0, filter_count: 1, bytes: 16 + 8)
    file.bytes.storeBytes(
      of: clinux_guardian_filter(instruction_count: 1, has_flags: 1, flags: 2),
      toByteOffset: Int(CLINUX_GUARDIAN_PAYLOAD_CHAIN), as: clinux_guardian_filter.self)
    change(&head, file.bytes)
    file.bytes.storeBytes(of: head, as: clinux_guardian_report.self)
    try look(try GuardianReport(UnsafeRawBufferPointer(file.bytes)))
  }

  private let empty = Instruction(code: 0)

  @Test("is read back as it was written")
  func sound() throws {
    try report({ _, _ in }) { report in
      #expect(report.isComplete)
      // Without a `try` in sight, the closure would be taken for one that throws nothing.
      let (ending, installations) = (try report.ending(), try report.installations())
      let stack = try report.stack()
      #expect(ending == .exited(3))
      #expect(report.payload == .started(process: 12, suspendErrno: 0))
      let filter = Filter([empty, empty])
      #expect(
        installations == [Installation(process: 11, filter: filter, flags: 0, route: .prctl, result: 0)])
      #expect(stack == [InstalledFilter(filter: Filter([empty]), isLogged: true)])
      #expect(report.failure == nil)
      #expect(report.leftover == nil)
    }
  }

  @Test("is an error when a count goes beyond its bytes, or a word has no meaning")
  func unsound() throws {
    func expectBad(_ change: (inout clinux_guardian_report, UnsafeMutableRawBufferPointer) -> Void) throws {
      try report(change) { report in
        #expect(throws: RuntimeError.self) {
          _ = try report.ending()
          _ = try report.installations()
          _ = try report.stack()
        }
      }
    }
    try expectBad { head, _ in head.ending = 77 }
    try expectBad { head, _ in head.installation_count = 2 }
    try expectBad { head, _ in head.installation_bytes = .max }
    try expectBad { head, _ in head.installation_bytes = 40 }
    try expectBad { head, _ in head.installations_lost = 1 }
    try expectBad { head, _ in head.payload_chain.bytes = .max }
    try expectBad { head, _ in head.payload_chain.bytes = 23 }
    try expectBad { head, _ in head.payload_chain.filter_count = 2 }
    try expectBad { head, _ in head.payload_chain.error = EACCES }
    let first = Int(CLINUX_GUARDIAN_INSTALLATIONS)
    try expectBad { _, bytes in bytes.storeBytes(of: 9, toByteOffset: first + 4, as: UInt32.self) }
    try expectBad { _, bytes in bytes.storeBytes(of: .max, toByteOffset: first + 12, as: UInt32.self) }
  }

  @Test("keeps to its room when a text is said to be longer")
  func longText() throws {
    try report({ head, _ in (head.output_bytes, head.errors_bytes) = (.max, .max) }) { report in
      #expect(report.output.utf8.count == 64 << 10)
      #expect(report.errors.utf8.count == 64 << 10)
    }
  }

  /// Where in the plan's bytes a wrong word is written: the layout of clinux_guardian.h.
  @Test(
    "a guardian that gets nonsense for a plan says so, and does nothing", .needs(), .timeLimit(.minutes(30)),
    arguments: [
      (place: 0, word: 0, what: "the magic"), (4, 2, "more items than there are"),
      (8, 1 << 20, "a larger size"),
      (40 + 8, 1 << 30, "a longer name"), (40 + 12, 1 << 30, "more data"),
    ])
  func badPlan(_ change: (place: Int, word: Int, what: String)) throws {
    var bytes = GuardianPlan(removing: ["/crosscheck-1-1"]).bytes(deadline: .zero, grace: .zero)
    for index in 0..<4 { bytes[change.place + index] = UInt8(truncatingIfNeeded: change.word >> (8 * index)) }
    let plan = try SharedFile("crosscheck-test", contents: bytes)
    let file = try SharedFile("crosscheck-test", size: Int(CLINUX_GUARDIAN_REPORT_SIZE))
    var guardian = try GuardianProcess(plan: plan, report: file, scratch: -1, payloadDescriptor: nil)
    #expect(guardian.awaitEnd(.seconds(50)) == .exited(0))
    let report = try GuardianReport(UnsafeRawBufferPointer(file.bytes))
    #expect(report.isComplete)
    #expect(report.failure == .system(operation: "read the plan", errno: EPROTO), "\(change.what)")
  }
}
