import Foundation
import SeccompModel
import Testing

@testable import Overhead

@Suite("A workload as text")
struct WorkloadFileTests {
  private func parse(_ text: String) throws(WorkloadError) -> Workload {
    try TraceFile.parse(Array(text.utf8), source: "trace.txt")
  }

  struct Good: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var text: String
    var entries: [Workload.Entry]

    init(_ name: String, _ text: String, _ entries: [Workload.Entry]) {
      (testDescription, self.text, self.entries) = (name, text, entries)
    }
  }

  private static func kind(
    _ number: UInt32, _ count: UInt64, _ arguments: Arguments = Arguments()
  ) -> Workload.Entry {
    Workload.Entry(.x86_64, number, arguments: arguments, count: count)
  }

  private static func kind(_ abi: CallABI, _ number: UInt32, _ count: UInt64) -> Workload.Entry {
    Workload.Entry(abi, number, count: count)
  }

  static let good: [Good] = [
    Good("a name and a count", "read 12", [kind(0, 12)]),
    Good(
      "blanks, comments, the line ends of other machines", "# all\n\n \tread\t 12 # twelve\r\n\n",
      [kind(0, 12)]),
    Good(
      "lines of one call are added up, the most frequent first", "read 1\nwrite 5\nread 2",
      [kind(1, 5), kind(0, 3)]),
    Good(
      "with and without parentheses is the same call", "getpid 1\ngetpid() 2\nx86_64:getpid 4", [kind(39, 7)]),
    Good(
      "the ABIs have numbers of their own", "getpid 3\ni386:getpid 2\nx32:getpid 1",
      [kind(39, 3), kind(.i386, 20, 2), kind(.x32, 0x4000_0027, 1)]),
    Good(
      "arguments tell calls apart",
      "openat(0xffffff9c, 0,0x80000) 2\nopenat(-100) 1\nread(18446744073709551615) 1",
      [
        kind(257, 2, Arguments(0xffff_ff9c, 0, 0x80000)), kind(0, 1, Arguments(.max)),
        kind(257, 1, Arguments(UInt64(bitPattern: -100))),
      ]),
    Good(
      "a number without a name", "syscall_0x1ff 2\nx32:syscall_0x1ff 1",
      [kind(511, 2), kind(.x32, 0x4000_01ff, 1)]),
    Good("the largest count", "read 18446744073709551615", [kind(0, .max)]),
    Good(
      "what strace -c prints",
      """
      % time     seconds  usecs/call     calls    errors syscall
      ------ ----------- ----------- --------- --------- ----------------
       28.19    0.000115           3        33           mmap
        0.00    0.000000           0         1         1 access
      ------ ----------- ----------- --------- --------- ----------------
      100.00    0.000115           3        34         1 total
      System call usage summary for 32 bit mode:
      % time     seconds  usecs/call     calls    errors syscall
      ------ ----------- ----------- --------- --------- ----------------
        0.00    0.000000           0         3           getpid
      ------ ----------- ----------- --------- --------- ----------------
      100.00    0.000000           0         3           total
      getpid 2
      """, [kind(9, 33), kind(.i386, 20, 3), kind(39, 2), kind(21, 1)]),
    Good(
      "and with other columns",
      """
      syscall              calls    errors % time shortest  longest
      ---------------- --------- --------- ------ -------- --------
      read                     2             0.00 0.000000 0.000000
      access                   1         1   0.00 0.000000 0.000000
      ---------------- --------- --------- ------ -------- --------
      total                    3         1 100.00 0.000000 0.000000
      """, [kind(0, 2), kind(21, 1)]),
  ]

  @Test("is read", arguments: good)
  func reads(_ example: Good) throws {
    let workload = try parse(example.text)
    #expect(workload.entries == example.entries)
    #expect(workload.source == "trace.txt")
    #expect(workload.total == example.entries.reduce(0) { $0 + $1.count })
    #expect(workload.undistinguished == 0)
  }

  private static let table = """
    % time     seconds  usecs/call     calls    errors syscall
    ------ ----------- ----------- --------- --------- ----------------

    """

  static let bad: [(text: String, message: String)] = [
    ("", "trace.txt: expected at least one call, found none"),
    ("# nothing\n", "trace.txt: expected at least one call, found none"),
    ("read", "trace.txt:1: expected a call and its count, such as \"read 12\", found \"read\""),
    ("\nread(1, 2)", "trace.txt:2: expected a call and its count, such as \"read 12\", found \"read(1, 2)\""),
    ("read twelve", "trace.txt:1: expected a count, a decimal number, found \"twelve\""),
    ("read -1", "trace.txt:1: expected a count, a decimal number, found \"-1\""),
    ("read 1\nread 0", "trace.txt:2: expected a count of at least 1, found 0"),
    ("read 18446744073709551616", "trace.txt:1: expected a count below 2⁶⁴, found \"18446744073709551616\""),
    (
      "read 18446744073709551615\nread 1",
      "trace.txt:2: expected fewer than 2⁶⁴ calls in all, found \"1\" more"
    ),
    ("raed 1", "trace.txt:1: expected the name of a call that x86_64 has, found \"raed\""),
    ("12 read", "trace.txt:1: expected the name of a call that x86_64 has, found \"12\""),
    (
      "umount 1",
      "trace.txt:1: expected the name of a call that x86_64 has (there it is called umount2), found \"umount\""
    ),
    (
      "socketcall 1",
      "trace.txt:1: expected the name of a call that x86_64 has (i386 has it: i386:socketcall), found \"socketcall\""
    ),
    ("arm:read 1", "trace.txt:1: expected x86_64, i386 or x32 before the colon, found \"arm\""),
    ("read(1 2", "trace.txt:1: expected a closing parenthesis, found \"read(1\""),
    ("read(,) 2", "trace.txt:1: expected an argument of 64 bits, decimal or with 0x, found \"\""),
    (
      "read(0x10000000000000000) 2",
      "trace.txt:1: expected an argument of 64 bits, decimal or with 0x, found \"0x10000000000000000\""
    ),
    ("read(0x-1) 2", "trace.txt:1: expected an argument of 64 bits, decimal or with 0x, found \"0x-1\""),
    ("read(1,2,3,4,5,6,7) 2", "trace.txt:1: expected at most 6 arguments, found 7"),
    (
      "syscall_0x40000027 1",
      "trace.txt:1: expected a number below 0x40000000, or one from 0x80000000 on, after syscall_0x, found \"syscall_0x40000027\""
    ),
    (
      "x32:syscall_0x40000027 1",
      "trace.txt:1: expected a number below 0x40000000 after syscall_0x, found \"syscall_0x40000027\""
    ),
    (
      "i386:syscall_0x100000000 1",
      "trace.txt:1: expected a number of 32 bits after syscall_0x, found \"syscall_0x100000000\""
    ),
    (
      "re\u{1b}[2Jad 1", "trace.txt:1: expected the name of a call that x86_64 has, found \"re\u{fffd}[2Jad\""
    ),
    (
      "% time seconds errors syscall",
      "trace.txt:1: expected the head of strace's table, with the columns calls and syscall, found \"% time seconds errors syscall\""
    ),
    (
      "% time calls syscall\n1.0 3 read",
      "trace.txt:2: expected the rule below the head of strace's table, found \"1.0 3 read\""
    ),
    (
      table + "0.00 0.000000 0 3 read",
      "trace.txt:3: expected the last line of strace's table, the total, found the end of the text"
    ),
    (
      table + "0.00 0.000000 3 read",
      "trace.txt:3: expected a line of strace's table with the columns time, seconds, usecs/call, calls, errors, syscall, found \"0.00 0.000000 3 read\""
    ),
    (
      table + "0.00 0.000000 0 3 read\n---\n0.00 0.000000 0 4 total",
      "trace.txt:5: expected a total of 3, as the lines above it have, found 4"
    ),
    (
      "System call usage summary for 31 bit mode:",
      "trace.txt:1: expected \"64 bit mode:\", \"32 bit mode:\" or \"x32 mode:\", found \"31 bit mode:\""
    ),
  ]

  @Test("that is wrong is one error with its place, what was expected and what was found", arguments: bad)
  func refuses(_ text: String, _ message: String) {
    let error = #expect(throws: WorkloadError.self) { try parse(text) }
    #expect(error?.description == message)
  }

  @Test("is read from a regular file of at most 100 MiB")
  func files() throws {
    let directory = FileManager.default.temporaryDirectory
      .appending(path: "crosscheck-workload-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let file = directory.appending(path: "trace.txt").path
    try "read 3\n".write(toFile: file, atomically: true, encoding: .utf8)
    #expect(try Workload.read(path: file).total == 3)
    #expect(try Workload.read(path: file).source == file)

    func message(_ path: String) -> String? {
      #expect(throws: WorkloadError.self) { try Workload.read(path: path) }?.description
    }
    let missing = directory.appending(path: "missing").path
    #expect(message(missing) == "\(missing): expected a readable file, found No such file or directory")
    #expect(message(directory.path) == "\(directory.path): expected a regular file, found a directory")
    try Data().write(to: URL(filePath: file))
    #expect(message(file) == "\(file): expected a workload, found an empty file")
    // A hole takes no room on disk.
    let handle = try #require(FileHandle(forWritingAtPath: file))
    try handle.truncate(atOffset: UInt64(Workload.sizeLimit) + 1)
    #expect(message(file) == "\(file): expected at most 104857600 bytes (100 MiB), found 104857601 bytes")
  }

  @Test("and as JSON says the same, with the names for readers")
  func json() throws {
    let workload = try parse("openat(-100) 2\ni386:getpid 1\nsyscall_0x1ff 1")
    let data = try JSONEncoder().encode(workload)
    #expect(try JSONDecoder().decode(Workload.self, from: data) == workload)
    #expect(String(decoding: data, as: UTF8.self).contains("\"openat\""))
    let wrong = String(decoding: data, as: UTF8.self).replacingOccurrences(
      of: "\"total\":4", with: "\"total\":5")
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(Workload.self, from: Data(wrong.utf8)) }
    let short = String(decoding: data, as: UTF8.self).replacingOccurrences(of: "[0,0,0,0,0,0]", with: "[0,0]")
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(Workload.self, from: Data(short.utf8)) }
  }
}
