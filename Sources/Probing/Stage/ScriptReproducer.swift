import CProbeProtocol
import Foundation
package import Scripts

/// A program in C that plays one script by itself: the stage's own sources, the script as tables, and what was expected.
package struct ScriptReproducer {
  private let script: Script
  private let title: String
  private let expected: [StepResult?]

  /// - Parameters:
  ///   - title: what the script shows, in one or more lines.
  ///   - expected: for each step what it was expected to come to; nil where there is nothing exact to compare with.
  package init(_ script: Script, title: String, expected: [StepResult?]) {
    self.script = script
    self.title = title
    self.expected = expected
  }

  package func text() throws(ProbeError) -> String {
    let memory = try StageMemory()
    try memory.write(script)
    memory.header.pointee.version = UInt32(STAGE_PROTOCOL_VERSION)
    memory.header.pointee.patience_us = 2_000_000
    memory.header.pointee.processor = -1
    return [
      head, "#include <stddef.h>\n#include <stdint.h>\n\n#ifdef __x86_64__\n",
      try Self.resource("stage-x86_64-c.txt"), Self.assembly(try Self.resource("stage-x86_64-s.txt")),
      Self.table(of: memory), told, "\n#else /* the actors as a 32-bit program */\n",
      try Self.resource("stage-i386-c.txt"), Self.assembly(try Self.resource("stage-i386-s.txt")), "#endif\n",
    ].joined(separator: "\n")
  }

  private var runsOn32Bits: Bool {
    script.steps.contains { if case .execute(.i386) = $0.action { true } else { false } }
  }

  private var head: String {
    let flags = "-O1 -nostdlib -static -ffreestanding -fno-stack-protector -fno-pie -no-pie -w"
    var lines = title.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    lines.append("")
    lines.append("cc \(flags) repro.c -o repro && ./repro")
    if runsOn32Bits { lines.append("first, in the same directory: cc -m32 \(flags) repro.c -o repro32") }
    lines.append("")
    lines.append(
      "It prints what became of each step, and ends with status 1 when one is other than expected.")
    return "/* " + lines.map { $0.replacing("*/", with: "* /") }.joined(separator: "\n * ") + " */\n"
  }

  /// Every word of the memory that is not 0.
  private static func table(of memory: StageMemory) -> String {
    var lines = memory.words.map {
      "    {0x\(String($0.offset, radix: 16)), 0x\(String($0.value, radix: 16))ull},"
    }
    lines.insert("const struct image_word image[] = {", at: 0)
    lines.append("};")
    lines.append("const uint32_t image_words = sizeof image / sizeof *image;\n")
    return lines.joined(separator: "\n")
  }

  private var told: String {
    var lines = ["const struct told_step told[] = {"]
    for (index, step) in script.steps.enumerated() {
      let result = index < expected.count ? expected[index] : nil
      let fields = result.flatMap(Fields.init)
      lines.append(
        "    {\(Self.literal("\(step)")), \(Self.literal(result.map { "\($0)" } ?? "anything")), "
          + "\(fields == nil ? 0 : 1), \(fields?.state ?? 0), \(fields?.isTrapped == true ? 1 : 0), "
          + "\(fields?.value ?? 0)ll, \(fields?.waitStatus ?? 0)},")
    }
    lines.append("};")
    return lines.joined(separator: "\n") + "\n"
  }

  /// A result in the numbers that the stage writes.
  private struct Fields {
    var state: Int
    var isTrapped = false
    var value: Int64 = 0
    var waitStatus: Int32 = 0

    init?(_ result: StepResult) {
      switch result {
      case .returned(let value): (state, self.value) = (STAGE_STATE_RETURNED, value)
      case .trappedAndReturned(_, let value):
        (state, isTrapped, self.value) = (STAGE_STATE_RETURNED, true, value)
      case .trapped: (state, isTrapped) = (STAGE_STATE_TRAPPED, true)
      case .blocked: state = STAGE_STATE_BLOCKED
      case .stopped: state = STAGE_STATE_STOPPED
      case .ended(let ending):
        state = STAGE_STATE_ENDED
        switch ending {
        case .exited(let status): waitStatus = status << 8
        case .signalled(let signal, let core): waitStatus = signal | (core ? 0x80 : 0)
        case .thread: value = Int64(STAGE_ENDING_THREAD)
        case .unknown: value = Int64(STAGE_ENDING_UNKNOWN)
        }
      case .status: state = STAGE_STATE_STATUS
      case .hung: state = STAGE_STATE_HUNG
      case .notTaken: state = STAGE_STATE_NOT_TAKEN
      }
    }
  }

  private static func literal(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  /// Assembly as a declaration of C. The compiler takes it that the section is left as it was.
  private static func assembly(_ text: String) -> String {
    let lines = text.split(separator: "\n").map { "    \(literal(String($0)).dropLast())\\n\"" }
    return "__asm__(\n" + lines.joined(separator: "\n") + "\n    \".text\\n\");\n"
  }

  private static func resource(_ name: String) throws(ProbeError) -> String {
    let path = try ProbeExecutable.resource(name)
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw .executableMissing(searched: [path])
    }
    return text
  }
}
