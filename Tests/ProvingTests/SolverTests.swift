import SeccompModel
import Testing

@testable import Proving

@Suite("The solver", .timeLimit(.minutes(10)))
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
}
