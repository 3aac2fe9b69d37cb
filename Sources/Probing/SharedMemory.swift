import CLinux
import Glibc

/// A memory file, mapped, that a driver shares with the programs it starts.
final class SharedMemory {
  let descriptor: Int32
  let base: UnsafeMutableRawPointer
  let size: Int

  /// - Parameter purpose: whose memory it is, for the file's name and for errors.
  init(size: Int, purpose: String) throws(ProbeError) {
    let descriptor = clinux_memfd("crosscheck-\(purpose)", size)
    guard descriptor >= 0 else {
      throw .system(doing: "making the \(purpose)'s shared memory", errno: -descriptor)
    }
    let mapped = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0)
    guard let mapped, mapped != MAP_FAILED else {
      let error = errno
      close(descriptor)
      throw .system(doing: "mapping the \(purpose)'s shared memory", errno: error)
    }
    self.descriptor = descriptor
    self.size = size
    base = mapped
  }

  deinit {
    munmap(base, size)
    close(descriptor)
  }

  /// `count` elements from a byte offset on.
  func area<Element>(_ offset: Int, _ count: Int) -> UnsafeMutableBufferPointer<Element> {
    let start = (base + offset).assumingMemoryBound(to: Element.self)
    return UnsafeMutableBufferPointer(start: start, count: count)
  }

  /// The word at a byte offset.
  func word(_ offset: Int) -> UnsafeMutablePointer<UInt32> {
    (base + offset).assumingMemoryBound(to: UInt32.self)
  }
}
