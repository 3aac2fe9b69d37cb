internal import CLinux

/// What the worker was doing: the call of libseccomp that was under way. Indices are those of the request.
package enum CompilationStage: Hashable, Sendable {
  /// Loading the library.
  case starting
  /// No call was under way.
  case waiting
  case setAPILevel
  /// seccomp_init(3)
  case initialise
  /// seccomp_attr_set(3), by position in the order of ``FilterAttributes``.
  case setAttribute(Int)
  /// seccomp_arch_remove(3) of the native architecture
  case removeNativeArchitecture
  case addArchitecture(Int)
  /// seccomp_syscall_resolve_name(3)
  case resolveName(rule: Int)
  /// seccomp_rule_add_array(3)
  case addRule(Int)
  /// seccomp_export_bpf(3)
  case export
  /// seccomp_release(3)
  case release

  /// From the worker's progress word: the stage in the upper half, an index in the lower.
  init(progress: UInt64) {
    let index = Int(progress & 0xffff_ffff)
    switch clinux_worker_stage(rawValue: UInt32(truncatingIfNeeded: progress >> 32)) {
    case CLINUX_WORKER_WAITING: self = .waiting
    case CLINUX_WORKER_SET_API_LEVEL: self = .setAPILevel
    case CLINUX_WORKER_INITIALISE: self = .initialise
    case CLINUX_WORKER_SET_ATTRIBUTE: self = .setAttribute(index)
    case CLINUX_WORKER_REMOVE_NATIVE: self = .removeNativeArchitecture
    case CLINUX_WORKER_ADD_ARCHITECTURE: self = .addArchitecture(index)
    case CLINUX_WORKER_RESOLVE_NAME: self = .resolveName(rule: index)
    case CLINUX_WORKER_ADD_RULE: self = .addRule(index)
    case CLINUX_WORKER_EXPORT: self = .export
    case CLINUX_WORKER_RELEASE: self = .release
    default: self = .starting
    }
  }

  /// How many of `count` rules had been answered when this stage was reached.
  func answeredRules(of count: Int) -> Int {
    switch self {
    case .resolveName(let rule), .addRule(let rule): min(rule, count)
    case .export, .release: count
    default: 0
    }
  }
}

extension CompilationStage: CustomStringConvertible {
  /// The function under way, and which of the request's things it was called for.
  package var description: String {
    switch self {
    case .starting: "loading the library"
    case .waiting: "no call"
    case .setAPILevel: "seccomp_api_set"
    case .initialise: "seccomp_init"
    case .setAttribute(let index): "seccomp_attr_set of attribute \(index)"
    case .removeNativeArchitecture: "seccomp_arch_remove of the native architecture"
    case .addArchitecture(let index): "seccomp_arch_add of architecture \(index)"
    case .resolveName(let rule): "seccomp_syscall_resolve_name of rule \(rule)"
    case .addRule(let rule): "seccomp_rule_add_array of rule \(rule)"
    case .export: "seccomp_export_bpf"
    case .release: "seccomp_release"
    }
  }
}
