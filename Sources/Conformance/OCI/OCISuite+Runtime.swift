import Glibc
package import Targets

extension OCISuite {
  /// Runs the cases that fit `filter`, or all, on a container runtime. Throws when there is no such case, or the runtime
  /// cannot be started at all. `payload` is the path of a static executable that may run on for a while.
  package static func run(
    on program: RuntimeProgram, payload: String, filter: String? = nil, deadline: Duration = .seconds(10),
    progress: @Sendable (Progress) -> Void = { _ in }
  ) throws -> SuiteReport {
    let suite = try OCISuite(filter: filter)
    let version = program.version.isEmpty ? "" : " \(program.version)"
    let properties: [SuiteReport.Property] = [
      .init("runtime", program.name + version), .init("program", program.path),
      .init("kernel", kernelRelease()),
      .init("specification", OCICitation.specification), .init("cases", "\(suite.cases.count)"),
    ]
    return try suite.run(
      on: RuntimeStage(program: program, payload: payload, deadline: deadline), properties: properties,
      progress: progress)
  }

  /// `uname -r`
  private static func kernelRelease() -> String {
    var name = utsname()
    guard uname(&name) == 0 else { return "unknown" }
    return withUnsafeBytes(of: &name.release) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}
