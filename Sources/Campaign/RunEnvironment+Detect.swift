import Compilation
import Glibc
import Prediction
import Probing

/// The version that stands in every file and in `--version`.
package let toolVersion = "0.1.0"

extension RunEnvironment {
  /// This machine, as `workbench` sees it.
  static func detect(_ workbench: Workbench) -> RunEnvironment {
    RunEnvironment(
      kernel: kernelRelease(), libraries: workbench.libraries.map(\.description), tool: toolVersion,
      suspendsSeccomp: workbench.probe.isSuspended, suspendErrno: workbench.probe.suspendErrno,
      features: Dictionary(
        uniqueKeysWithValues: FeatureProbe.probed.map { ("\($0)", workbench.features[$0]) }))
  }

  var versions: SavedCase.Versions {
    SavedCase.Versions(kernel: kernel, libseccomp: libraries.first ?? "none", tool: tool)
  }

  /// `uname -r`
  static func kernelRelease() -> String {
    var name = utsname()
    guard uname(&name) == 0 else { return "unknown" }
    return withUnsafeBytes(of: &name.release) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}
