import Profiles
import SeccompModel

/// What answers before the filter proper: calls above a bound get ENOSYS. See ``UnknownCallStub``.
struct Prologue: Sendable {
  /// Nil when nothing stands before the filter.
  var bounds: Bounds?
  /// Tokens whose calls it may answer too, with bounds that are not known here.
  var foreignTokens: Set<UInt32> = []

  static let none = Prologue()

  /// The last number of each ABI that is left to the filter, with x32's bit; `UInt32.max` where all are.
  struct Bounds: Sendable {
    var x86_64: UInt32
    var x32: UInt32
    var i386: UInt32

    /// Whether the number is above the bound of its ABI.
    @inline(__always)
    func areBelow(_ number: UInt32, architecture: UInt32) -> Bool {
      if architecture == AuditToken.x86_64 {
        return number > (number & x32SyscallBit == 0 ? x86_64 : x32)
      }
      return architecture == AuditToken.i386 && number > i386
    }
  }

  /// The verdict's meaning wherever the prologue answers.
  static let verdict = Verdict.meaning(of: UnknownCallStub.verdict.rawValue)

  func answers(number: UInt32, architecture: UInt32) -> Bool {
    bounds?.areBelow(number, architecture: architecture) ?? false
  }
}

extension Prologue {
  init(_ stub: UnknownCallStub) {
    bounds = Bounds(
      x86_64: stub.x86_64 ?? .max, x32: stub.x32.map { $0 | x32SyscallBit } ?? .max, i386: stub.i386 ?? .max)
    foreignTokens = stub.foreignTokens
  }
}
