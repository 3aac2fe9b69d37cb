import CProbeProtocol
import ClassicBPF

/// The memory that a meter and its driver share; layout in meter_protocol.h.
final class MeterMemory {
  private let shared: SharedMemory

  init() throws(ProbeError) {
    shared = try SharedMemory(size: Int(METER_MEMORY_SIZE), purpose: "meter")
  }

  var descriptor: Int32 { shared.descriptor }
  var header: UnsafeMutablePointer<meter_header> {
    shared.base.assumingMemoryBound(to: meter_header.self)
  }
  var go: UnsafeMutablePointer<UInt32> { word(\.go) }
  var done: UnsafeMutablePointer<UInt32> { word(\.done) }

  private var filters: UnsafeMutableBufferPointer<meter_filter> {
    shared.area(Int(METER_OFFSET_FILTERS), Int(METER_MAX_FILTERS))
  }
  private var instructions: UnsafeMutableBufferPointer<Instruction> {
    shared.area(Int(METER_OFFSET_INSTRUCTIONS), Int(METER_MAX_INSTRUCTIONS))
  }
  private var blocks: UnsafeMutableBufferPointer<UInt64> {
    shared.area(Int(METER_OFFSET_BLOCKS), Int(METER_MAX_BLOCKS))
  }
  private var latencies: UnsafeMutableBufferPointer<UInt32> {
    shared.area(Int(METER_OFFSET_LATENCIES), Int(METER_MAX_LATENCIES))
  }
  private var installations: UnsafeMutableBufferPointer<UInt64> {
    shared.area(Int(METER_OFFSET_INSTALLATIONS), Int(METER_MAX_FILTERS))
  }

  private var paces: UnsafeMutableBufferPointer<UInt64> {
    shared.area(Int(METER_OFFSET_PACES), Int(METER_MAX_BLOCKS) + 1)
  }
  private var installationPaces: UnsafeMutableBufferPointer<UInt64> {
    shared.area(Int(METER_OFFSET_INSTALLATION_PACES), Int(METER_MAX_FILTERS) + 1)
  }

  private func word(_ field: PartialKeyPath<meter_header>) -> UnsafeMutablePointer<UInt32> {
    shared.word(MemoryLayout<meter_header>.offset(of: field) ?? 0)
  }
}

extension MeterMemory {
  /// Writes a task for a meter that is to run on `processor`.
  func write(_ task: MeterTask, processor: Int, waits: Bool) throws(ProbeError) {
    var header = meter_header()
    header.version = UInt32(METER_PROTOCOL_VERSION)
    header.waits = waits ? 1 : 0
    header.processor = Int32(clamping: processor)
    header.entry = task.entry.rawValue
    header.rax = task.rax
    guard task.arguments.count <= 6 else {
      throw .tooLarge("\(task.arguments.count) arguments; a call has 6")
    }
    let arguments = task.arguments + [UInt64](repeating: 0, count: 6 - task.arguments.count)
    header.args = (
      arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], arguments[5]
    )
    if let listener = task.listener {
      guard !task.filters.isEmpty else { throw .tooLarge("a listener needs a filter to listen to") }
      header.listener = UInt32(listener.isSynchronous ? METER_LISTENER_SYNC : METER_LISTENER_PLAIN)
      header.answer_processor = Int32(clamping: listener.processor ?? processor)
    }
    switch task.subject {
    case .calls(let perBlock, let blocks):
      header.kind = UInt32(METER_KIND_CALLS)
      (header.calls_per_block, header.block_count) = try Self.counts(perBlock, blocks)
    case .deaths(let death, let perBlock, let blocks):
      header.kind = UInt32(METER_KIND_DEATHS)
      header.death = death.rawValue
      (header.calls_per_block, header.block_count) = try Self.counts(perBlock, blocks)
    case .latencies(let count):
      guard (1...Int(METER_MAX_LATENCIES)).contains(count) else {
        throw .tooLarge("\(count) latencies; the meter holds 1 to \(METER_MAX_LATENCIES)")
      }
      header.kind = UInt32(METER_KIND_LATENCIES)
      header.latency_count = UInt32(count)
    case .hold: header.kind = UInt32(METER_KIND_HOLD)
    }
    header.filter_count = UInt32(task.filters.count)
    self.header.pointee = header
    try write(task)
  }

  private static func counts(_ perBlock: Int, _ blocks: Int) throws(ProbeError) -> (UInt32, UInt32) {
    guard (1...Int(METER_MAX_BLOCKS)).contains(blocks), perBlock >= 1, perBlock <= Int(UInt32.max) else {
      throw .tooLarge("\(blocks) blocks of \(perBlock); the meter holds 1 to \(METER_MAX_BLOCKS)")
    }
    return (UInt32(perBlock), UInt32(blocks))
  }

  /// `SECCOMP_FILTER_FLAG_NEW_LISTENER` of linux/seccomp.h
  private static let newListener: UInt32 = 8

  private func write(_ task: MeterTask) throws(ProbeError) {
    guard task.filters.count <= Int(METER_MAX_FILTERS) else {
      throw .tooLarge("a stack of \(task.filters.count) filters; the meter holds \(METER_MAX_FILTERS)")
    }
    var first = 0
    var end = 0
    for (index, filter) in task.filters.enumerated() {
      // Equal filters one after another need their instructions once.
      if index == 0 || filter != task.filters[index - 1] {
        first = end
        guard first + filter.count <= Int(METER_MAX_INSTRUCTIONS) else {
          throw .tooLarge("the stack has more than \(METER_MAX_INSTRUCTIONS) instructions")
        }
        _ = instructions[first...].update(fromContentsOf: filter.instructions)
        end = first + filter.count
      }
      let isLast = index + 1 == task.filters.count
      filters[index] = meter_filter(
        first: UInt32(first), length: UInt32(filter.count),
        flags: task.flags | (task.listener != nil && isLast ? Self.newListener : 0), reserved: 0)
    }
  }

  /// What a meter that is done wrote.
  func reading(of task: MeterTask) -> MeterReading {
    var reading = MeterReading()
    switch task.subject {
    case .calls(let perBlock, let count), .deaths(_, let perBlock, let count):
      reading.perCall = blocks[..<count].map { Double($0) / Double(perBlock) }
      reading.paces = Self.paces(paces, around: count)
    case .latencies(let count): reading.latencies = Array(latencies[..<count])
    case .hold: break
    }
    reading.installations = Array(installations[..<task.filters.count])
    reading.installationPaces = Self.paces(installationPaces, around: task.filters.count)
    reading.traps = Int(header.pointee.traps)
    reading.answers = Int(header.pointee.answers)
    reading.firstResult = Int64(bitPattern: header.pointee.result)
    reading.lastResult = Int64(bitPattern: header.pointee.last_result)
    return reading
  }

  /// The slower of the paces before and after each of `count` things.
  private static func paces(_ ticks: UnsafeMutableBufferPointer<UInt64>, around count: Int) -> [Double] {
    (0..<count).map { Double(max(ticks[$0], ticks[$0 + 1])) / Double(METER_PACE_TURNS) }
  }
}
