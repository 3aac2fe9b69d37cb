import Glibc
import SeccompModel
import Testing

/// The tables against `asm/unistd_*.h` as installed (Debian: package linux-libc-dev).
@Suite("Agreement with the installed kernel headers")
struct KernelHeaderTests {
  private static let folders = ["/usr/include/x86_64-linux-gnu/asm/", "/usr/include/asm/"]

  /// The file's text; nil when it cannot be opened.
  private func text(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    while case let byte = getc(file), byte != EOF { bytes.append(UInt8(truncatingIfNeeded: byte)) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// What `#define __NR_name number` and `#define __NR_name (__X32_SYSCALL_BIT + number)` say.
  private func definitions(_ header: String) throws -> [(name: String, number: UInt32)] {
    let prefix = "#define __NR_"
    return try header.split(separator: "\n").filter { $0.hasPrefix(prefix) }.map { line in
      let words = line.dropFirst(prefix.count).split { " ()+".contains($0) }
      let number = try #require(words.last.flatMap { UInt32($0) }, "\(line)")
      return (String(words[0]), words.count == 3 ? number | x32SyscallBit : number)
    }
  }

  @Test("each definition is an entry, and entries without one are young", arguments: ABI.all)
  func headers(abi: ABI) throws {
    let header = try #require(
      Self.folders.lazy.compactMap { self.text($0 + abi.header) }.first,
      "\(abi.header) is in none of \(Self.folders)")
    let definitions = try definitions(header)
    #expect(definitions.count > 340)
    for (name, number) in definitions {
      let low = number & ~x32SyscallBit
      // Headers may be newer than the table.
      if low > 471 && low < 512 { continue }
      #expect(abi.table.number(named: name) == number, "\(name)")
    }
    let missing = Set(abi.table.entries.map(\.name)).subtracting(definitions.map(\.name))
    #expect(missing.subtracting(YoungCalls.all) == [])
  }
}
