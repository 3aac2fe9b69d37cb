package import Profiles

/// A profile as a container runtime is to be given it.
package struct RuntimeSubject: Hashable, Sendable {
  /// The file's name.
  package var source: String
  /// The text that the runtime reads.
  package var text: RuntimeText
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
    self.reading = reading
    text = try RuntimeText(file: file, document: try? reading.get(), isVerbatim: isVerbatim)
  }

  package var document: ProfileDocument? { try? reading.get() }
}
