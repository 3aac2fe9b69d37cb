import Dispatch
import Foundation
import Glibc
import SeccompModel
import Testing

@testable import Proving

@Suite("The solver", .timeLimit(.minutes(30)))
struct SolverTests {
  @Test("models outlive the questions that they answer, and go with their last user")
  func models() throws {
    let context = Z3Context()
    let data = DataTerms(context)
    let solver = Z3Solver(context, ProofLimits())
    var models: [Z3Model] = []
    for number in UInt32(0)..<100 {
      let asked = context.equal(data.number, context.number(number))
      guard case .some(let model) = solver.check(with: [asked]) else {
        Issue.record("no model for \(number)")
        return
      }
      models.append(model)
    }
    #expect(models.map { data.values(in: $0)?.number } == (0..<100).map { UInt32($0) })
    weak let last = models.last
    models = []
    #expect(last == nil)
  }

  @Test("what does not come to a number has no value")
  func noValue() throws {
    let context = Z3Context()
    let solver = Z3Solver(context, ProofLimits())
    guard case .some(let model) = solver.check() else {
      Issue.record("no model of nothing")
      return
    }
    // Wider than any number that is read.
    let wide = context.join(context.number(.max, width: 64), context.variable("b", width: 64))
    #expect(model.value(of: context.variable("c", width: 32)) != nil)
    #expect(model.value(of: wide) == nil)
  }

  @Test("SIGINT stays whose it was while a question is asked")
  func interrupt() async throws {
    // In a process of its own: what a signal does is the whole process's.
    await #expect(processExitsWith: .success) {
      signal(SIGINT, SIG_IGN)
      let context = Z3Context()
      let data = DataTerms(context)
      let solver = Z3Solver(context, ProofLimits(seconds: 2))
      let product = context.multiply(
        context.join(context.number(0), data.low(0)), context.join(context.number(0), data.low(1)))
      // A product of two primes of 32 bits.
      solver.require(context.equal(product, context.number(4_294_967_291 * 4_294_967_279, width: 64)))
      for word in [data.low(0), data.low(1)] { solver.require(context.less(context.number(1), word)) }
      let watch = Watch()
      _ = solver.check()
      #expect(watch.looks() > 0)
    }
  }
}

/// Looks every millisecond whether SIGINT is ignored.
private final class Watch: @unchecked Sendable {
  private let isOver = DispatchSemaphore(value: 0)
  private let isDone = DispatchSemaphore(value: 0)
  private var count = 0

  init() {
    Thread { [self] in
      while isOver.wait(timeout: .now() + .milliseconds(1)) == .timedOut {
        var action = sigaction()
        sigaction(SIGINT, nil, &action)
        if unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) != 1 { count = .min }
        count += 1
      }
      isDone.signal()
    }.start()
  }

  /// How often that was so; below 0 when it was not once.
  func looks() -> Int {
    isOver.signal()
    isDone.wait()
    return count
  }
}
