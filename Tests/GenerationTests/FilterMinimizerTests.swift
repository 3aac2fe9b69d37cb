import ClassicBPF
import SeccompModel
import Testing

@testable import Generation

@Suite("The minimiser, of programs")
struct FilterMinimizerTests {
  @Test("without an instruction that a call does not reach, a program answers that call as before")
  func removal() throws {
    let generator = RawFilterGenerator(seed: 3)
    var removed = 0
    for number: UInt64 in 0..<300 {
      let generated = generator.makeCase(number: number)
      guard generated.stack.count == 1, let filter = generated.stack.first, filter.count < 200 else {
        continue
      }
      var random = generator.callSource(number: number)
      let data = RawCallDrawer([filter]).call(using: &random).seccompData()
      var coverage = FilterCoverage(of: filter)
      let verdict = coverage.mark(data, in: filter)
      for pc in coverage.unexecuted {
        guard let smaller = filter.removing(pc..<pc + 1), (try? smaller.check()) != nil else { continue }
        #expect(smaller.evaluate(data) == verdict)
        removed += 1
      }
    }
    #expect(removed > 1000)
  }

  @Test("leaves the one operation that the fault needs, and a plain call")
  func smallest() throws {
    let generator = RawFilterGenerator(seed: 4)
    var minimized = 0
    for number: UInt64 in 0..<2000 {
      let generated = generator.makeCase(number: number)
      guard !generated.stack.isEmpty, generated.shape != .chain else { continue }
      var random = generator.callSource(number: number)
      let call = RawCallDrawer(generated.stack).call(using: &random)
      // "The kernel computes OR instead of XOR."
      func isWrong(_ candidate: MinimizableFilters) -> Bool {
        guard let call = candidate.call else { return false }
        return candidate.filters.contains { filter in
          guard (try? filter.check()) != nil else { return false }
          var other = filter
          for pc in other.instructions.indices where other.instructions[pc].opcode == .xorX {
            other.instructions[pc].code = Opcode.orX.rawValue
          }
          let data = call.seccompData()
          return filter.evaluate(data) != other.evaluate(data)
        }
      }
      let start = MinimizableFilters(filters: generated.stack, call: call)
      guard isWrong(start) else { continue }
      let result = Minimizer().minimize(start, while: isWrong)
      let filters = result.minimized.filters
      #expect(filters.count == 1 && filters[0].count <= 5, "\(Disassembler(filters[0]).text)")
      #expect(filters[0].instructions.contains { $0.opcode == .xorX })
      minimized += 1
    }
    #expect(minimized > 3)
  }

  @Test("never makes a case larger, and ends")
  func ends() {
    let start = MinimizableFilters(
      filters: [Filter([.jump(equal: 7, then: 1, otherwise: 0), .negate, .return(.killProcess)])],
      call: Call(.int80, rax: .max, arguments: Arguments(.max)))
    let result = Minimizer().minimize(start) { _ in true }
    #expect(result.isFixpoint)
    #expect(result.minimized.filters == [Filter([])])
    #expect(result.minimized.call == Call(.syscall, rax: 0))
  }
}
