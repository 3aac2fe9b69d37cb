/// A place in a text that obliges, or defines: where the author of a runtime can check a claim of the suite.
package struct OCICitation: Hashable, Sendable, CustomStringConvertible {
  /// `config-linux.md` of the runtime specification, or a manual's page.
  package var document: String
  package var section: String
  /// The few words that matter; empty where the whole section does.
  package var words: String

  init(_ document: String, _ section: String, _ words: String = "") {
    self.document = document
    self.section = section
    self.words = words
  }

  package var description: String {
    let place = section.isEmpty ? document : "\(document), \(section)"
    return words.isEmpty ? place : "\(place): \"\(words)\""
  }

  /// The edition that was read for the table. The Seccomp section has said the same since 1.1.0, but for words in
  /// the lists of constants; "Valid values" and "Extensibility" since 1.0.0.
  package static let specification = "OCI runtime-spec 1.3.0"
}

// The specification's sentences, each once.
extension OCICitation {
  /// A sentence of the section on seccomp.
  static func seccomp(_ words: String) -> OCICitation { OCICitation("config-linux.md", "Seccomp", words) }

  static let optional = seccomp("seccomp (object, OPTIONAL)")
  static let definitions = seccomp("strings that match the definitions in seccomp.h")
  static let defaultAction = seccomp("defaultAction (string, REQUIRED)")
  static let entriesAreOptional = seccomp("syscalls (array of objects, OPTIONAL)")
  static let emptySyscalls = seccomp("the kernel will kill the container process on its first syscall")
  static let errnoUnsupported = seccomp("the runtime MUST print and error and fail")
  static let errnoDefault = seccomp("The default is EPERM")
  static let architectures = seccomp("the architecture used for system calls")
  static let flags = seccomp("list of flags to use with seccomp(2)")
  static let listenerPath = seccomp("over which the runtime will send the container process state")
  static let oneState = seccomp("MUST send exactly one container process state per connection")
  static let connectionClosed = seccomp("it MUST be closed after sending a seccomp state")
  static let sendingFails = seccomp("If sending to this socket fails, the runtime MUST generate an error")
  static let listenerIgnored = seccomp("If the SCMP_ACT_NOTIFY action is not used this value is ignored")
  static let metadata = seccomp("sent as the metadata field")
  static let metadataAlone = seccomp("MUST NOT be set if listenerPath is not set")
  static let namesRequired = seccomp("names (array of strings, REQUIRED)")
  static let oneName = seccomp("names MUST contain at least one entry")
  static let actionRequired = seccomp("action (string, REQUIRED)")
  static let indexRequired = seccomp("index (uint, REQUIRED)")
  static let valueRequired = seccomp("value (uint64, REQUIRED)")
  static let operatorRequired = seccomp("op (string, REQUIRED)")

  /// Any value that the text does not list, or of another type.
  static let validValues = OCICitation(
    "config.md", "Valid values", "MUST generate an error when invalid or unsupported values are encountered")
  static let unknownProperties = OCICitation(
    "config.md", "Extensibility", "MAY log unknown properties but MUST otherwise ignore them")
  /// All that stands in config.json is to hold for the container.
  static let applied = OCICitation(
    "runtime.md", "Create", "All of the properties configured in config.json … MUST be applied")
  /// What cannot be done must not be done halfway.
  static let cannotApply = OCICitation(
    "runtime.md", "Create", "If the runtime cannot apply a property as specified …, it MUST generate an error"
  )
  static let json = OCICitation("glossary.md", "JSON", "All configuration JSON MUST be encoded in UTF-8")

  // What the specification refers to or leaves to others.
  static let allTrue = OCICitation(
    "seccomp_rule_add(3)", "", "all of the comparisons must be true for the rule to match")
  static let union = OCICitation("seccomp_rule_add(3)", "", "combined into a union")
  static let maskedEqual = OCICitation(
    "seccomp_rule_add(3)", "SCMP_CMP_MASKED_EQ",
    "the masked argument value is equal to the masked datum value")
  static let multiplexed = OCICitation(
    "seccomp_rule_add(3)", "", "internal rewriting of multiplexed syscalls")
  static let badArchitecture = OCICitation("seccomp_attr_set(3)", "SCMP_FLTATR_ACT_BADARCH")
  static let runcAndCrun = OCICitation("runc and crun", "", "agree on it")
}
