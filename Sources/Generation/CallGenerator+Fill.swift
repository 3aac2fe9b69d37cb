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
    targets.targets.withUnsafeBufferPointer { targetList in
      targets.values.withUnsafeBufferPointer { values in
        targets.valueStarts.withUnsafeBufferPointer { valueStarts in
          targets.vectors.withUnsafeBufferPointer { vectors in
            targets.vectorStarts.withUnsafeBufferPointer { vectorStarts in
              programNumbers.withUnsafeBufferPointer { numbers in
                words.withUnsafeBufferPointer { words in
                  wordStarts.withUnsafeBufferPointer { wordStarts in
                    withTables { native, compat, x32, edges, boundaries, upper in
                      body(
                        CallDrawing(
                          targets: targetList, values: values, valueStarts: valueStarts, vectors: vectors,
                          vectorStarts: vectorStarts, numbers: numbers, words: words, wordStarts: wordStarts,
                          native: native, compat: compat, x32: x32, edges: edges, boundaries: boundaries,
                          upperHalves: upper, compatShare: compatShare))
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  private func withTables(
    _ body: (
      UnsafeBufferPointer<UInt32>, UnsafeBufferPointer<UInt32>, UnsafeBufferPointer<UInt32>,
      UnsafeBufferPointer<UInt32>, UnsafeBufferPointer<UInt64>, UnsafeBufferPointer<UInt64>
    ) -> Void
  ) {
    tables[0].withUnsafeBufferPointer { native in
      tables[1].withUnsafeBufferPointer { compat in
        tables[2].withUnsafeBufferPointer { x32 in
          NumberEdges.all.withUnsafeBufferPointer { edges in
            InterestingValues.boundaries.withUnsafeBufferPointer { boundaries in
              NumberEdges.upperHalves.withUnsafeBufferPointer {
                body(native, compat, x32, edges, boundaries, $0)
              }
            }
          }
        }
      }
    }
  }
}
