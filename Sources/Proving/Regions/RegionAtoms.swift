import ClassicBPF
import Prediction
import SeccompModel

/// The tests in which regions of two sides are told.
struct RegionAtoms {
  private let policies: [PolicyForm]
  private let ofFilters: [Atom]

  init(_ sides: [PreparedSide]) {
    var policies: [PolicyForm] = []
    var ofFilters: [Atom] = []
    for side in sides {
      switch side {
      case .policy(let form, _): policies.append(form)
      case .filters(let filters): ofFilters += filters.flatMap(Atom.atoms)
      }
    }
    self.policies = policies
    let halves = Atom.unique(ofFilters)
    self.ofFilters = Atom.unique(Atom.wholes(of: halves) + halves)
  }

  /// Those that can matter for calls of a number: the rules' own first.
  func of(_ number: UInt32, _ architecture: UInt32) -> [Atom] {
    var atoms: [Atom] = []
    for policy in policies {
      let space: PolicyForm.Space
      let own: UInt32
      switch (architecture, number & x32SyscallBit) {
      case (AuditToken.x86_64, 0): (space, own) = (policy.x86_64, number)
      case (AuditToken.x86_64, _): (space, own) = (policy.x32, number ^ x32SyscallBit)
      case (AuditToken.i386, _): (space, own) = (policy.i386, number)
      default: continue
      }
      guard let rules = space.rules(at: own) else { continue }
      atoms += Atom.atoms(of: rules, space.width)
    }
    return Atom.unique(atoms + ofFilters)
  }
}
