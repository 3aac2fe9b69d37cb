/// Where a case's container is started: a runtime on this machine, or a stand-in for one.
package protocol ContainerStage: Sendable {
  /// Starts one container with `seccomp` as its `linux.seccomp`, or without that member, and ends it again. When the
  /// container's process has come to run, and before anything is ended, `whileRunning` is called.
  func run(
    seccomp: [UInt8]?, noNewPrivileges: Bool, whileRunning: () -> Void
  ) throws -> CaseObservation
}
