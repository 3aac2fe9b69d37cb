import Compilation
import Profiles
import SeccompModel

/// Which of a text's names the libseccomp resolves that compiles here. Runtimes skip the others in silence.
struct LibraryNames {
  private let known: Set<String>

  /// - Parameter names: from anybody; what no C string can hold is known to nobody.
  init(_ names: Set<String>, to workbench: Workbench) throws(CompilerError) {
    let asked = names.filter { !$0.isEmpty && !$0.utf8.contains(0) }.sorted()
    let request = CompilationRequest(
      rules: asked.map { Rule(name: $0, action: .errno(1)) }, defaultAction: .allow, architectures: [.x86_64])
    let statuses = try workbench.compile(request).ruleStatuses
    known = Set(zip(asked, statuses).compactMap { name, status in status == .unknownName ? nil : name })
  }

  func callAsFunction(_ name: String) -> Bool { known.contains(name) }
}
