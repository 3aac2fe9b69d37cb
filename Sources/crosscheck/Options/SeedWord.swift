import ArgumentParser

/// A 64-bit seed, decimal or hexadecimal after `0x`.
package struct SeedWord: Hashable, Sendable, ExpressibleByArgument {
  package var value: UInt64

  package init?(argument: String) {
    let hexadecimal = argument.hasPrefix("0x") || argument.hasPrefix("0X")
    let digits = hexadecimal ? argument.dropFirst(2) : Substring(argument)
    // UInt64's own reading takes a sign.
    guard digits.first?.isHexDigit == true, let value = UInt64(digits, radix: hexadecimal ? 16 : 10) else {
      return nil
    }
    self.value = value
  }
}
