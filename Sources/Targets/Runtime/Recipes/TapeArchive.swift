/// The smallest archive that an image can be made of. Source: POSIX.1-2017, pax, "ustar Interchange Format"
enum TapeArchive {
  private static let blockSize = 512

  /// One empty file.
  static func empty(file name: String) -> [UInt8] {
    precondition(name.utf8.count < 100, "a name of the first field")
    var head = [UInt8](repeating: 0, count: blockSize)
    func put(_ text: String, at offset: Int) {
      head.replaceSubrange(offset..<offset + text.utf8.count, with: text.utf8)
    }
    put(name, at: 0)
    put("0000755", at: 100)  // mode
    put("0000000", at: 108)  // owner
    put("0000000", at: 116)  // group
    put("00000000000", at: 124)  // size
    put("00000000000", at: 136)  // time of change
    put("        ", at: 148)  // the checksum counts as spaces
    put("0", at: 156)  // a regular file
    put("ustar\u{0}00", at: 257)
    let sum = head.reduce(0) { $0 + Int($1) }
    let digits = String(sum, radix: 8)
    put(String(repeating: "0", count: 6 - digits.count) + digits + "\u{0}", at: 148)
    // Two blocks of zeros end it.
    return head + [UInt8](repeating: 0, count: 2 * blockSize)
  }
}
