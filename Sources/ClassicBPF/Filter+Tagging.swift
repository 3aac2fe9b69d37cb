public import SeccompModel

/// A filter whose every return value names the place of the return.
public struct TaggedFilter: Hashable, Sendable {
  /// Each `RET K` returns `ERRNO` with the site's position in ``sites`` plus 1 as its data.
  public var filter: Filter
  /// The instructions that return, ascending.
  public var sites: [Int]

  /// The instruction that a tagged verdict comes from; nil for a verdict that is no tag.
  public func site(of verdict: Verdict) -> Int? {
    guard verdict.kind == .errno, verdict.data > 0, Int(verdict.data) <= sites.count else { return nil }
    return sites[Int(verdict.data) - 1]
  }

  /// The instruction that made a call return `value`; nil when no tag does.
  public func site(ofReturned value: Int64) -> Int? {
    guard value < 0, value >= -Int64(sites.count) else { return nil }
    return sites[Int(-value) - 1]
  }
}

/// Why a filter cannot be tagged.
public struct TaggingError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Reason: Hashable, Sendable {
    /// More returns than errnos that the kernel passes on unchanged.
    case tooManyReturns(Int)
    /// A `RET A`: its value is computed, so it names no place.
    case computedReturn
    /// A `DIV X`: with X = 0 it ends the filter with 0, which is no tag.
    case divisionByX
  }
  public var reason: Reason
  /// The instruction that stands in the way; nil for a matter of the whole filter.
  public var programCounter: Int?

  public init(reason: Reason, programCounter: Int? = nil) {
    self.reason = reason
    self.programCounter = programCounter
  }

  public var description: String {
    let place = programCounter.map { "instruction \($0) " } ?? "it "
    switch reason {
    case .tooManyReturns(let count):
      return "tagging a filter: \(place)has \(count) returns, more than \(Filter.maximumSites)"
    case .computedReturn: return "tagging a filter: \(place)returns A"
    case .divisionByX: return "tagging a filter: \(place)divides by X, which may be 0 and ends the filter"
    }
  }
}

extension Filter {
  /// The most returns that can be told apart: the kernel caps an errno at 4095 (`MAX_ERRNO`).
  public static let maximumSites = 4094

  /// The filter with each `RET K` replaced by a return of its own, so that the kernel tells which one it reached.
  ///
  /// Errnos 512 to 516 are the kernel's restart codes (`linux/errno.h`): they come back unchanged only while no
  /// signal is pending.
  public func tagged() throws(TaggingError) -> TaggedFilter {
    var tagged = self
    var sites: [Int] = []
    for (pc, instruction) in instructions.enumerated() {
      switch instruction.opcode {
      case .returnK:
        sites.append(pc)
        tagged.instructions[pc].k = ActionKind.errno.actionBits | UInt32(sites.count)
      case .returnA: throw TaggingError(reason: .computedReturn, programCounter: pc)
      case .divideX: throw TaggingError(reason: .divisionByX, programCounter: pc)
      default: break
      }
    }
    guard sites.count <= Self.maximumSites else {
      throw TaggingError(reason: .tooManyReturns(sites.count))
    }
    return TaggedFilter(filter: tagged, sites: sites)
  }
}
