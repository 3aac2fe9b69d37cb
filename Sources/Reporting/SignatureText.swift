import Campaign

/// The signature of a family of findings in words. Signatures are made by `SavedCase.fingerprint`; one that is not
/// of its form is shown as it stands.
struct SignatureText {
  /// What differs, one sentence.
  let headline: String
  /// On what input.
  let shape: String
  /// Whether it showed again when it was asked alone.
  let isSteady: Bool

  init(_ signature: String) {
    var parts = signature.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    isSteady = parts.first?.hasSuffix(SavedCase.onceMark) != true
    if !isSteady { parts[0].removeLast(SavedCase.onceMark.count) }
    guard let kind = parts.first.flatMap(FindingKind.init(rawValue:)) else {
      (headline, shape) = (signature, "")
      return
    }
    switch kind {
    case .filterKernel, .kernelInstall:
      guard parts.count == 4 || parts.count == 5 else { break }
      headline =
        kind == .filterKernel
        ? "The kernel does not do what the filter returns: \(parts[1])."
        : "The kernel's answer to the installation is not the checker's: \(parts[1])."
      shape = "\(parts[2]); \(parts[3]) call" + (parts.count == 5 ? "; what is left of it: \(parts[4])" : "")
      return
    case .policyKernel:
      guard parts.count >= 7 else { break }
      headline =
        "The kernel does not do what the profile says: \(Self.direction(parts[1], rules: parts[3])) (\(parts[2]))."
      shape = Self.shape(parts[3...])
      return
    case .policyFilter:
      guard parts.count >= 6 else { break }
      headline =
        "The compiled filter does not do what the profile says: \(Self.direction(parts[1], rules: parts[2]))."
      shape = Self.shape(parts[2...])
      return
    case .libraryLibrary:
      guard parts.count >= 6 else { break }
      headline =
        "Two builds of libseccomp give filters with different meanings: \(Self.otherDirection(parts[1]))."
      shape = Self.shape(parts[2...])
      return
    case .compilerHang, .compilerCrash, .compilerError:
      guard parts.count >= 6 else { break }
      headline = Self.failure(kind, parts[1])
      shape = Self.shape(parts[2...])
      return
    }
    (headline, shape) = (signature, "")
  }

  /// In which cases it was seen.
  func seen(_ family: FuzzSummary.Family) -> String {
    let cases = Numbers.counted(family.cases, "case")
    return isSteady
      ? "first in case \(family.firstCase), minimised from \(cases)"
      : "first in case \(family.firstCase), seen in \(cases); asked again, alone, it did not show: kept as it was seen"
  }

  /// What the words of ``shape`` mean.
  static let legend =
    "In [ ] stand the conditions of one rule: equal is == or masked ==, unequal !=, ordered one of < <= > >=; "
    + "a letter stands for an argument."

  private static func direction(_ word: String, rules: String) -> String {
    switch word {
    // Without a rule there is one action besides the default: that for architectures not listed.
    case "missed" where rules == "0 rules":
      "the default action comes instead of the one for architectures that are not listed"
    case "other action" where rules == "0 rules":
      "another action comes than the one for architectures that are not listed"
    case "extra" where rules == "0 rules": "no rule applies, and another action comes than the default"
    case "missed": "a rule applies, and the default action comes instead"
    case "extra": "no rule applies, and a rule's action comes instead of the default"
    case "other action": "another action comes than that of the rule that applies"
    case "outside the contested set": "matching rules disagree, and what comes is none of their actions"
    default: word
    }
  }

  private static func otherDirection(_ word: String) -> String {
    switch word {
    case "missed": "the first applies a rule, the other the default action"
    case "extra": "the first applies the default action, the other a rule"
    case "other action": "they apply different actions"
    default: word
    }
  }

  /// `seccomp_rule_add -22`, `seccomp_rule_add signal 11`
  private static func failure(_ kind: FindingKind, _ stage: String) -> String {
    let words = stage.split(separator: " ").map(String.init)
    let function = words.first ?? stage
    let rest = words.dropFirst().joined(separator: " ")
    return switch kind {
    case .compilerHang: "\(function) of libseccomp does not come back."
    case .compilerCrash: "\(function) of libseccomp crashes\(rest.isEmpty ? "" : " by " + rest)."
    default: "\(function) of libseccomp refuses sound input\(rest.isEmpty ? "" : " with " + rest)."
    }
  }

  /// The rest of the signature: how many rules, their conditions, high words, the ABI, whether stacked.
  private static func shape(_ parts: ArraySlice<String>) -> String {
    var parts = parts
    let count = parts.popFirst() ?? ""
    let rules = (parts.popFirst() ?? "").split(separator: "]").map { $0 + "]" }.joined(separator: " ")
    let highWords = parts.popFirst() ?? ""
    var words = [rules.isEmpty ? count : "\(count) \(rules)"]
    if highWords == "high words differ" { words.append("constants with different high 32 bits") }
    if let abi = parts.popFirst() { words.append("\(abi) call") }
    if parts.first == "stacked" { words.append("in a stack of filters") }
    return words.joined(separator: "; ")
  }
}
