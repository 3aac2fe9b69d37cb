import ClassicBPF
import Generation
import Prediction
import Probing
import SeccompModel

/// Findings about programs that nobody compiled.
extension Investigation {
  /// Minimises a difference about programs. One that does not show again, asked alone, is kept as it was seen: there is
  /// nothing else that would tell of it.
  func finding(of difference: Difference, origin: SavedCase.Origin?) throws -> Finding {
    let start = MinimizableFilters(
      filters: difference.filters, call: difference.kind == .filterKernel ? difference.call : nil)
    if let finding = try minimize(difference.kind, start, origin: origin) { return finding }
    return asSeen(saved(difference.kind, start, difference, origin: origin))
  }

  func minimize(
    _ kind: FindingKind, _ start: MinimizableFilters, origin: SavedCase.Origin?
  ) throws -> Finding? {
    // A smaller case is asked in the manner that showed the first: the others would only cost time.
    var manners = Workbench.Manner.allCases
    return try minimize(start) { candidate, _ in
      let seen = try workbench.inquire(kind, candidate, manners: manners)
      if let seen { manners = [seen.manner] }
      return seen
    } saved: { measured, seen in
      saved(
        kind, MinimizableFilters(filters: seen.difference.filters, call: measured.call), seen.difference,
        origin: origin)
    }
  }

  func saved(
    _ kind: FindingKind, _ measured: MinimizableFilters, _ difference: Difference, origin: SavedCase.Origin?
  ) -> SavedCase {
    SavedCase(
      kind: kind, origin: origin, profiles: [], witness: measured.call,
      answers: SavedCase.Answers(
        filter: difference.verdict, predicted: difference.predicted, kernel: difference.observed),
      filters: measured.filters,
      versions: SavedCase.Versions(kernel: environment.kernel, libseccomp: "none", tool: environment.tool))
  }
}
