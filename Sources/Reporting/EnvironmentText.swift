import Campaign

/// What a run's answers depend on.
struct EnvironmentText {
  let environment: RunEnvironment

  init(_ environment: RunEnvironment) { self.environment = environment }

  /// Labels and texts; a label that is empty goes on with the one before.
  var entries: [(label: String, text: String)] {
    [("Kernel", environment.kernel), ("Library", environment.libraries.first ?? "none")]
      + environment.libraries.dropFirst().map { ("", "compared with \($0)") }
  }

  func write(to page: inout TextPage) {
    for (label, text) in entries { page.entry(label, text) }
  }
}
