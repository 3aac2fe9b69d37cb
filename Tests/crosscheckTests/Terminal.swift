import Glibc
import SystemPackage

/// A terminal without a screen (pty(7)): one end is given to a process, what it writes is kept.
final class Terminal: Sendable {
  /// The end for the process.
  let device: FileDescriptor
  private let keeper: FileDescriptor

  init() throws {
    var keeper: Int32 = -1
    var device: Int32 = -1
    guard openpty(&keeper, &device, nil, nil, nil) == 0 else { throw Errno(rawValue: errno) }
    self.keeper = FileDescriptor(rawValue: keeper)
    self.device = FileDescriptor(rawValue: device)
  }

  deinit { try? keeper.close() }

  /// Reads until the process and the caller have closed the device; what was written. Blocks.
  func readToEnd() -> String {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      // A terminal whose other end is closed answers EIO.
      let count = Glibc.read(keeper.rawValue, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
      bytes += chunk[..<count]
    }
  }
}
