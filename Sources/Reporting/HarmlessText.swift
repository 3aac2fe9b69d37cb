extension String {
  /// The text with what a terminal would act on written out as `\\u{1b}`: control characters, line ends among them, and
  /// format characters such as those that turn the direction of what follows (Unicode's categories Cc, Cf, Zl, Zp).
  package var harmless: String {
    guard unicodeScalars.contains(where: \.isActedOn) else { return self }
    return unicodeScalars.reduce(into: "") { text, scalar in
      if scalar.isActedOn {
        text += "\\u{\(String(scalar.value, radix: 16))}"
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
  }
}

extension Unicode.Scalar {
  fileprivate var isActedOn: Bool {
    // Most text is this.
    if value >= 0x20, value < 0x7f { return false }
    return switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}
