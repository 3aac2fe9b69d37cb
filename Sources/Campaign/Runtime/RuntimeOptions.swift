package import Generation

/// How runtimes are to be tried.
package struct RuntimeOptions: Sendable {
  /// For libseccomp's own answer and the kernel's.
  package var workbench = Workbench.Options()
  package var settings = FilterSettings()
  /// Whether the calls are made inside the container too.
  package var runsInside = true
  /// `process.noNewPrivileges` of the container.
  package var noNewPrivileges = true
  /// For one container.
  package var deadline: Duration = .seconds(20)

  package init() {}
}
