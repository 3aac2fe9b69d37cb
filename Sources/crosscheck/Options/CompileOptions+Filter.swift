import ClassicBPF
import Campaign
import Compilation
import Generation
import Profiles

extension CompileOptions {
  /// What libseccomp makes of a profile; throws why it made nothing.
  func filter(of document: ProfileDocument, libseccomp: String?) throws -> Filter {
    var compiler = try Compiler(libseccomp: libseccomp)
    let layer = GeneratedCase.Layer(profile: document.profile, settings: settings)
    switch try compiler.compile(layer.request) {
    case .compiled(let compiled): return compiled.filter
    case .failed(let stage, let errno, _):
      throw Failure(.badInput, "\(document.source): libseccomp gave no filter: \(stage), errno \(errno)")
    case .hung(let stage, let elapsed, _):
      throw Failure(
        .badInput, "\(document.source): libseccomp did not come back from \(stage) within \(elapsed)")
    case .crashed(let end, let stage, _):
      throw Failure(.badInput, "\(document.source): libseccomp ended by \(end) in \(stage)")
    }
  }
}
