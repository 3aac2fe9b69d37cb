import CLinux
import CProbeProtocol
import ClassicBPF
import Glibc
import SeccompModel

/// The memory file that one probe and its driver share, mapped; layout in probe_protocol.h.
final class ProbeMemory {
  let descriptor: Int32
  private let base: UnsafeMutableRawPointer

  static let size = PROBE_MEMORY_SIZE
  static let callCapacity = PROBE_MAX_CALLS
  static let instructionCapacity = PROBE_MAX_INSTRUCTIONS
  static let filterCapacity = PROBE_MAX_FILTERS

  init() throws(ProbeError) {
    let descriptor = clinux_memfd("crosscheck-probe", Self.size)
    guard descriptor >= 0 else {
      throw .system(doing: "making the probe's shared memory", errno: -descriptor)
    }
    let mapped = mmap(nil, Self.size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0)
    guard let mapped, mapped != MAP_FAILED else {
      let error = errno
      close(descriptor)
      throw .system(doing: "mapping the probe's shared memory", errno: error)
    }
    self.descriptor = descriptor
    base = mapped
  }

  deinit {
    munmap(base, Self.size)
    close(descriptor)
  }

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
    let start = (base + offset).assumingMemoryBound(to: Element.self)
    return UnsafeMutableBufferPointer(start: start, count: count)
  }

  /// The address of a futex word in the header.
  func word(_ field: PartialKeyPath<probe_header>) -> UnsafeMutablePointer<UInt32> {
    let offset = MemoryLayout<probe_header>.offset(of: field) ?? 0
    return (base + offset).assumingMemoryBound(to: UInt32.self)
  }
}
