/// A profile as read from a text: what it says, in which form it said it, and what about it is remarkable.
public struct ProfileDocument: Hashable, Sendable {
  /// The file's name, or whatever name the caller gave the text.
  public var source: String
  public var profile: Profile
  public var form: Form
  /// What a Docker form profile was resolved for; nil for the other forms, which need no resolving.
  public var resolution: ResolutionContext?
  /// Where each of `profile.entries` stands in the text, in the same order. Entries that were left out in
  /// resolving have no element here, so `entrySources[i].index` can exceed `i`.
  public var entrySources: [EntrySource]
  /// In the order in which they stand in the text, at most ``remarkLimit``.
  public var remarks: [Remark]
  /// How many more remarks there would have been.
  public var omittedRemarks: Int

  /// Enough for any profile worth reading; it bounds what a hostile one costs.
  public static let remarkLimit = 1000

  public init(
    source: String, profile: Profile, form: Form, resolution: ResolutionContext? = nil,
    entrySources: [EntrySource] = [], remarks: [Remark] = [], omittedRemarks: Int = 0
  ) {
    self.source = source
    self.profile = profile
    self.form = form
    self.resolution = resolution
    self.entrySources = entrySources
    self.remarks = remarks
    self.omittedRemarks = omittedRemarks
  }

  /// The three forms a profile is written in.
  public enum Form: String, Hashable, Sendable, CaseIterable {
    /// The `linux.seccomp` object of the OCI runtime specification by itself.
    case oci
    /// A whole config.json; the profile is its `linux.seccomp`.
    case ociConfig
    /// The form that Docker and containers/common read, with conditions on capabilities, machine and kernel.
    case docker
  }

  /// Where an entry of the profile came from.
  public struct EntrySource: Hashable, Sendable {
    /// Its index in the text's `syscalls`.
    public var index: Int
    /// Its JSON path.
    public var path: String
    public var position: SourcePosition
    /// Docker's `comment`; nil when absent or empty.
    public var comment: String?
  }

  /// Something that is no error but should not pass in silence.
  public struct Remark: Hashable, Sendable, CustomStringConvertible {
    public var severity: Severity
    public var kind: Kind
    public var path: String
    public var position: SourcePosition
    public var message: String

    /// One line without the source: `12:16: $.syscalls[0].names[3]: …`.
    public var description: String { "\(position): \(path): \(message)" }

    public enum Severity: String, Hashable, Sendable {
      /// The author's intention is probably lost.
      case warning
      /// Working as written, told for completeness.
      case note
    }

    public enum Kind: String, Hashable, Sendable, CaseIterable {
      /// A field that this form does not have.
      case unknownField
      /// A system call that no listed x86 architecture has.
      case unknownName
      /// An architecture of `archMap` that the OCI specification does not name.
      case unknownArchitecture
      /// An argument index above 5.
      case argumentIndex
      /// `errno` and `errnoRet` (or `defaultErrno` and `defaultErrnoRet`) say different things.
      case contradictoryErrno
      /// An entry left out by `includes` or `excludes`.
      case leftOut
    }
  }
}
