import ClassicBPF
import SeccompModel

/// What the kernel should say to a stack of programs that are installed one after the other.
struct ChainForecast: Hashable {
  /// The first one that is refused, with the errno; nil when all go on.
  var refusal: Refusal?

  struct Refusal: Hashable {
    var filter: Int
    var errno: Int32
  }

  /// `EINVAL` and `ENOMEM` of asm-generic/errno-base.h.
  static let invalid: Int32 = 22
  static let noMemory: Int32 = 12

  /// - Parameter rejections: what the checker says against each program of the stack; nil for nothing.
  init(_ stack: [Filter], rejections: [Bool]) {
    var installed: [Filter] = []
    for (index, filter) in stack.enumerated() {
      // The program itself is checked before the length of all together (kernel/seccomp.c, seccomp_set_mode_filter).
      if rejections[index] {
        refusal = Refusal(filter: index, errno: Self.invalid)
        return
      }
      if !filter.fitsChain(after: installed) {
        refusal = Refusal(filter: index, errno: Self.noMemory)
        return
      }
      installed.append(filter)
    }
  }
}

extension Filter {
  /// The shield as the probe installs it, as far as its length matters: one return, or the fallback's gate.
  static func shield(isGated: Bool) -> Filter {
    guard isGated else { return Filter([.return(.allow)]) }
    return Filter([
      .load(.instructionPointerLow), .jump(equal: 0, then: 0, otherwise: 3), .load(.instructionPointerHigh),
      .jump(equal: 0, then: 0, otherwise: 1), .return(.allow), .return(.allow),
    ])
  }
}
