import CProbeProtocol
import ClassicBPF
import Scripts

/// The memory that a stage, its actors and the driver share; layout in stage_protocol.h.
final class StageMemory {
  private let shared: SharedMemory

  init() throws(ProbeError) {
    shared = try SharedMemory(size: Int(STAGE_MEMORY_SIZE), purpose: "stage")
  }

  var descriptor: Int32 { shared.descriptor }
  private var base: UnsafeMutableRawPointer { shared.base }

  var header: UnsafeMutablePointer<stage_header> { base.assumingMemoryBound(to: stage_header.self) }
  var command: UnsafeMutablePointer<UInt32> { word(\.command) }
  var done: UnsafeMutablePointer<UInt32> { word(\.done) }

  var steps: UnsafeMutableBufferPointer<stage_step> { area(STAGE_OFFSET_STEPS, STAGE_MAX_STEPS) }
  var results: UnsafeMutableBufferPointer<stage_result> { area(STAGE_OFFSET_RESULTS, STAGE_MAX_STEPS + 1) }
  var scratch: UnsafeMutableBufferPointer<UInt8> { area(STAGE_OFFSET_SCRATCH, STAGE_SCRATCH_SIZE) }
  var instructions: UnsafeMutableBufferPointer<Instruction> {
    area(STAGE_OFFSET_INSTRUCTIONS, STAGE_MAX_INSTRUCTIONS)
  }

  /// `struct sock_fprog`s of 64-bit callers, two words each: length, address.
  var programs: UnsafeMutableBufferPointer<(UInt64, UInt64)> {
    area(STAGE_OFFSET_PROGRAMS, STAGE_MAX_PROGRAMS)
  }

  /// The same of 32-bit callers.
  var programs32: UnsafeMutableBufferPointer<(UInt32, UInt32)> {
    area(STAGE_OFFSET_PROGRAMS32, STAGE_MAX_PROGRAMS)
  }

  /// The files of the builds, for execve(2).
  func set(paths: [String]) throws(ProbeError) {
    for (index, path) in paths.enumerated() {
      let bytes = Array(path.utf8) + [0]
      guard bytes.count <= Int(STAGE_PATH_SIZE), let start = MemoryLayout<stage_header>.offset(of: \.paths)
      else { throw .tooLarge("the path \(path) is too long for the stage") }
      (base + start + index * Int(STAGE_PATH_SIZE)).copyMemory(from: bytes, byteCount: bytes.count)
    }
  }

  /// The 64-bit words that are not 0, from the header to the last instruction.
  var words: [(offset: Int, value: UInt64)] {
    let words = UnsafeBufferPointer(
      start: base.assumingMemoryBound(to: UInt64.self), count: Int(STAGE_MEMORY_SIZE) / 8)
    return words.indices.compactMap { words[$0] == 0 ? nil : (8 * $0, words[$0]) }
  }

  private func area<Element>(_ offset: Int, _ count: Int) -> UnsafeMutableBufferPointer<Element> {
    shared.area(offset, count)
  }

  private func word(_ field: PartialKeyPath<stage_header>) -> UnsafeMutablePointer<UInt32> {
    shared.word(MemoryLayout<stage_header>.offset(of: field) ?? 0)
  }
}
