import Glibc

/// Why something could not be written to or read from a run's directory.
package struct StorageError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was being done: a verb in "-ing".
  package var operation: String
  package var path: String
  /// What the system answered; nil when the content is at fault.
  package var errno: Int32?
  /// What is wrong with the content.
  package var detail: String?

  package init(_ operation: String, _ path: String, errno: Int32) {
    self.operation = operation
    self.path = path
    self.errno = errno
  }

  package init(_ operation: String, _ path: String, detail: String) {
    self.operation = operation
    self.path = path
    self.detail = detail
  }

  package var description: String {
    let cause = detail ?? errno.map { "\(String(cString: strerror($0))) (errno \($0))" } ?? "failed"
    return "\(operation) \(path): \(cause)"
  }
}
