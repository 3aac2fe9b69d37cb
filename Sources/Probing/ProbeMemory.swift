import CProbeProtocol
import ClassicBPF
import SeccompModel

/// The memory file that one probe and its driver share, mapped; layout in probe_protocol.h.
final class ProbeMemory {
  private let shared: SharedMemory

  static let size = PROBE_MEMORY_SIZE
  static let callCapacity = PROBE_MAX_CALLS
  static let instructionCapacity = PROBE_MAX_INSTRUCTIONS
  static let filterCapacity = PROBE_MAX_FILTERS

  init() throws(ProbeError) {
    shared = try SharedMemory(size: Self.size, purpose: "probe")
  }

  var descriptor: Int32 { shared.descriptor }
  private var base: UnsafeMutableRawPointer { shared.base }

  var header: UnsafeMutablePointer<probe_header> {
    base.assumingMemoryBound(to: probe_header.self)
  }

  var filters: UnsafeMutableBufferPointer<probe_filter> {
    area(PROBE_OFFSET_FILTERS, Self.filterCapacity)
  }

  var instructions: UnsafeMutableBufferPointer<Instruction> {
    area(PROBE_OFFSET_INSTRUCTIONS, Self.instructionCapacity)
  }

  var calls: UnsafeMutableBufferPointer<Call> { area(PROBE_OFFSET_CALLS, Self.callCapacity) }

  var results: UnsafeMutableBufferPointer<probe_result> {
    area(PROBE_OFFSET_RESULTS, Self.callCapacity)
  }

  var traps: UnsafeMutableBufferPointer<probe_trap> {
    area(PROBE_OFFSET_TRAPS, Self.callCapacity)
  }

  private func area<Element>(_ offset: Int, _ count: Int) -> UnsafeMutableBufferPointer<Element> {
    shared.area(offset, count)
  }

  /// The address of a futex word in the header.
  func word(_ field: PartialKeyPath<probe_header>) -> UnsafeMutablePointer<UInt32> {
    shared.word(MemoryLayout<probe_header>.offset(of: field) ?? 0)
  }
}
