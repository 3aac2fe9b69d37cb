import SeccompModel
import Testing

@testable import Overhead

@Suite("A call as a report writes it")
struct CallTextTests {
  private static let written: [(entry: Workload.Entry, text: String)] = [
    (.init(.x86_64, 39, count: 1), "getpid"),
    (.init(.i386, 20, count: 1), "i386:getpid"),
    (.init(.x32, 0x4000_0027, count: 1), "x32:getpid"),
    (.init(.x86_64, 0x1ff, count: 1), "syscall_0x1ff"),
    (.init(.x86_64, .max, count: 1), "syscall_0xffffffff"),
    (.init(.i386, 0x4000_0001, count: 1), "i386:syscall_0x40000001"),
    (.init(.x32, 0x4000_03e7, count: 1), "x32:syscall_0x3e7"),
    (
      .init(.x32, 0x4000_0101, arguments: Arguments(0, .max), count: 1),
      "x32:openat(0x0, 0xffffffffffffffff)"
    ),
  ]

  @Test("is read back as the same call of the same ABI", arguments: 0..<written.count)
  func readBack(index: Int) throws {
    let (entry, text) = Self.written[index]
    #expect(CallText.text(of: entry) == text)
    let read = try TraceFile.parse(Array("\(text) 1\n".utf8), source: "trace.txt")
    #expect(read.entries == [entry])
  }
}

@Suite("The table of an older strace")
struct OldStraceTests {
  private static func table(_ total: String) -> [UInt8] {
    Array(
      """
      % time     seconds  usecs/call     calls    errors syscall
      ------ ----------- ----------- --------- --------- ----------------
       28.19    0.000115           3        33           mmap
        0.00    0.000000           0         1         1 access
      ------ ----------- ----------- --------- --------- ----------------
      \(total)

      """.utf8)
  }

  @Test(
    "is read: its total has no time a call, and no errors where there are none",
    arguments: [
      "100.00    0.000115                    34         1 total",
      "100.00    0.000115                    34           total",
      "100.00    0.000115           3        34           total",
    ])
  func reads(total: String) throws {
    #expect(try TraceFile.parse(Self.table(total), source: "trace.txt").total == 34)
  }

  @Test(
    "and so is a total that is wrong however it is read",
    arguments: [
      "100.00    0.000115                    33         1 total",
      "100.00    0.000115                    33           total",
    ])
  func refuses(total: String) {
    let error = #expect(throws: WorkloadError.self) {
      try TraceFile.parse(Self.table(total), source: "trace.txt")
    }
    #expect(error?.line == 6)
  }
}
