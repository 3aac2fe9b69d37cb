import Proving
import SeccompModel

/// The calls of regions in words: names where there are some, ranges where a range is meant, joined over the ABIs.
struct RegionCalls {
  /// The ABIs of each name or range, in the order in which both turned up.
  private var abis: [(name: String, abis: [String])] = []

  /// ABIs of which the regions are all that is told nowhere else.
  private let rest: Set<String>

  /// - Parameter rest: ABIs whose calls are all told somewhere, these regions' as what is left.
  init(_ regions: [RegionDifference], rest: Set<String> = []) {
    self.rest = rest
    for region in regions { add(region.numbers, region.architecture) }
  }

  /// The ABIs whose last numbers are among the regions', together with others.
  static func ends(of regions: [RegionDifference]) -> Set<String> {
    var names: Set<String> = []
    for region in regions {
      for space in CallSpace.all(region.architecture)
      where space.table != nil && region.numbers.contains(space.numbers.upperBound)
        && region.numbers.lowerBound > space.numbers.lowerBound
      {
        names.insert(space.name)
      }
    }
    return names
  }

  /// The same names once, for all the ABIs that have them.
  var calls: [ProofReport.Calls] {
    var groups: [ProofReport.Calls] = []
    for (name, abis) in abis {
      if let index = groups.firstIndex(where: { $0.abis == abis }) {
        groups[index].names.append(name)
      } else {
        groups.append(ProofReport.Calls(names: [name], abis: abis))
      }
    }
    return groups
  }

  private mutating func add(_ numbers: ClosedRange<UInt32>, _ architecture: UInt32?) {
    for space in CallSpace.all(architecture) {
      guard space.numbers.overlaps(numbers) else { continue }
      if rest.contains(space.name) {
        add("every other call", space.name)
        continue
      }
      for name in space.names(of: numbers.clamped(to: space.numbers)) { add(name, space.name) }
    }
  }

  private mutating func add(_ name: String, _ abi: String) {
    guard let index = abis.firstIndex(where: { $0.name == name }) else {
      abis.append((name, [abi]))
      return
    }
    if !abis[index].abis.contains(abi) { abis[index].abis.append(abi) }
  }
}

/// The numbers of one ABI.
private struct CallSpace {
  var name: String
  var numbers: ClosedRange<UInt32>
  var table: SyscallTable?

  /// Those that a token can mean; nil stands for all that nobody names.
  static func all(_ architecture: UInt32?) -> [CallSpace] {
    switch architecture {
    case AuditToken.x86_64:
      [
        CallSpace(name: "x86_64", numbers: 0...(x32SyscallBit - 1), table: .x86_64),
        CallSpace(name: "x32", numbers: x32SyscallBit...0x7fff_ffff, table: .x32),
        CallSpace(name: "x86_64 or x32", numbers: 0x8000_0000...(.max)),
      ]
    case AuditToken.i386: [CallSpace(name: "i386", numbers: 0...(.max), table: .i386)]
    case .some(let token):
      [
        CallSpace(
          name: Architecture.allCases.first { $0.auditToken == token }?.libseccompName
            ?? "architecture 0x\(String(token, radix: 16))", numbers: 0...(.max))
      ]
    case nil: [CallSpace(name: "every other architecture", numbers: 0...(.max))]
    }
  }

  /// The names of the range's calls; in numbers what has none, and what goes on to the end.
  func names(of range: ClosedRange<UInt32>) -> [String] {
    if range == numbers {
      return [numbers.lowerBound < 0x8000_0000 ? "every number" : "every number with bit 31"]
    }
    if range.upperBound == numbers.upperBound {
      return [
        range.lowerBound == range.upperBound ? words(range) : "number > \(text(range.lowerBound - 1))"
      ]
    }
    guard let table, let last = table.entries.last?.number else { return [words(range)] }
    var names: [String] = []
    // Beyond the table nothing has a name.
    let known = range.lowerBound...max(range.lowerBound, min(range.upperBound, last))
    var unnamed: ClosedRange<UInt32>?
    for number in known {
      if let name = table.name(of: number) {
        if let unnamed { names.append(words(unnamed)) }
        unnamed = nil
        names.append(name)
      } else {
        unnamed = (unnamed?.lowerBound ?? number)...number
      }
    }
    if range.upperBound > known.upperBound {
      unnamed = (unnamed?.lowerBound ?? known.upperBound + 1)...range.upperBound
    }
    if let unnamed { names.append(words(unnamed)) }
    return names
  }

  private func words(_ range: ClosedRange<UInt32>) -> String {
    range.count == 1
      ? "number \(text(range.lowerBound))"
      : "numbers \(text(range.lowerBound)) to \(text(range.upperBound))"
  }

  /// In the ABI's own counting; beyond the ABIs as the register has it.
  private func text(_ number: UInt32) -> String {
    number < 0x8000_0000 ? "\(number - numbers.lowerBound)" : hex(number)
  }
}
