import ClassicBPF
import Generation
import Profiles
import Proving
import SeccompModel

extension ProofReport {
  /// Two calls that are one to the kernel, which reads 32 bits of an argument, and two to the filter, which compares 64.
  package struct Width: Codable, Hashable, Sendable {
    package enum Kind: String, Codable, Hashable, Sendable {
      /// The upper half gets a call through that is refused without it.
      case bypass
      /// The upper half gets a call refused that runs without it.
      case overBlock
    }

    package var call: String
    package var abi: String
    package var argument: Int
    package var kind: Kind
    /// With the upper half set; the verdict, and what the kernel did.
    package var wide: Witness
    package var wideVerdict: String
    package var narrow: Witness
    package var narrowVerdict: String
  }
}

extension ProofBench {
  /// Of the arguments that the profile's conditions compare and of which the kernel reads 32 bits: what an upper half
  /// makes of a call, for all inputs; and that the solver could not tell, in words.
  func widths(of made: PreparedFilter) throws -> (found: [ProofReport.Width], undecided: String?) {
    let places = Self.places(in: made.layer)
    let (gaps, undecided) = try WidthSearch(limits: options.limits).gaps(in: made.filter, at: places)
    let replay = WitnessReplay(workbench: workbench)
    let found = gaps.map { gap in
      var witnesses = [ProofReport.Witness(gap.wide), ProofReport.Witness(gap.narrow)]
      replay.run(&witnesses, one: [made.filter], other: [])
      let table = SyscallTable.of(gap.wide)
      return ProofReport.Width(
        call: table?.table.name(of: gap.wide.number) ?? "number \(gap.wide.number)", abi: table?.abi ?? "?",
        argument: gap.argument, kind: gap.kind == .bypass ? .bypass : .overBlock, wide: witnesses[0],
        wideVerdict: "\(made.filter.evaluate(gap.wide))", narrow: witnesses[1],
        narrowVerdict: "\(made.filter.evaluate(gap.narrow))")
    }
    return (
      found,
      undecided.isEmpty ? nil : "the solver did not tell of \(Set(undecided).count) arguments' upper halves"
    )
  }

  private static func places(in layer: Layer) -> [WidthSearch.Place] {
    var places: [WidthSearch.Place] = []
    for rule in layer.profile.rules {
      for architecture in layer.architectures {
        guard let number = architecture.table?.number(named: rule.name) else { continue }
        let narrow = ArgumentWidths.narrow(rule.name, on: architecture)
        for condition in rule.conditions where narrow.contains(condition.index) {
          let place = WidthSearch.Place(
            number: number, architecture: architecture.auditToken, argument: Int(condition.index))
          if !places.contains(place) { places.append(place) }
        }
      }
    }
    return places
  }
}

extension SyscallTable {
  /// The table of what a filter is shown, and its ABI.
  fileprivate static func of(_ data: SeccompData) -> (table: SyscallTable, abi: String)? {
    switch data.architecture {
    case AuditToken.i386: (.i386, "i386")
    case AuditToken.x86_64: data.number & x32SyscallBit == 0 ? (.x86_64, "x86_64") : (.x32, "x32")
    default: nil
    }
  }
}
