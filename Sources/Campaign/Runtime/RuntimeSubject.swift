package import Profiles

/// A profile as a container runtime is to be given it; or words of the runtime's own, and no profile.
package struct RuntimeSubject: Hashable, Sendable {
  /// The file's name.
  package var source: String
  /// The text that the runtime reads; nothing where ``options`` take its place.
  package var text: RuntimeText
  /// The file's bytes, which engines read.
  package var file: [UInt8] = []
  /// The runtime's own words, in place of a profile.
  package var options: [String]?
  /// What this project reads in the file; the error when it is none that this project takes. Runtimes take more, and
  /// less.
  package var reading: Result<ProfileDocument, ProfileError>

  /// - Throws: `ProfileError` when the file is a configuration without a profile, `OCIWriter.Inexpressible` when it is a
  ///   Docker profile that the OCI form cannot say.
  package init(
    source: String, file: [UInt8], reading: Result<ProfileDocument, ProfileError>, isVerbatim: Bool = false
  ) throws {
    if RuntimeText.isConfigurationWithoutProfile(file) { _ = try reading.get() }
    self.source = source
    self.file = file
    self.reading = reading
    text = try RuntimeText(file: file, document: try? reading.get(), isVerbatim: isVerbatim)
  }

  /// A container that is filtered by what the runtime's own options say.
  package init(options: [String]) {
    self.options = options
    source = options.joined(separator: " ")
    text = RuntimeText()
    reading = .failure(
      ProfileError(source: source, path: "$", position: nil, expected: "a profile", found: "options"))
  }

  package var document: ProfileDocument? { try? reading.get() }
}
