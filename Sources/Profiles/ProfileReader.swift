/// Reads profiles: the OCI `linux.seccomp` object, a whole config.json, or the form of Docker and
/// containers/common, recognised by what stands in the text.
///
/// Sources: OCI runtime-spec config-linux.md (Seccomp); the profile formats of moby/profiles and
/// containers/common as their own default profiles use them.
public enum ProfileReader {
  /// The largest text accepted, in bytes.
  public static let sizeLimit = JSONParser.sizeLimit

  /// Reads the profile in `bytes`; `source` is the name that errors give it. `context` matters to the Docker
  /// form only.
  public static func read(
    _ bytes: UnsafeBufferPointer<UInt8>, source: String, context: ResolutionContext = ResolutionContext()
  ) throws(ProfileError) -> ProfileDocument {
    do throws(JSONError) {
      let root = Value(node: try JSONParser.parse(bytes), path: .root)
      return try document(root, lines: LineIndex(bytes), source: source, context: context)
    } catch {
      throw ProfileError(
        source: source, path: error.path.description,
        position: LineIndex(bytes).position(of: error.offset), expected: error.expected, found: error.found)
    }
  }

  /// Reads the profile in `bytes`.
  public static func read(
    _ bytes: [UInt8], source: String, context: ResolutionContext = ResolutionContext()
  ) throws(ProfileError) -> ProfileDocument {
    let result = bytes.withUnsafeBufferPointer { buffer in
      Result { () throws(ProfileError) in try read(buffer, source: source, context: context) }
    }
    return try result.get()
  }

  /// Reads the profile that `text` spells.
  public static func read(
    text: String, source: String = "<text>", context: ResolutionContext = ResolutionContext()
  ) throws(ProfileError) -> ProfileDocument {
    try read(Array(text.utf8), source: source, context: context)
  }

  // MARK: The three forms

  static func document(
    _ root: Value, lines: LineIndex, source: String, context: ResolutionContext
  ) throws(JSONError) -> ProfileDocument {
    let fields = try root.fields("an object: a seccomp profile or a config.json")
    let form = try form(of: fields)
    var seccomp = fields
    if form == .ociConfig {
      let linux = try fields.required("linux", "the object \"linux\" of a config.json")
        .fields("the object \"linux\" of a config.json")
      seccomp = try linux.required("seccomp", "the seccomp profile of a config.json")
        .fields("the seccomp profile of a config.json")
    }
    var reading = ProfileReading(context: context, lines: lines, form: form)
    let (profile, entrySources) = try reading.profile(seccomp)
    return ProfileDocument(
      source: source, profile: profile, form: form, resolution: form == .docker ? context : nil,
      entrySources: entrySources, remarks: reading.sortedRemarks,
      omittedRemarks: reading.omittedRemarks)
  }

  /// A config.json says `ociVersion` or `linux`; a Docker profile has a field that only Docker's form has.
  private static func form(of root: Fields) throws(JSONError) -> ProfileDocument.Form {
    if root["ociVersion"] != nil || root["linux"] != nil { return .ociConfig }
    if ProfileReading.dockerFields.contains(where: { root[$0] != nil }) { return .docker }
    guard let syscalls = root["syscalls"], case .array(let entries) = syscalls.node.value else { return .oci }
    let isDocker = entries.contains { entry in
      guard case .object(let members) = entry.value else { return false }
      return members.contains { member in
        ProfileReading.dockerEntryFields.contains { ProfileWords.isExactly($0, member.key) }
      }
    }
    return isDocker ? .docker : .oci
  }
}
