package import Profiles

/// The pods of a file.
package struct PodDocument: Hashable, Sendable {
  package var source: String
  /// In file order.
  package var pods: [Pod] = []
  /// What else the file holds.
  package var ignored: [Ignored] = []
  package var remarks: [PodRemark] = []

  /// An object without a pod that is known here.
  package struct Ignored: Hashable, Sendable {
    package var place: PodPlace
    /// Such as `Service web`, or `an empty document`.
    package var what: String
  }

  /// Reads the stream in `bytes`; `source` is the name that errors give it. The first thing that is wrong with a pod is an
  /// error; what the API server would let pass but what has no effect is a remark.
  package static func read(_ bytes: [UInt8], source: String) throws(ProfileError) -> PodDocument {
    var reading = PodReading(source: source)
    for root in try YAMLReader.documents(bytes, source: source) {
      try reading.document(YAMLValue(root, source: source))
    }
    let document = reading.document
    guard !document.pods.isEmpty else {
      let found = document.ignored.map(\.what)
      let shown = found.prefix(5).joined(separator: ", ") + (found.count > 5 ? " and more" : "")
      throw ProfileError(
        source: source, path: "$", position: SourcePosition(line: 1, column: 1),
        expected: "a Pod, or a workload with a pod template",
        found: found.isEmpty ? "no document" : shown)
    }
    return document
  }
}
