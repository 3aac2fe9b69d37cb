internal import CLinux
internal import ClassicBPF
internal import Glibc

/// The memory file shared with the worker, mapped; the layout is that of clinux_worker.h. It outlives a
/// killed worker and serves the next.
struct WorkerMemory: ~Copyable, @unchecked Sendable {
  let descriptor: Int32
  private let base: UnsafeMutableRawPointer

  init() throws(CompilerError) {
    let size = Int(CLINUX_WORKER_SIZE)
    descriptor = clinux_memfd("crosscheck-compiler", size)
    guard descriptor >= 0 else { throw .system(operation: "make a memory file", errno: -descriptor) }
    guard let base = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0), base != MAP_FAILED
    else {
      let error = errno
      close(descriptor)
      throw .system(operation: "map a memory file of \(size) bytes", errno: error)
    }
    self.base = base
    header.pointee.magic = CLINUX_WORKER_MAGIC
  }

  deinit {
    munmap(base, Int(CLINUX_WORKER_SIZE))
    close(descriptor)
  }

  var header: UnsafeMutablePointer<clinux_worker_header> {
    base.assumingMemoryBound(to: clinux_worker_header.self)
  }

  /// Where the rules are written, to the end of the file.
  var rules: UnsafeMutableRawBufferPointer {
    let offset = Int(CLINUX_WORKER_RULES)
    return UnsafeMutableRawBufferPointer(start: base + offset, count: Int(CLINUX_WORKER_SIZE) - offset)
  }

  var progress: UInt64 { clinux_worker_progress(header) }

  /// Forget the worker that was here: no request is open and nobody is ready.
  func reset() {
    header.pointee.reply = header.pointee.request
    header.pointee.start = CLINUX_WORKER_NOT_STARTED.rawValue
    header.pointee.progress = 0
    memset(clinux_worker_message(header), 0, Int(CLINUX_WORKER_MESSAGE_SIZE))
  }

  /// Open a request; the answer is there when the reply word holds the value returned.
  func openRequest() -> UInt32 {
    let request = clinux_fetch_add(clinux_worker_request_word(header), 1) &+ 1
    _ = clinux_futex_wake(clinux_worker_request_word(header), 1)
    return request
  }

  /// The answers to `count` rules, of which the first `answered` were reached.
  func ruleStatuses(_ count: Int, answered: Int) -> [RuleStatus] {
    let results = (base + Int(CLINUX_WORKER_RESULTS)).assumingMemoryBound(to: Int32.self)
    return [RuleStatus](unsafeUninitializedCapacity: count) { buffer, initialized in
      for index in 0..<count {
        let status: RuleStatus =
          if index >= answered {
            .notAnswered
          } else if results[index] == 0 {
            .added
          } else if results[index] == CLINUX_WORKER_UNKNOWN_NAME {
            .unknownName
          } else {
            .refused(errno: 0 &- results[index])
          }
        buffer.initializeElement(at: index, to: status)
      }
      initialized = count
    }
  }

  /// The exported program; nil when its size is not that of whole instructions in their place.
  func filter() -> Filter? {
    let bytes = Int(header.pointee.filter_bytes)
    let size = MemoryLayout<Instruction>.stride
    guard bytes % size == 0, bytes <= Int(CLINUX_WORKER_RULES - CLINUX_WORKER_FILTER) else { return nil }
    let program = base + Int(CLINUX_WORKER_FILTER)
    return Filter(
      [Instruction](unsafeUninitializedCapacity: bytes / size) { buffer, initialized in
        // struct sock_filter and Instruction have one layout.
        UnsafeMutableRawBufferPointer(buffer).copyMemory(
          from: UnsafeRawBufferPointer(start: program, count: bytes))
        initialized = bytes / size
      })
  }
}
