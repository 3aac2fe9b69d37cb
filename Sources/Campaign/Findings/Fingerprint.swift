/// The name of a family of findings: two cases share it when they differ only in what a cause does not
/// depend on (which syscall, which argument registers, which errno, which constants).
package struct Fingerprint: Hashable, Sendable, CustomStringConvertible {
  /// What the family is, for people and for the known list, e.g.
  /// `policy-filter/missed/2 rules/[ordered a][ordered a]/high words differ/64-bit`.
  package let signature: String
  /// The kind and 12 hex digits of the signature's hash; a directory name.
  package let id: String

  package init(kind: FindingKind, signature: String) {
    self.init(prefix: kind.rawValue, signature: signature)
  }

  package init(prefix: String, signature: String) {
    self.signature = signature
    id = "\(prefix)-\(padded(Self.hash(signature)).suffix(12))"
  }

  package var description: String { id }

  /// FNV-1a, 64 bits, its top 16 folded onto the low ones because the id shows 48.
  private static func hash(_ text: String) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 {
      hash ^= UInt64(byte)
      hash &*= 0x0000_0100_0000_01b3
    }
    return (hash ^ (hash >> 48)) & 0xffff_ffff_ffff
  }
}

extension SavedCase {
  /// What follows the kind in the signature of a case that did not show again.
  package static let onceMark = ", once"

  /// The family of this case; meaningful once the case is minimised.
  package var fingerprint: Fingerprint {
    // A signature of the known list begins with the kind and a slash: it covers nothing that was seen once only.
    var parts = [isSteady ? kind.rawValue : kind.rawValue + Self.onceMark]
    switch kind {
    case .filterKernel, .kernelInstall:
      // The kernel sees a program, not rules: what was expected and what came are the family.
      parts += [surprise, filters.count > 1 ? "stacked" : "one filter", abi]
      if isAboutPrograms { parts.append(programShape) }
    case .policyKernel, .policyFilter, .libraryLibrary, .compilerHang, .compilerCrash, .compilerError:
      parts.append(kind.isCompilerFailure ? failure : direction)
      if kind == .policyKernel { parts.append(surprise) }
      let shape = RuleShape(rules: rulesConcerned, is32Bit: abi == "32-bit")
      parts += [shape.count, shape.rules, shape.highWords, abi]
      if profiles.count > 1 { parts.append("stacked") }
      parts += circumstances
    }
    return Fingerprint(kind: kind, signature: parts.joined(separator: "/"))
  }
}
