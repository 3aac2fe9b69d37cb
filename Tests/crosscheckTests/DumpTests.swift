import ClassicBPF
import Foundation
import Glibc
import Testing

/// Reading another's filters takes root.
private let isRoot = geteuid() == 0

@Suite("dump", .enabled(if: isRoot, "reading the filters of a process needs root"))
struct DumpTests {
  /// getcwd gives errno 77 by `syscall`; the rest is allowed.
  static let getcwd = Filter([
    Instruction(code: 0x20, k: 4),
    Instruction(code: 0x15, jumpTrue: 0, jumpFalse: 3, k: 0xc000_003e),
    Instruction(code: 0x20, k: 0),
    Instruction(code: 0x15, jumpTrue: 0, jumpFalse: 1, k: 79),
    Instruction(code: 0x06, k: 0x0005_004d),
    Instruction(code: 0x06, k: 0x7fff_0000),
  ])
  static let allow = Filter([Instruction(code: 0x06, k: 0x7fff_0000)])
  static let profile = """
    {"defaultAction": "SCMP_ACT_ALLOW", "architectures": ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"],
     "syscalls": [{"names": ["getcwd"], "action": "SCMP_ACT_ERRNO", "errnoRet": 77}]}
    """

  @Test("prints the filters oldest first and lets the process go on")
  func text() async throws {
    let process = try FilteredProcess([Self.getcwd, Self.allow])
    defer { process.end() }
    let run = try await Tool.run(["dump", "\(process.id)"])
    #expect(run.status == 0, "\(run.errors)")
    let first = try #require(run.output.range(of: "filter 0"))
    let second = try #require(run.output.range(of: "filter 1"))
    #expect(run.output[first.upperBound..<second.lowerBound].contains("(getcwd)"))
    #expect(!run.output[second.upperBound...].contains("getcwd"))
    #expect(process.isSleeping)
  }

  @Test("writes the very bytes that were installed")
  func raw() async throws {
    let process = try FilteredProcess([Self.getcwd, Self.allow])
    defer { process.end() }
    let scratch = try Scratch()
    let directory = scratch.path + "/with a space"
    let run = try await Tool.run(["dump", "\(process.id)", "--raw", directory])
    #expect(run.status == 0, "\(run.errors)")
    for (index, filter) in [Self.getcwd, Self.allow].enumerated() {
      let bytes = try Data(contentsOf: URL(filePath: "\(directory)/filter-\(index).bpf"))
      #expect(Array(bytes) == filter.bytes)
    }
    let refused = try await Tool.run(["dump", "\(process.id)", "--raw", "/proc/none"])
    #expect(refused.status == 69)
    #expect(refused.errors.contains("/proc/none"))
  }

  @Test("finds the profile's own filter the same, and another different with a call that shows it")
  func against() async throws {
    let scratch = try Scratch()
    let profile = try scratch.file("p.json", Self.profile)
    let other = try scratch.file("q.json", Self.profile.replacing("77", with: "78"))
    let raw = try await Tool.run(["disasm", "--profile", "--json", profile])
    let compiled = try Self.filter(fromListing: raw.output)
    let process = try FilteredProcess([Self.allow, compiled])
    defer { process.end() }

    let same = try await Tool.run(["dump", "\(process.id)", "--against", profile])
    #expect(same.status == 0, "\(same.errors)")
    #expect(same.output.contains("means the same"))

    let differs = try await Tool.run(["dump", "\(process.id)", "--against", other, "--json"])
    #expect(differs.status == 1)
    #expect(differs.output.contains(#""expected" : "ERRNO(78)""#))
    #expect(differs.output.contains(#""installed" : "ERRNO(77)""#))
    #expect(differs.output.contains("getcwd ("))
  }

  @Test("a profile with a program that no kernel loads is bad input, and disasm prints it all the same")
  func tooLong() async throws {
    let scratch = try Scratch()
    // Many calls with values of their own: rules of one call take libseccomp much longer, and alike ones are shared.
    let names = [
      "read", "write", "close", "fstat", "lseek", "mmap", "munmap", "ioctl", "readv", "writev", "dup", "dup2",
      "socket", "connect", "accept", "bind",
    ]
    let rules = (0..<4480).map { rule in
      #"{"names": ["\#(names[rule % 16])"], "action": "SCMP_ACT_ERRNO", "#
        + #""args": [{"index": 0, "value": \#(rule * 7), "op": "SCMP_CMP_EQ"}]}"#
    }
    let profile = try scratch.file(
      "long.json", #"{"defaultAction": "SCMP_ACT_ALLOW", "syscalls": ["# + rules.joined(separator: ",") + "]}"
    )
    let process = try FilteredProcess([Self.allow])
    defer { process.end() }
    let run = try await Tool.run(["dump", "\(process.id)", "--against", profile])
    BadInputTests.expectRefusal(run)
    #expect(run.errors.contains("long.json") && run.errors.contains("4096"), "\(run.errors)")
    let printed = try await Tool.run(["disasm", "--profile", profile])
    #expect(printed.status == 0)
    #expect(printed.output.split(separator: "\n").count > 4096)
    #expect(printed.errors.contains("the kernel would not take this filter"))
  }

  @Test("says that a process has no filter by status 1")
  func none() async throws {
    let process = try FilteredProcess([])
    defer { process.end() }
    let run = try await Tool.run(["dump", "\(process.id)"])
    #expect(run.status == 1)
    #expect(run.output == "process \(process.id): no filter binds it.\n")
    #expect(process.isSleeping)
  }

  @Test("a process that is not there, a thread of the kernel and a zombie are bad input")
  func badInput() async throws {
    // Above kernel.pid_max, whose limit is 2^22.
    let missing = try await Tool.run(["dump", "2147483647"])
    BadInputTests.expectRefusal(missing)
    #expect(missing.errors.contains("no such process"))
    // kthreadd, where this is no PID namespace of a container.
    if (try? String(contentsOfFile: "/proc/2/comm", encoding: .utf8)) == "kthreadd\n" {
      let thread = try await Tool.run(["dump", "2"])
      BadInputTests.expectRefusal(thread)
      #expect(thread.errors.contains("thread of the kernel"))
    }
  }

  @Test("without the right to it the missing capability is named, with status 69")
  func unprivileged() async throws {
    let process = try FilteredProcess([Self.allow])
    defer { process.end() }
    let run = try await ToolForNobody().run(["dump", "\(process.id)"])
    #expect(run.status == 69)
    #expect(run.errors.contains("CAP_SYS_PTRACE"))
    #expect(run.errorLines.count == 1)
    #expect(process.isSleeping)
  }

  static func filter(fromListing text: String) throws -> Filter {
    struct Listing: Decodable {
      struct Line: Decodable {
        var code: UInt16
        var jt: UInt8
        var jf: UInt8
        var k: UInt32
      }
      var instructions: [Line]
    }
    let listing = try JSONDecoder().decode(Listing.self, from: Data(text.utf8))
    return Filter(
      listing.instructions.map { Instruction(code: $0.code, jumpTrue: $0.jt, jumpFalse: $0.jf, k: $0.k) })
  }
}
