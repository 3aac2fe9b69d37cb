import SeccompModel
import Testing

@testable import Profiles

@Suite("Arguments of 32 bits")
struct ArgumentWidthTests {
  private static let table: [(name: String, x86_64: Set<UInt32>, x32: Set<UInt32>)] = [
    ("socket", [0, 1, 2], [0, 1, 2]), ("ioctl", [0, 1], [0, 1, 2]), ("ptrace", [], [0, 1, 2, 3]),
    ("preadv2", [5], [4]), ("recvfrom", [0, 3], [0, 2, 3]), ("setsockopt", [0, 1, 2, 4], [0, 1, 2, 4]),
    ("execve", [], []),
  ]

  @Test("are those of the function that the ABI's number calls; on i386 all")
  func positions() {
    for (name, native, x32) in Self.table {
      #expect(ArgumentWidths.narrow(name, on: .x86_64) == native, "\(name)")
      #expect(ArgumentWidths.narrow(name, on: .x32) == x32, "\(name)")
      #expect(ArgumentWidths.narrow(name, on: .x86) == Set(0..<6), "\(name)")
    }
  }
}
