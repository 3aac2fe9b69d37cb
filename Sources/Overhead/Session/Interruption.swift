import Synchronization

/// A wish that a measurement end early, with what it has.
package final class Interruption: Sendable {
  private let wish = Atomic(false)

  package init() {}

  package func request() { wish.store(true, ordering: .relaxed) }
  package var isRequested: Bool { wish.load(ordering: .relaxed) }

  /// That it was wished for, as the end of something that cannot be cut short otherwise.
  struct Requested: Error {}

  func check() throws(Requested) { if isRequested { throw Requested() } }
}
