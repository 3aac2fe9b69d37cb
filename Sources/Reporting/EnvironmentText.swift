import Campaign

/// What a run's answers depend on.
struct EnvironmentText {
  let environment: RunEnvironment

  init(_ environment: RunEnvironment) { self.environment = environment }

  func write(to page: inout TextPage) {
    page.entry("Kernel", environment.kernel)
    page.entry("Library", environment.libraries.first ?? "none")
    for library in environment.libraries.dropFirst() { page.entry("", "compared with \(library)") }
  }
}
