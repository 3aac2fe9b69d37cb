import ProfileFiles
import Profiles

extension Workload {
  /// The largest file that is read, in bytes: 100 MiB.
  package static let sizeLimit = 100 << 20

  /// Reads the workload at `path`, a regular file, or standard input when it is `-`; see ``TraceFile`` for its form.
  package static func read(path: String) throws(WorkloadError) -> Workload {
    let bytes: [UInt8]
    do {
      bytes = try ProfileFile.bytes(of: path, what: "a workload", limit: sizeLimit)
    } catch {
      throw WorkloadError(source: error.source, line: nil, expected: error.expected, found: error.found)
    }
    return try TraceFile.parse(bytes, source: ProfileFile.name(of: path))
  }
}
