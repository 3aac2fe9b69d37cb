/// Why the kernel refuses to load a filter (EINVAL), and at which instruction.
public struct FilterRejection: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Reason: Hashable, Sendable {
    /// No instruction at all.
    case empty
    /// More than ``Filter/maximumLength`` instructions.
    case tooLong(Int)
    /// A code that is no classic-BPF instruction.
    case unknownCode(UInt16)
    /// A code that socket filters have and seccomp refuses.
    case codeNotForSeccomp(UInt16)
    /// DIV (or MOD) by the constant 0.
    case divisionByZero
    /// LSH or RSH by a constant of 32 or more.
    case shiftTooFar(UInt32)
    /// A scratch memory index of 16 or more.
    case memoryIndex(UInt32)
    /// A jump that leaves the program; the distance, and of which branch.
    case jumpOutOfBounds(Branch, distance: UInt32)
    /// The last instruction does not return.
    case lastInstructionDoesNotReturn
    /// A load from a scratch memory word that is not written on every way there.
    case memoryNotWritten(UInt32)
    /// LD ABS from an offset that is no word of `seccomp_data`.
    case loadOffset(UInt32)
  }

  /// Which of a jump's targets.
  public enum Branch: String, Hashable, Sendable { case always, jumpTrue, jumpFalse }

  public var reason: Reason
  /// The instruction refused, from 0; nil for a program of impossible length.
  public var programCounter: Int?

  public init(_ reason: Reason, at programCounter: Int? = nil) {
    self.reason = reason
    self.programCounter = programCounter
  }

  public var description: String {
    guard let programCounter else { return "the filter is refused: \(reason)" }
    return "the filter is refused at instruction \(programCounter): \(reason)"
  }
}

extension FilterRejection.Reason: CustomStringConvertible {
  public var description: String {
    switch self {
    case .empty: "it has no instructions"
    case .tooLong(let count): "it has \(count) instructions, more than \(Filter.maximumLength)"
    case .unknownCode(let code): "code 0x\(String(code, radix: 16)) is no classic-BPF instruction"
    case .codeNotForSeccomp(let code): "code 0x\(String(code, radix: 16)) is not allowed in seccomp filters"
    case .divisionByZero: "division by the constant 0"
    case .shiftTooFar(let count): "shift by the constant \(count), more than 31"
    case .memoryIndex(let index): "scratch memory word \(index), more than 15"
    case .jumpOutOfBounds(let branch, let distance):
      "jump over \(distance) instructions leaves the program (\(branch.rawValue))"
    case .lastInstructionDoesNotReturn: "the last instruction is no RET"
    case .memoryNotWritten(let index): "load from scratch memory word \(index), which may be unwritten"
    case .loadOffset(let offset): "load from offset \(offset), which is no word of struct seccomp_data"
    }
  }
}
