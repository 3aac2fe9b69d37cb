import ClassicBPF
import Generation
import Prediction
import Probing
import Proving
import SeccompModel

extension Workbench {
  /// Limits of a proof beside other work: by the solver's own measure first, so that a case comes to the same everywhere.
  private static let limits = ProofLimits(seconds: 20, resources: 20_000_000)

  /// A second judge of the newest filter, where no call showed a difference: does one exist? What is found then is a call
  /// that should have been drawn.
  func prove(
    _ stack: inout [PreparedFilter], explored: Int, tally: inout Tally, differences: inout DifferenceList
  ) throws {
    let newest = stack.count - 1
    guard newest >= 0, stack[newest].filter.count <= explored,
      !differences.kept.contains(where: { $0.kind == .policyFilter })
    else { return }
    let (oracle, filter) = (stack[newest].oracle, stack[newest].filter)
    tally.proofs += 1
    switch try Prover(limits: Self.limits).compare(oracle, filter) {
    case .proved: break
    case .unknown: tally.proofsUndecided += 1
    case .differs(let input):
      tally.proofsFoundMore += 1
      let plain = SideComparison(.policy(oracle), .filter(filter)).simplified(input)
      guard let call = CallGenerator.call(from: plain) else { return }
      probe.calls[0] = call
      comparePolicy(&stack[newest], layer: newest, count: 1, tally: &tally, differences: &differences)
    }
  }
}

extension Checking {
  static let limits = ProofLimits(seconds: 20)

  /// Whether the filter means what the policy does, for all inputs. A counterexample is among the calls that are made.
  mutating func prove() {
    guard let prepared else { return }
    let (policy, filter) = (Side.policy(prepared.oracle), Side.filter(prepared.filter))
    do throws(FilterRejection) {
      switch try Prover(limits: Self.limits).compare(prepared.oracle, prepared.filter) {
      case .proved: proof = CheckReport.Proof(result: .proved)
      case .unknown(let reason): proof = CheckReport.Proof(result: .notTold, reason: reason)
      case .differs(let input):
        let plain = SideComparison(policy, filter).simplified(input)
        proof = CheckReport.Proof(result: .differs, witness: DataText(plain).description)
        if let call = CallGenerator.call(from: plain) { counterexamples.append(call) }
      }
    } catch {
      proof = CheckReport.Proof(result: .notTold, reason: "the kernel refuses the program: \(error)")
    }
  }
}
