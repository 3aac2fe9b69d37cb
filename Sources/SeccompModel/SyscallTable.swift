/// The system calls of one ABI: name to number and back. Numbers are what the filter sees: x32 numbers carry
/// ``x32SyscallBit``.
///
/// Data: `asm/unistd_64.h`, `asm/unistd_x32.h` and `asm/unistd_32.h` of the kernel, up to Linux 7.2; see
/// scripts/generate-syscall-tables.
public struct SyscallTable: Sendable {
  /// Every entry, by ascending number.
  public let entries: [(number: UInt32, name: String)]

  /// Bits that every number of this ABI carries: ``x32SyscallBit`` or 0.
  public let numberBits: UInt32

  /// Names by the number without ``numberBits``; nil where the number is unused.
  private let names: [String?]
  private let numbers: [String: UInt32]

  /// Reads generated lines "number name", ascending by number.
  init(source: String, numberBits: UInt32 = 0) {
    var entries: [(number: UInt32, name: String)] = []
    var names: [String?] = []
    for line in source.split(separator: "\n") {
      let fields = line.split(separator: " ")
      guard fields.count == 2, let number = Int(fields[0]), number >= names.count else {
        preconditionFailure("generated line \"\(line)\" is not an ascending \"number name\"")
      }
      let name = String(fields[1])
      names.append(contentsOf: repeatElement(nil, count: number - names.count))
      names.append(name)
      entries.append((UInt32(number) | numberBits, name))
    }
    self.entries = entries
    self.names = names
    self.numberBits = numberBits
    numbers = Dictionary(uniqueKeysWithValues: entries.map { ($0.name, $0.number) })
  }

  /// 64-bit code (`syscall`).
  public static let x86_64 = SyscallTable(source: x86_64Source)
  /// 64-bit code with 32-bit pointers: the same entry and token as x86_64, numbers with bit 30.
  public static let x32 = SyscallTable(source: x32Source, numberBits: x32SyscallBit)
  /// 32-bit code, and `int $0x80` from anywhere.
  public static let i386 = SyscallTable(source: i386Source)

  /// The highest number in use, with ``numberBits``.
  public var highestNumber: UInt32 { entries.last?.number ?? numberBits }

  /// The number of the call that this ABI's kernel headers call `name`; nil when it has no such call. The names
  /// that libseccomp's resolver takes are the same, and it knows no others for them; see
  /// ``counterpart(of:)`` for what other ABIs call them.
  ///
  /// The multiplexed calls of i386 (`socket`, `shmget`, …) answer with their direct number where there is one;
  /// see ``MultiplexedCall`` for the other way in.
  public func number(named name: String) -> UInt32? { numbers[name] }

  /// The name of `number`; nil when this ABI leaves the number unused.
  public func name(of number: UInt32) -> String? {
    let index = Int(number ^ numberBits)
    return index < names.count ? names[index] : nil
  }
}
