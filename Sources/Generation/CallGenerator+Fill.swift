package import SeccompModel

extension CallGenerator {
  /// Fills the whole of `calls`; the same generator and source state give the same calls on any machine.
  package func fill(_ calls: UnsafeMutableBufferPointer<Call>, using random: inout RandomSource) {
    withDrawing { drawing in
      var source = random
      for index in calls.indices {
        var call = drawing.call(using: &source)
        if let isExcluded {
          var attempts = 8
          while attempts > 0, isExcluded(call) {
            call = drawing.call(using: &source)
            attempts -= 1
          }
          if attempts == 0, isExcluded(call) { call = Call(.syscall, rax: 39) }
        }
        calls[index] = call
      }
      random = source
    }
  }

  /// `count` calls as an array.
  package func calls(_ count: Int, using random: inout RandomSource) -> [Call] {
    [Call](unsafeUninitializedCapacity: max(count, 0)) { buffer, initialized in
      let calls = UnsafeMutableBufferPointer(rebasing: buffer[0..<max(count, 0)])
      calls.initialize(repeating: Call(.syscall, rax: 0))
      fill(calls, using: &random)
      initialized = calls.count
    }
  }

  private func withDrawing(_ body: (borrowing CallDrawing) -> Void) {
    targets.values.withUnsafeBufferPointer { values in
      targets.valueSpans.withUnsafeBufferPointer { valueSpans in
        targets.vectors.withUnsafeBufferPointer { vectors in
          targets.vectorSpans.withUnsafeBufferPointer { vectorSpans in
            InterestingValues.deltas.withUnsafeBufferPointer { deltas in
              NumberEdges.upperHalves.withUnsafeBufferPointer { upperHalves in
                withSources { sources in
                  body(
                    CallDrawing(
                      sources: sources, values: values, valueSpans: valueSpans, vectors: vectors,
                      vectorSpans: vectorSpans, deltas: deltas, upperHalves: upperHalves))
                }
              }
            }
          }
        }
      }
    }
  }

  /// Calls `body` with 32 lists of numbers, one for each way of drawing one: 18 are the numbers that the
  /// profile speaks of, 6 the program's constants, 7 the tables, 1 the edges. A list that would be empty is
  /// replaced by the native table.
  private func withSources(_ body: (UnsafeBufferPointer<UnsafeBufferPointer<CallTarget>>) -> Void) {
    targets.targets.withUnsafeBufferPointer { own in
      programNumbers.withUnsafeBufferPointer { program in
        TableNumbers.native.withUnsafeBufferPointer { native in
          TableNumbers.compat.withUnsafeBufferPointer { compat in
            TableNumbers.x32.withUnsafeBufferPointer { x32 in
              TableNumbers.edges.withUnsafeBufferPointer { edges in
                let sources =
                  Array(repeating: own.isEmpty ? native : own, count: 18)
                  + Array(repeating: program.isEmpty ? native : program, count: 6)
                  + [
                    native, native, native, constants.namesCompat ? compat : native, compat, x32, native,
                    edges,
                  ]
                sources.withUnsafeBufferPointer(body)
              }
            }
          }
        }
      }
    }
  }
}
