package import Probing

/// Why something could not be measured.
package enum OverheadError: Error, Hashable, Sendable {
  /// The meter could not do it.
  case failed(condition: String, ProbeError)
  /// The call came to something else than what was to be timed.
  case unexpected(condition: String, String)
  /// There is no processor to run on alone.
  case processor(asked: Int, available: [Int])
  /// It was to end before there was enough to judge by.
  case interrupted(rounds: Int, needed: Int)
  /// The time stamp counter, which times are taken by, had this many ticks less at the end than at the beginning.
  case clockWentBack(ticks: UInt64)
}

extension OverheadError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .failed(let condition, let error): "timing '\(condition)': \(error)"
    case .unexpected(let condition, let complaint): "timing '\(condition)': \(complaint)"
    case .processor(let asked, let available):
      "there is no processor \(asked) to run on; there are \(available.map(String.init).joined(separator: ", "))"
    case .interrupted(let rounds, let needed):
      "interrupted after \(rounds) rounds; \(needed) are the least that tell anything"
    case .clockWentBack(let ticks):
      "this processor's time stamp counter went back by \(ticks) ticks meanwhile: nothing can be timed by it"
    }
  }
}
