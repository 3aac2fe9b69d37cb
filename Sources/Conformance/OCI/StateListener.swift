import CLinux
import Foundation
import Glibc

/// A seccomp agent that only listens: it takes the container process states that a runtime sends to `listenerPath`,
/// and answers nothing. A thread of its own takes what comes.
final class StateListener: @unchecked Sendable {
  let path: String
  private let directory: String
  private let listener: Int32
  // Written by the thread alone; read by others under the condition.
  private let condition = NSCondition()
  private var connections: [Connection] = []
  private var isStopped = false
  private var isEnded = false

  private struct Connection {
    var descriptor: Int32
    var messages = 0
    var received: AgentConnection
  }

  /// What a state may come to, in bytes: enough for any metadata of the table.
  private static let sizeLimit = 1 << 20

  init() throws {
    // Not TMPDIR: sun_path has 108 bytes.
    var template = Array("/tmp/crosscheck-agent-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw AgentError(operation: "mkdtemp", errno: errno) }
    directory = template.withUnsafeBufferPointer { bytes in
      String(decoding: bytes.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    path = directory + "/agent.sock"
    listener = clinux_listen(path)
    guard listener >= 0 else {
      let code = errno
      rmdir(directory)
      throw AgentError(operation: "listening at \(path)", errno: code)
    }
    let thread = Thread { [self] in work() }
    thread.name = "crosscheck-agent"
    thread.start()
  }

  /// Waits until at least one connection came, with a whole JSON text or its end, and all are closed by the runtime
  /// where that is asked for; at most `limit`. A runtime may send, and close, shortly after the container's process has
  /// begun to run.
  func awaitStates(closed wantsClosed: Bool, atMost limit: TimeInterval) {
    let end = Date(timeIntervalSinceNow: limit)
    condition.lock()
    defer { condition.unlock() }
    while connections.isEmpty
      || !connections.allSatisfy({ $0.received.isClosed || (!wantsClosed && $0.received.isWhole) })
    {
      if !condition.wait(until: end) { return }
    }
  }

  /// What came until now, in the order of the connections.
  var received: [AgentConnection] {
    condition.lock()
    defer { condition.unlock() }
    return connections.map(\.received)
  }

  /// Ends the thread and removes the socket.
  func stop() {
    condition.lock()
    isStopped = true
    while !isEnded { condition.wait() }
    condition.unlock()
    for connection in connections { close(connection.descriptor) }
    close(listener)
    unlink(path)
    rmdir(directory)
  }

  private func work() {
    while true {
      condition.lock()
      let isDone = isStopped
      var polled = [pollfd(fd: listener, events: Int16(POLLIN), revents: 0)]
      polled += connections.filter { !$0.received.isClosed }
        .map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
      if isDone { isEnded = true }
      condition.broadcast()
      condition.unlock()
      if isDone { return }
      // Short, so that stop() need not interrupt it.
      guard poll(&polled, nfds_t(polled.count), 20) > 0 else { continue }
      condition.lock()
      while case let descriptor = clinux_accept(listener), descriptor >= 0 {
        connections.append(
          Connection(
            descriptor: descriptor, received: AgentConnection(text: [], descriptors: 0, isClosed: false)))
      }
      for index in connections.indices { receive(&connections[index]) }
      condition.unlock()
    }
  }

  private func receive(_ connection: inout Connection) {
    var chunk = [UInt8](repeating: 0, count: 64 * 1024)
    while !connection.received.isClosed, connection.received.text.count < Self.sizeLimit {
      var descriptors: Int32 = 0
      let count = clinux_receive(connection.descriptor, &chunk, chunk.count, &descriptors)
      if count < 0 && errno == EAGAIN { return }
      guard count > 0 else {
        connection.received.isClosed = true
        return
      }
      if descriptors > 0 && connection.messages > 0 { connection.received.descriptorsCameFirst = false }
      connection.messages += 1
      connection.received.descriptors += Int(descriptors)
      connection.received.text += chunk[..<count]
    }
  }
}

extension AgentConnection {
  /// Whether what came is a JSON text already.
  fileprivate var isWhole: Bool { (try? JSONSerialization.jsonObject(with: Data(text))) != nil }
}

/// Why the suite's agent cannot listen.
struct AgentError: Error, CustomStringConvertible {
  var operation: String
  var errno: Int32

  var description: String {
    "the suite's seccomp agent: \(operation) failed: \(String(cString: strerror(errno)))"
  }
}
