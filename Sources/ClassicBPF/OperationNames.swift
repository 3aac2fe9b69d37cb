extension Opcode {
  /// The operation as the kernel's headers write it: `LD ABS`, `JEQ K`.
  package var name: String {
    switch self {
    case .loadAbsolute: "LD ABS"
    case .loadLength: "LD LEN"
    case .loadImmediate: "LD IMM"
    case .loadMemory: "LD MEM"
    case .loadXLength: "LDX LEN"
    case .loadXImmediate: "LDX IMM"
    case .loadXMemory: "LDX MEM"
    case .storeA: "ST"
    case .storeX: "STX"
    case .copyAToX: "TAX"
    case .copyXToA: "TXA"
    case .addK: "ADD K"
    case .addX: "ADD X"
    case .subtractK: "SUB K"
    case .subtractX: "SUB X"
    case .multiplyK: "MUL K"
    case .multiplyX: "MUL X"
    case .divideK: "DIV K"
    case .divideX: "DIV X"
    case .orK: "OR K"
    case .orX: "OR X"
    case .andK: "AND K"
    case .andX: "AND X"
    case .shiftLeftK: "LSH K"
    case .shiftLeftX: "LSH X"
    case .shiftRightK: "RSH K"
    case .shiftRightX: "RSH X"
    case .xorK: "XOR K"
    case .xorX: "XOR X"
    case .negate: "NEG"
    case .jump: "JA"
    case .jumpEqualK: "JEQ K"
    case .jumpEqualX: "JEQ X"
    case .jumpGreaterK: "JGT K"
    case .jumpGreaterX: "JGT X"
    case .jumpGreaterOrEqualK: "JGE K"
    case .jumpGreaterOrEqualX: "JGE X"
    case .jumpSetK: "JSET K"
    case .jumpSetX: "JSET X"
    case .returnK: "RET K"
    case .returnA: "RET A"
    }
  }
}

extension FilterRejection.Reason {
  /// Every kind of refusal, as ``name`` words it.
  package static let names = [
    "no instructions", "too many instructions", "unknown code", "code of socket filters only",
    "division by the constant 0", "shift too far", "scratch word that does not exist",
    "JA leaves the program", "true target leaves the program", "false target leaves the program",
    "last instruction does not return", "scratch word not written", "load outside the data",
  ]

  /// The kind of refusal, without its numbers.
  package var name: String {
    switch self {
    case .empty: Self.names[0]
    case .tooLong: Self.names[1]
    case .unknownCode: Self.names[2]
    case .codeNotForSeccomp: Self.names[3]
    case .divisionByZero: Self.names[4]
    case .shiftTooFar: Self.names[5]
    case .memoryIndex: Self.names[6]
    case .jumpOutOfBounds(.always, _): Self.names[7]
    case .jumpOutOfBounds(.jumpTrue, _): Self.names[8]
    case .jumpOutOfBounds(.jumpFalse, _): Self.names[9]
    case .lastInstructionDoesNotReturn: Self.names[10]
    case .memoryNotWritten: Self.names[11]
    case .loadOffset: Self.names[12]
    }
  }
}
