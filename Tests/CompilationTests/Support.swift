import ClassicBPF
import Compilation
import Profiles
import SeccompModel
import Testing

/// The program and the answers of a request that must compile.
func compiled(
  _ request: CompilationRequest, libseccomp: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
) throws -> CompiledFilter {
  var compiler = try Compiler(libseccomp: libseccomp)
  return try compiler.compiled(request, sourceLocation: sourceLocation)
}

extension Compiler {
  mutating func compiled(
    _ request: CompilationRequest, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> CompiledFilter {
    let result = try compile(request)
    guard case .compiled(let filter) = result else {
      throw NotCompiled(result: result)
    }
    return filter
  }
}

struct NotCompiled: Error {
  let result: CompilationResult
}

extension Condition {
  /// Argument `index` equals `value`.
  static func equal(_ index: UInt32, _ value: UInt64) -> Condition {
    Condition(index: index, .equal, value: value)
  }
}

extension Filter {
  /// The values of its `RET K` instructions (`BPF_RET | BPF_K`, 0x06, of linux/bpf_common.h).
  var returns: Set<UInt32> { Set(instructions.filter { $0.code == 0x06 }.map(\.k)) }
}
