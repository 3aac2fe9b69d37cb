import CLinux
import CSeccompTypes
import Glibc

/// The memory shared with the driver: the request it wrote and the places for the results. The layout is
/// that of clinux_worker.h.
struct SharedMemory {
  let descriptor: Int32
  let base: UnsafeMutableRawPointer
  let header: UnsafeMutablePointer<clinux_worker_header>

  /// Map the driver's memory file; nil when `descriptor` is not one.
  init?(descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_size >= CLINUX_WORKER_SIZE else { return nil }
    let size = Int(CLINUX_WORKER_SIZE)
    guard let base = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0), base != MAP_FAILED
    else { return nil }
    self.descriptor = descriptor
    self.base = base
    header = base.assumingMemoryBound(to: clinux_worker_header.self)
    guard header.pointee.magic == CLINUX_WORKER_MAGIC else { return nil }
  }

  var requestWord: UnsafeMutablePointer<UInt32> { clinux_worker_request_word(header) }
  var replyWord: UnsafeMutablePointer<UInt32> { clinux_worker_reply_word(header) }
  var startWord: UnsafeMutablePointer<UInt32> { clinux_worker_start_word(header) }

  /// One result for each rule.
  var results: UnsafeMutablePointer<Int32> {
    (base + Int(CLINUX_WORKER_RESULTS)).assumingMemoryBound(to: Int32.self)
  }

  /// Where the first rule begins.
  var rules: UnsafeRawPointer { UnsafeRawPointer(base + Int(CLINUX_WORKER_RULES)) }

  /// Say what is about to be done, so that the driver can tell where a call did not come back.
  func report(_ stage: clinux_worker_stage, _ index: Int = 0) {
    clinux_worker_set_progress(header, stage.rawValue, UInt32(index))
  }
}
