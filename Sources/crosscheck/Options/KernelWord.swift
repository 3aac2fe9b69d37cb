import ArgumentParser
package import Profiles

/// A kernel's version: `6.1`, or a release as `uname -r` prints it.
package struct KernelWord: Hashable, Sendable, ExpressibleByArgument {
  package var version: KernelVersion

  package init?(argument: String) {
    guard let version = KernelVersion(argument) ?? KernelVersion(release: argument) else { return nil }
    self.version = version
  }
}
