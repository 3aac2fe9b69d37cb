internal import CLinux
internal import Glibc

/// A memory file, mapped whole.
package struct SharedFile: ~Copyable {
  package let descriptor: Int32
  package let bytes: UnsafeMutableRawBufferPointer

  /// `size` bytes of zeros; pages that are not used are never allocated.
  package init(_ name: String, size: Int) throws(RuntimeError) {
    let file = clinux_memfd(name, size)
    guard file >= 0 else { throw .system(operation: "make a memory file", errno: -file) }
    guard let base = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0), base != MAP_FAILED else {
      let error = errno
      close(file)
      throw .system(operation: "map a memory file of \(size) bytes", errno: error)
    }
    descriptor = file
    bytes = UnsafeMutableRawBufferPointer(start: base, count: size)
  }

  package init(_ name: String, contents: [UInt8]) throws(RuntimeError) {
    try self.init(name, size: contents.count)
    bytes.copyBytes(from: contents)
  }

  deinit {
    munmap(bytes.baseAddress, bytes.count)
    close(descriptor)
  }
}
