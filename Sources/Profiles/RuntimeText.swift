/// The text of `linux.seccomp` that a runtime is given for a profile's file.
///
/// Runtimes read the text, each in its own way, so it goes to them byte for byte where that is what would reach them. A
/// profile in the form of Docker and containers/common is resolved first, because an engine does that before it
/// calls a runtime: on `archMap`, `includes`, `excludes` and the names of errnos.
public struct RuntimeText: Hashable, Sendable {
  /// What the runtime is given.
  public var bytes: [UInt8]
  public var origin: Origin

  public enum Origin: String, Hashable, Sendable {
    /// The file as it is.
    case file
    /// The `linux.seccomp` of a config.json, as it stands there.
    case configuration
    /// What an engine makes of the file.
    case resolved
  }

  /// What an engine makes of a profile, whatever form it has.
  package init(resolving document: ProfileDocument) throws(OCIWriter.Inexpressible) {
    bytes = Array(try OCIWriter.text(of: document.profile).utf8)
    origin = .resolved
  }

  /// No text.
  package init() {
    bytes = []
    origin = .file
  }

  /// Whether the file is a configuration that has no profile in it: then there is nothing to give.
  package static func isConfigurationWithoutProfile(_ file: [UInt8]) -> Bool {
    guard let root = file.withUnsafeBufferPointer({ try? JSONParser.parse($0) }) else { return false }
    return (root["ociVersion"] != nil || root["linux"] != nil) && root["linux"]?["seccomp"] == nil
  }

  /// - Parameters:
  ///   - file: the bytes of the profile's file. They need not be a profile that this project reads.
  ///   - document: what was read from it; nil when it was refused.
  ///   - isVerbatim: whether a Docker profile is handed over unresolved too.
  /// - Throws: when a Docker profile says what the OCI form cannot.
  public init(
    file: [UInt8], document: ProfileDocument?, isVerbatim: Bool = false
  ) throws(OCIWriter.Inexpressible) {
    let root = file.withUnsafeBufferPointer { try? JSONParser.parse($0) }
    if let profile = root?["linux"]?["seccomp"] {
      bytes = file.withUnsafeBufferPointer { Array($0[JSONSpan.range(of: profile, in: $0)]) }
      origin = .configuration
    } else if !isVerbatim, let document, document.form == .docker, root?.needsEngine ?? false {
      self = try RuntimeText(resolving: document)
    } else {
      bytes = file
      origin = .file
    }
  }
}

extension JSONNode {
  /// Whether a profile has fields that change its meaning in an engine's hands, and that a runtime does not know. (A
  /// singular `name` is not among them: people write it for runtimes.)
  fileprivate var needsEngine: Bool {
    if ["archMap", "defaultErrno"].contains(where: { self[$0] != nil }) { return true }
    guard case .array(let entries)? = self["syscalls"]?.value else { return false }
    return entries.contains { entry in
      ["includes", "excludes", "errno"].contains { entry[$0] != nil }
    }
  }
}
