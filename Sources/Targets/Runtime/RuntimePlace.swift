/// The names that one run's things have. Each container finds the directories and the payload made already.
package struct RuntimePlace: Hashable, Sendable {
  /// A tmpfs that only the run sees, and that vanishes with it.
  package var scratch: String
  /// The container's name: "crosscheck-" with this process's id and a number, which no other run has.
  package var id: String

  /// A directory for an OCI bundle.
  package var bundle: String { "\(scratch)/bundle" }
  /// A root for the container: empty directories, and the payload.
  package var root: String { "\(bundle)/rootfs" }
  /// The payload as the machine sees it. Its start is known by the file's device and inode: a recipe may bind it
  /// somewhere else, but not copy it.
  package var payload: String { "\(root)\(Self.payloadInside)" }
  /// For what a runtime keeps of its containers.
  package var state: String { "\(scratch)/state" }
  /// `TMPDIR` of every command.
  package var temporary: String { "\(scratch)/tmp" }
  /// A control group, from the root of its hierarchy.
  package var cgroup: String { "/\(id)" }

  /// The payload as the container sees it.
  package static let payloadInside = "/probe"

  /// What exists before anything of a recipe does.
  var standardDirectories: [RuntimeRecipe.Directory] {
    let inside = ["proc", "dev", "sys", "tmp"].map { RuntimeRecipe.Directory(path: "\(root)/\($0)") }
    return [
      .init(path: bundle), .init(path: root), .init(path: state, mode: 0o700),
      .init(path: temporary, mode: 0o1777),
    ] + inside
  }
}
