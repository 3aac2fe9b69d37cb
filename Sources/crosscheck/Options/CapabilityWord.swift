import ArgumentParser
import Profiles

/// A capability's name, with or without `CAP_`, in either case.
package struct CapabilityWord: Hashable, Sendable, ExpressibleByArgument {
  /// With `CAP_`, as profiles write it.
  package var name: String

  package init?(argument: String) {
    let word = argument.uppercased()
    let bare = word.hasPrefix("CAP_") ? String(word.dropFirst(4)) : word
    guard Self.names.contains(bare) else { return nil }
    name = "CAP_" + bare
  }

  static var names: Set<String> { CapabilityNames.all }
}
