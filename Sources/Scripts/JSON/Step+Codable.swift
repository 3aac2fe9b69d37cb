import SeccompModel

extension Step: Codable {
  private enum Key: String, CodingKey {
    case actor, action, made, flags, build, signal, disposition, isBlocked, entry, rax, arguments, reads,
      times
  }

  private enum Word: String, Codable {
    case call, begin, finish, spawnProcess, spawnThread, execute, handle, mask, status, end, spin
    case readTimestampCounter
  }

  package init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Key.self)
    let actor = try object.decode(Int.self, forKey: .actor)
    func signal() throws -> Int32 { try object.decode(Int32.self, forKey: .signal) }
    func made() throws -> Int { try object.decode(Int.self, forKey: .made) }
    let action: StepAction
    switch try object.decode(Word.self, forKey: .action) {
    case .call: action = .call(try Self.call(from: object))
    case .begin: action = .begin(try Self.call(from: object))
    case .finish: action = .finish
    case .spawnProcess:
      action = .spawn(
        try made(), .process(flags: try object.decodeIfPresent(UInt32.self, forKey: .flags) ?? 0))
    case .spawnThread: action = .spawn(try made(), .thread)
    case .execute:
      let build = try object.decode(String.self, forKey: .build)
      guard let program = ProgramKind.allCases.first(where: { "\($0)" == build }) else {
        throw DecodingError.dataCorruptedError(
          forKey: .build, in: object, debugDescription: "no build of the actor's program is \"\(build)\"")
      }
      action = .execute(program)
    case .handle:
      let flags = SignalDisposition.HandlerFlags(
        rawValue: try object.decodeIfPresent(UInt32.self, forKey: .flags) ?? 0)
      let word = try object.decode(DispositionWord.self, forKey: .disposition)
      action = .handle(signal: try signal(), word.disposition(flags))
    case .mask:
      action = .mask(signal: try signal(), isBlocked: try object.decode(Bool.self, forKey: .isBlocked))
    case .status: action = .status
    case .end: action = .end
    case .spin: action = .spin
    case .readTimestampCounter: action = .readTimestampCounter
    }
    self.init(actor, action)
  }

  package func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(actor, forKey: .actor)
    func name(_ word: Word) throws { try object.encode(word, forKey: .action) }
    switch action {
    case .call(let call):
      try name(.call)
      try Self.encode(call, to: &object)
    case .begin(let call):
      try name(.begin)
      try Self.encode(call, to: &object)
    case .finish: try name(.finish)
    case .spawn(let made, let kind):
      try object.encode(made, forKey: .made)
      if case .process(let flags) = kind {
        try name(.spawnProcess)
        if flags != 0 { try object.encode(flags, forKey: .flags) }
      } else {
        try name(.spawnThread)
      }
    case .execute(let build):
      try name(.execute)
      try object.encode("\(build)", forKey: .build)
    case .handle(let signal, let disposition):
      try name(.handle)
      try object.encode(signal, forKey: .signal)
      let (word, flags) = DispositionWord.of(disposition)
      try object.encode(word, forKey: .disposition)
      if flags.rawValue != 0 { try object.encode(flags.rawValue, forKey: .flags) }
    case .mask(let signal, let isBlocked):
      try name(.mask)
      try object.encode(signal, forKey: .signal)
      try object.encode(isBlocked, forKey: .isBlocked)
    case .status: try name(.status)
    case .end: try name(.end)
    case .spin: try name(.spin)
    case .readTimestampCounter: try name(.readTimestampCounter)
    }
  }

  // MARK: Calls

  private static let entries: [(word: String, path: EntryPath)] = [
    ("syscall", .syscall), ("int80", .int80), ("sysenter", .sysenter), ("vsyscall", .vsyscall),
  ]

  private static func call(from object: KeyedDecodingContainer<Key>) throws -> ScriptCall {
    let word = try object.decode(String.self, forKey: .entry)
    let rax = try object.decode(String.self, forKey: .rax)
    guard let entry = entries.first(where: { $0.word == word })?.path else {
      throw DecodingError.dataCorruptedError(
        forKey: .entry, in: object, debugDescription: "there is no way into the kernel called \"\(word)\"")
    }
    guard rax.hasPrefix("0x"), let number = UInt64(rax.dropFirst(2), radix: 16) else {
      throw DecodingError.dataCorruptedError(
        forKey: .rax, in: object, debugDescription: "expected \"0x\" and hex digits, found \"\(rax)\"")
    }
    var reads: ScriptCall.MemoryWords?
    if let words = try object.decodeIfPresent([Int].self, forKey: .reads), words.count == 2 {
      reads = ScriptCall.MemoryWords(at: words[0], count: words[1])
    }
    return ScriptCall(
      entry, rax: number, try object.decodeIfPresent([ScriptArgument].self, forKey: .arguments) ?? [],
      reads: reads, repetitions: try object.decodeIfPresent(Int.self, forKey: .times) ?? 1)
  }

  private static func encode(_ call: ScriptCall, to object: inout KeyedEncodingContainer<Key>) throws {
    try object.encode(entries.first { $0.path == call.entry }?.word ?? "syscall", forKey: .entry)
    try object.encode("0x" + String(call.rax, radix: 16), forKey: .rax)
    if !call.arguments.isEmpty { try object.encode(call.arguments, forKey: .arguments) }
    if let reads = call.reads { try object.encode([reads.offset, reads.count], forKey: .reads) }
    if call.repetitions > 1 { try object.encode(call.repetitions, forKey: .times) }
  }
}

private enum DispositionWord: String, Codable {
  case standard, ignore, record, escape

  func disposition(_ flags: SignalDisposition.HandlerFlags) -> SignalDisposition {
    switch self {
    case .standard: .standard
    case .ignore: .ignore
    case .record: .record(flags: flags)
    case .escape: .escape(flags: flags)
    }
  }

  static func of(_ disposition: SignalDisposition) -> (DispositionWord, SignalDisposition.HandlerFlags) {
    switch disposition {
    case .standard: (.standard, [])
    case .ignore: (.ignore, [])
    case .record(let flags): (.record, flags)
    case .escape(let flags): (.escape, flags)
    }
  }
}

extension ScriptArgument: Codable {
  private static let words: [(word: String, make: @Sendable (Int) -> ScriptArgument)] = [
    ("scratch", { .scratch($0) }), ("program", { .program($0) }), ("program32", { .program32($0) }),
    ("thread", { .thread($0) }), ("result", { .result($0) }), ("word", { .word($0) }),
  ]

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    if text.hasPrefix("0x"), let value = UInt64(text.dropFirst(2), radix: 16) {
      self = .value(value)
      return
    }
    let parts = text.split(separator: " ")
    guard parts.count == 2, let number = Int(parts[1]),
      let word = Self.words.first(where: { $0.word == parts[0] })
    else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "expected \"0x…\" or \"thread 1\" and the like, found \"\(text)\"")
    }
    self = word.make(number)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .value(let value): try container.encode("0x" + String(value, radix: 16))
    case .scratch(let offset): try container.encode("scratch \(offset)")
    case .program(let filter): try container.encode("program \(filter)")
    case .program32(let filter): try container.encode("program32 \(filter)")
    case .thread(let actor): try container.encode("thread \(actor)")
    case .result(let step): try container.encode("result \(step)")
    case .word(let offset): try container.encode("word \(offset)")
    }
  }
}
