import Testing

@testable import Probing

@Suite("A record of the audit log")
struct SeccompRecordTests {
  private static let text =
    "audit(1795730000.123:45): auid=4294967295 uid=0 gid=0 ses=4294967295 pid=77 comm=\"actor\" exe=\"/x\" sig=31 "
    + "arch=c000003e syscall=5102 compat=0 ip=0x401234 code=0x80000000\0"

  @Test("is read field by field")
  func fields() {
    let record = SeccompRecord(Self.text)
    #expect(record?.pid == 77)
    #expect(record?.signal == 31)
    #expect(record?.architecture == 0xc000_003e)
    #expect(record?.number == 5102)
    #expect(record?.isCompat == false)
    #expect(record?.instructionPointer == 0x401234)
    #expect(record?.code == 0x8000_0000)
  }

  @Test("is none without one of the fields", arguments: ["pid=77", "sig=31", "code=0x80000000", "compat=0"])
  func missing(_ field: String) {
    #expect(SeccompRecord(Self.text.replacing(field, with: "")) == nil)
  }
}
