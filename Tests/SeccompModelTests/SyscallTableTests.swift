import SeccompModel
import Testing

/// A table under test, with its name for the report.
struct ABI: Sendable, CustomTestStringConvertible {
  let architecture: Architecture
  let table: SyscallTable
  let header: String
  let count: Int

  var testDescription: String { architecture.libseccompName }

  static let all = [
    ABI(architecture: .x86_64, table: .x86_64, header: "unistd_64.h", count: 385),
    ABI(architecture: .x32, table: .x32, header: "unistd_x32.h", count: 374),
    ABI(architecture: .x86, table: .i386, header: "unistd_32.h", count: 461),
  ]
}

@Suite("Syscall tables")
struct SyscallTableTests {
  @Test("numbers ascend, names are there once, and both ways agree", arguments: ABI.all)
  func roundTrip(abi: ABI) {
    let entries = abi.table.entries
    #expect(entries.count == abi.count)
    #expect(Set(entries.map(\.name)).count == entries.count)
    #expect(zip(entries, entries.dropFirst()).allSatisfy { $0.number < $1.number })
    for (number, name) in entries {
      #expect(abi.table.number(named: name) == number)
      #expect(abi.table.name(of: number) == name)
    }
    #expect(abi.table.highestNumber == entries.last?.number)
  }

  @Test("every number that is not an entry's has no name", arguments: ABI.all)
  func unusedNumbers(abi: ABI) {
    let used = Set(abi.table.entries.map(\.number))
    for low in UInt32(0)...1100 {
      for high in [0, x32SyscallBit, 0x8000_0000, 0xffff_f000] {
        let number = low | high
        if !used.contains(number) { #expect(abi.table.name(of: number) == nil) }
      }
    }
    #expect(abi.table.name(of: .max) == nil)
    #expect(abi.table.number(named: "") == nil)
    #expect(abi.table.number(named: "no_such_call") == nil)
  }

  @Test("the newest calls have one number on all three ABIs")
  func newestCalls() {
    let newest: [(UInt32, String)] = [
      (451, "cachestat"), (452, "fchmodat2"), (453, "map_shadow_stack"), (454, "futex_wake"),
      (455, "futex_wait"), (456, "futex_requeue"), (457, "statmount"), (458, "listmount"),
      (459, "lsm_get_self_attr"), (460, "lsm_set_self_attr"), (461, "lsm_list_modules"), (462, "mseal"),
      (463, "setxattrat"), (464, "getxattrat"), (465, "listxattrat"), (466, "removexattrat"),
      (467, "open_tree_attr"), (468, "file_getattr"), (469, "file_setattr"), (470, "listns"),
      (471, "rseq_slice_yield"),
    ]
    for (number, name) in newest {
      #expect(SyscallTable.x86_64.number(named: name) == number)
      #expect(SyscallTable.i386.number(named: name) == number)
      #expect(SyscallTable.x32.number(named: name) == number | x32SyscallBit)
    }
    #expect(SyscallTable.x86_64.highestNumber == 471)
    #expect(SyscallTable.i386.highestNumber == 471)
    #expect(SyscallTable.x32.highestNumber == 547 | x32SyscallBit)
  }

  @Test("from 424 on, x86_64, i386 and x32 have the same calls, without a gap")
  func sharedNumbers() {
    for number in UInt32(424)...471 {
      #expect(SyscallTable.x86_64.name(of: number) != nil)
      #expect(SyscallTable.x86_64.name(of: number) == SyscallTable.i386.name(of: number))
      #expect(SyscallTable.x86_64.name(of: number) == SyscallTable.x32.name(of: number | x32SyscallBit))
    }
  }

  @Test("335 and 336 are the calls of kernel probes, on x86_64 and x32 but not i386")
  func probes() {
    #expect(SyscallTable.x86_64.name(of: 335) == "uretprobe")
    #expect(SyscallTable.x86_64.name(of: 336) == "uprobe")
    #expect(SyscallTable.x32.name(of: 335 | x32SyscallBit) == "uretprobe")
    #expect(SyscallTable.x32.name(of: 336 | x32SyscallBit) == "uprobe")
    #expect(SyscallTable.i386.number(named: "uretprobe") == nil)
    #expect(SyscallTable.i386.number(named: "uprobe") == nil)
  }

  @Test("every x32 number has bit 30, and 512 to 547 replace calls that x86_64 has elsewhere")
  func x32Numbers() {
    #expect(SyscallTable.x32.entries.allSatisfy { $0.number & ~UInt32(0x3ff) == 0x4000_0000 })
    for number in UInt32(512)...547 {
      let name = SyscallTable.x32.name(of: number | x32SyscallBit)
      #expect(name.flatMap { SyscallTable.x86_64.number(named: $0) }.map { $0 < 512 } == true)
      #expect(SyscallTable.x86_64.name(of: number) == nil)
    }
    #expect(SyscallTable.x32.number(named: "execve") == 0x4000_0208)
    #expect(SyscallTable.x32.name(of: 59) == nil)
  }

  @Test("both umounts of i386 are its own; x86_64 has only the second")
  func umount() {
    #expect(SyscallTable.i386.number(named: "umount") == 22)
    #expect(SyscallTable.i386.number(named: "umount2") == 52)
    #expect(SyscallTable.x86_64.number(named: "umount") == nil)
    #expect(SyscallTable.x86_64.number(named: "umount2") == 166)
  }

  @Test(
    "a counterpart is named exactly where the ABI lacks the name",
    arguments: [
      ("umount", "umount2", nil), ("fstatat64", "newfstatat", nil), ("newfstatat", nil, "fstatat64"),
      ("pread", "pread64", "pread64"), ("mmap2", "mmap", nil), ("llseek", "lseek", "_llseek"),
      ("send", "sendto", "sendto"), ("clock_gettime64", "clock_gettime", nil), ("read", nil, nil),
      ("prlimit", "prlimit64", "prlimit64"), ("no_such_call", nil, nil),
    ] as [(String, String?, String?)])
  func counterparts(name: String, x86_64: String?, i386: String?) {
    #expect(SyscallTable.x86_64.counterpart(of: name) == x86_64)
    #expect(SyscallTable.x32.counterpart(of: name) == x86_64)
    #expect(SyscallTable.i386.counterpart(of: name) == i386)
  }
}
