import ClassicBPF
package import Compilation
import Generation
package import Prediction
package import Probing
import Profiles
import SeccompModel

/// What one thread needs to answer questions: a probe, a compiler for each library, room for a batch. Not shared.
package final class Workbench {
  package struct Options: Sendable {
    /// The libseccomp builds to ask; the first one's filters go to the kernel. Nil is the system's.
    package var libraries: [String?] = [nil]
    /// Wall time that one call of the library may take.
    package var compilerDeadline: Duration = .milliseconds(60)
    package var probe = Probe.Options()
    /// For tests: what is wrong between us and the kernel.
    package var fault: PlantedFault?

    package init() {}
  }

  package let options: Options
  package let probe: Probe
  package let features: KernelFeatures
  let compilers: [CompilerBox]
  let model: KernelModel
  let verdicts: UnsafeMutableBufferPointer<UInt32>
  let sites: UnsafeMutableBufferPointer<UInt16>
  let checks: UnsafeMutableBufferPointer<UInt8>
  /// Verdicts of the stack's older filters, a batch each.
  var olderVerdicts: [UnsafeMutableBufferPointer<UInt32>] = []
  /// Nil until it is first asked for; see ``liveBaseline()``.
  var liveBaselineMade: LiveBaselineMade?

  /// Arrays hold no noncopyable values.
  final class CompilerBox {
    var compiler: Compiler
    init(_ compiler: consuming Compiler) { self.compiler = compiler }
  }

  package init(_ options: Options, features: KernelFeatures) throws {
    self.options = options
    probe = try Probe(options.probe)
    // Whether kills cost an installation each is known after the first one only.
    try probe.install([Filter([.return(.allow)])])
    self.features = features
    model = KernelModel(features: features)
    compilers = try options.libraries.map { library in
      CompilerBox(try Compiler(libseccomp: library, deadline: options.compilerDeadline))
    }
    verdicts = .allocate(capacity: Probe.batchCapacity)
    sites = .allocate(capacity: Probe.batchCapacity)
    checks = .allocate(capacity: Probe.batchCapacity)
    verdicts.initialize(repeating: 0)
    sites.initialize(repeating: 0)
    checks.initialize(repeating: 0)
  }

  deinit {
    verdicts.deallocate()
    sites.deallocate()
    checks.deallocate()
    for buffer in olderVerdicts { buffer.deallocate() }
  }

  /// The libraries that answer, in the order of the options.
  package var libraries: [LibraryIdentity] { compilers.map { $0.compiler.library } }

  /// Asks library `index` to compile; `deadline` replaces that of the options.
  package func compile(
    _ layer: Layer, library index: Int = 0, deadline: Duration? = nil
  ) throws(CompilerError) -> CompilationResult {
    try compilers[index].compiler.compile(layer.request, deadline: deadline)
  }

  /// Asks the first library to compile what is no layer of a case.
  func compile(_ request: CompilationRequest) throws(CompilerError) -> CompilationResult {
    try compilers[0].compiler.compile(request, deadline: nil)
  }

  /// The first `count` calls of the probe's batch.
  func calls(_ count: Int) -> UnsafeBufferPointer<Call> {
    UnsafeBufferPointer(rebasing: probe.calls[..<count])
  }
}
