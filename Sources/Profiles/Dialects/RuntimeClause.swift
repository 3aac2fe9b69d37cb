/// A way in which what a runtime installs is not what the profile's text says, or a reason not to start at all.
public struct RuntimeClause: Hashable, Sendable, CustomStringConvertible {
  public var kind: Kind
  public var family: RuntimeDialect.Family
  /// The JSON path of what it is about; `$` is the whole profile.
  public var path: String
  /// One sentence for users, with the figures of this profile.
  public var sentence: String
  /// Where the fact comes from: program, version, file, function, and whether it was measured.
  public var source: String

  /// A stable name, such as `runc-enosys-prologue`.
  public var name: String { "\(family.rawValue)-\(kind.rawValue)" }

  public var description: String { "\(path): \(sentence)" }

  /// The raw value is the second part of the stable name.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    // What the text becomes before anybody looks for a meaning.

    /// A field that the runtime does not know.
    case unknownField = "unknown-field-ignored"
    /// `name` where `names` is meant.
    case singularName = "singular-name-ignored"
    /// A key in other letter case than the specification's.
    case letterCase = "letter-case-ignored"
    /// A key that stands twice in an object.
    case repeatedKey = "repeated-key"
    /// A field of an array element keeps the value that an earlier array of the same key had there.
    case leftoverValue = "leftover-value"
    /// A value of the wrong JSON type.
    case wrongType = "wrong-type-ignored"
    case wrongTypeRefused = "wrong-type-refused"
    /// A number that is negative, too large or no integer.
    case negativeNumber = "negative-number-wraps"
    case numberRefused = "number-refused"
    /// A string that a NUL cuts short.
    case nulInString = "nul-cuts-string"
    /// A required field that is absent or null.
    case missingField = "missing-field-is-zero"
    case missingFieldRefused = "missing-field-refused"
    /// No profile at all in the text.
    case noProfile = "no-filter"

    // The profile's own fields.

    case flagsRefused = "flags-refused"
    case unknownFlagRefused = "unknown-flag-refused"
    /// Flags that nobody asked for.
    case defaultFlags = "default-flags"
    /// Flags that are given up because the kernel refuses them together.
    case flagsDropped = "flags-dropped"
    case flagsConflictRefused = "flags-conflict-refused"
    case threadSyncIgnored = "tsync-ignored"
    case unknownArchitectureRefused = "unknown-architecture-refused"
    case bigEndianRefused = "big-endian-refused"
    /// An architecture in a spelling that the specification does not have.
    case architectureSpelling = "architecture-spelling"
    case nativeArchitecture = "native-architecture-added"

    // Actions.

    case unknownActionRefused = "unknown-action-refused"
    /// An errno for an action that has none.
    case errnoStrictness = "errno-strictness"
    case errnoIgnored = "errno-ignored"
    case errnoWraps = "errno-wraps"
    case errnoTooLarge = "errno-too-large"
    case errnoDefault = "errno-default"

    // Rules.

    case entryWithoutNames = "entry-without-names"
    case emptyNameRefused = "empty-name-refused"
    case unknownName = "unknown-name-skipped"
    case equalToDefault = "equal-to-default-skipped"
    case unknownOperatorRefused = "unknown-operator-refused"
    case argumentIndexRefused = "argument-index-refused"
    /// One argument twice in an entry: its conditions become alternatives.
    case alternatives = "repeated-argument-means-or"
    case argumentsCut = "arguments-cut-at-six"
    /// libseccomp refuses a rule.
    case ruleRefused = "rule-refused"
    /// The kernel refuses the program.
    case programRefused = "program-refused"
    /// Numbers above the highest that is named give ENOSYS.
    case enosysPrologue = "enosys-prologue"
    /// Calls that are named, and get ENOSYS all the same.
    case prologueHidesRules = "enosys-prologue-hides-rules"

    // Listeners.

    case notifyDefaultRefused = "notify-default-refused"
    case notifyWriteRefused = "notify-write-refused"
    case listenerPathRefused = "listener-path-refused"
    /// NOTIFY rules without anybody to notify.
    case notifyWithoutListener = "notify-without-listener"
    /// A listener without a NOTIFY rule.
    case listenerWithoutNotify = "listener-without-notify"
    case listenerIgnored = "listener-ignored"
  }
}
