import CLinux
import Foundation
import Synchronization

/// One of the threads that do a campaign's cases.
protocol CampaignWorker: SendableMetatype {
  associatedtype Counts: CampaignCounts
  associatedtype Family: CampaignFamily
  var index: Int { get }
  var state: CampaignState<Counts, Family> { get }
  /// Cases that one worker takes at a time: enough to make a line of the journal cheap.
  static var chunk: UInt64 { get }
  /// Does these cases, fewer only if the run is to stop.
  func work(on cases: Range<UInt64>) throws
}

extension CampaignWorker {
  /// Takes cases until there are no more.
  func work() {
    do {
      while let cases = state.take(Self.chunk) { try work(on: cases) }
    } catch {
      state.fail(error)
    }
  }
}

/// A campaign's threads, while they work.
final class CampaignCrew {
  /// How far the time is.
  struct Progress {
    var elapsed: Duration
    /// nil without a limit.
    var remaining: Duration?
  }

  private let running = Running()
  private let begin = clinux_monotonic_time()

  /// - Parameter workers: each is for its own thread alone from here on.
  init(_ workers: [some CampaignWorker]) {
    for worker in workers {
      running.count.add(1, ordering: .relaxed)
      nonisolated(unsafe) let worker = worker
      let thread = Thread { [running] in
        worker.work()
        running.count.subtract(1, ordering: .releasing)
      }
      thread.name = "crosscheck-\(worker.index)"
      thread.stackSize = 8 << 20
      thread.start()
    }
  }

  /// Waits until all are done, and calls `stop` when the time is up; `progress` is called a few times a second.
  func watch(for duration: Duration?, progress: (Progress) -> Void, stop: () -> Void) {
    while running.count.load(ordering: .acquiring) > 0 {
      Thread.sleep(forTimeInterval: 0.05)
      let remaining = duration.map { $0 - elapsed }
      if let remaining, remaining <= .zero { stop() }
      progress(Progress(elapsed: elapsed, remaining: remaining.map { max($0, .zero) }))
    }
  }

  private var elapsed: Duration { .nanoseconds(clinux_monotonic_time() - begin) }

  private final class Running: Sendable {
    let count = Atomic(0)
  }
}
