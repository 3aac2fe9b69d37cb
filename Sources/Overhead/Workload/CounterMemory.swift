internal import CLinux
import SeccompModel
import Targets

/// What is shared with one counter; see clinux_counter.h.
struct CounterMemory: ~Copyable {
  private let file: SharedFile

  var descriptor: Int32 { file.descriptor }

  init(keeping masks: ArgumentMasks, limit: Duration, grace: Duration, combinations: Int)
    throws(CountingError)
  {
    do throws(RuntimeError) {
      file = try SharedFile("crosscheck-counter", size: Int(CLINUX_COUNTER_SIZE))
    } catch {
      guard case .system(let operation, let errno) = error else {
        throw .system(operation: "make a memory file", errno: 0)
      }
      throw .system(operation: operation, errno: errno)
    }
    header.pointee.magic = CLINUX_COUNTER_MAGIC
    header.pointee.combinations = UInt32(combinations)
    header.pointee.limit_ns = limit.nanoseconds
    header.pointee.grace_ns = grace.nanoseconds
    clinux_counter_masks(header).update(from: masks.rows, count: masks.rows.count)
  }

  private var header: UnsafeMutablePointer<clinux_counter_header> {
    file.bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: clinux_counter_header.self)
  }

  var head: clinux_counter_header { header.pointee }
  var isComplete: Bool { header.pointee.is_complete != 0 }

  /// What the counter failed in.
  var failure: CountingError? {
    guard header.pointee.has_failed != 0 else { return nil }
    return .system(
      operation: String(cString: clinux_counter_message(header)), errno: header.pointee.failure)
  }

  /// What was counted; nil when nothing was. Calls beyond the combinations that a number may have count as the most
  /// frequent one of that number.
  func workload(source: String) -> Workload? {
    let room = UnsafeRawBufferPointer(rebasing: file.bytes[Int(CLINUX_COUNTER_ENTRIES)...])
    let counted = room.bindMemory(to: clinux_counter_entry.self).prefix(Int(header.pointee.entry_count))
    var entries: [Workload.Entry] = []
    // The place in `entries` of each row's most frequent one.
    var largest = [Int](repeating: -1, count: Int(CLINUX_COUNTER_ROWS))
    for entry in counted {
      let abi = CallABI(architecture: entry.architecture, number: entry.number)
      let arguments = Arguments(
        entry.arguments.0, entry.arguments.1, entry.arguments.2, entry.arguments.3, entry.arguments.4,
        entry.arguments.5)
      let row = Self.row(abi, entry.number)
      if largest[row] < 0 || entry.count > entries[largest[row]].count { largest[row] = entries.count }
      entries.append(Workload.Entry(abi, entry.number, arguments: arguments, count: entry.count))
    }
    let overflow = clinux_counter_overflow(header)
    var undistinguished: UInt64 = 0
    for (row, place) in largest.enumerated() where place >= 0 {
      entries[place].count += overflow[row]
      undistinguished += overflow[row]
    }
    return Workload(source: source, entries: entries, undistinguished: undistinguished)
  }

  private static func row(_ abi: CallABI, _ number: UInt32) -> Int {
    let index = UInt32(CallABI.allCases.firstIndex(of: abi) ?? 0)
    return Int(clinux_counter_row(index, number ^ abi.table.numberBits))
  }
}
