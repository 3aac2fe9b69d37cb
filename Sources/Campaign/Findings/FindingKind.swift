/// Which two answers differ, or how a compiler failed. The raw value stands in files, signatures and
/// directory names.
package enum FindingKind: String, Codable, Hashable, Sendable, CaseIterable {
  /// The profile's text says one thing, the compiled filter another.
  case policyFilter = "policy-filter"
  /// The filter returns one verdict, the kernel acts on another.
  case filterKernel = "filter-kernel"
  /// The profile's text says one thing, the kernel does another, end to end.
  case policyKernel = "policy-kernel"
  /// The compiler did not come back before its deadline.
  case compilerHang = "compiler-hang"
  /// The compiler died of a signal.
  case compilerCrash = "compiler-crash"
  /// The compiler refused input that its documentation accepts.
  case compilerError = "compiler-error"
  /// Two builds of libseccomp give filters with different meanings.
  case libraryLibrary = "library-library"
  /// The kernel's answer to the installation differs from the checker's.
  case kernelInstall = "kernel-install"

  /// The compiler itself failed: there is no filter and no witness call.
  package var isCompilerFailure: Bool {
    switch self {
    case .compilerHang, .compilerCrash, .compilerError: true
    default: false
    }
  }
}
