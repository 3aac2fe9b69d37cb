import Profiles
import SeccompModel
import Testing

@testable import Campaign

@Suite struct FindingsFingerprintTests {
  typealias S = Samples

  @Test(
    "the known families of wrong filters get these signatures",
    arguments: [
      (
        Samples.missed,
        "policy-filter/missed/2 rules/[ordered a, ordered b][ordered a]/high words same/64-bit"
      ),
      (Samples.extra, "policy-filter/extra/2 rules/[equal a, ordered b][ordered b]/high words same/64-bit"),
      (
        Samples.case_(
          [[S.lt(0, 5), S.lt(2, 5)], [S.lt(0, 39)]], Arguments(0, 0, 39), policy: .errno(42), filter: .allow),
        "policy-filter/missed/2 rules/[ordered a, ordered b][ordered a]/high words same/64-bit"
      ),
      (
        Samples.case_([[S.le(0, 2)], [S.lt(0, 1 << 32)]], Arguments(3), policy: .errno(42), filter: .allow),
        "policy-filter/missed/2 rules/[ordered a][ordered a]/high words differ/64-bit"
      ),
      (
        Samples.case_(
          [[S.ne(0, 5), S.eq(1, 0)], [S.ne(0, 1)]], Arguments(1, 7), policy: .allow, filter: .errno(42)),
        "policy-filter/extra/2 rules/[equal a, unequal b][unequal b]/high words same/64-bit"
      ),
      (
        Samples.hang,
        "compiler-hang/seccomp_rule_add/2 rules/[equal a, ordered b][ordered a, ordered b]/high words same/64-bit"
      ),
    ])
  func knownFamilies(savedCase: SavedCase, signature: String) {
    #expect(savedCase.fingerprint.signature == signature)
  }

  @Test("the id is the kind and 12 hex digits, and stays the same from run to run")
  func identifier() throws {
    let id = Samples.missed.fingerprint.id
    #expect(id.wholeMatch(of: /policy-filter-[0-9a-f]{12}/) != nil)
    #expect(id == Fingerprint(kind: .policyFilter, signature: Samples.missed.fingerprint.signature).id)
    // The 64-bit FNV-1a of "a" is af63dc4c8601ec8c.
    #expect(Fingerprint(kind: .kernelInstall, signature: "a").id == "kernel-install-dc4c860143ef")
  }

  @Test("renaming leaves the fingerprint alone")
  func renaming() {
    let base = Samples.missed.fingerprint
    for (from, to) in [(0, 1), (0, 5), (2, 3), (2, 0)] as [(UInt32, UInt32)] {
      var changed = Samples.missed
      changed.profiles[0].entries = changed.profiles[0].entries.map { entry in
        var entry = entry
        entry.conditions = entry.conditions.map {
          var condition = $0
          if condition.index == from {
            condition.index = to
          } else if condition.index == to {
            condition.index = from
          }
          return condition
        }
        return entry
      }
      #expect(changed.fingerprint == base, "argument \(from) <-> \(to)")
    }
    var other = Samples.missed
    other.profiles[0].entries.reverse()
    other.profiles[0].entries[0].conditions.reverse()
    for index in other.profiles[0].entries.indices {
      other.profiles[0].entries[index].names = ["read"]
      other.profiles[0].entries[index].action = .errno(7)
      other.profiles[0].entries[index].conditions = other.profiles[0].entries[index].conditions.map {
        var condition = $0
        condition.value += 100
        return condition
      }
    }
    other.witness = Call(.syscall, rax: 0, arguments: Arguments(1, 2, 3))
    other.answers.policy = [Action.errno(7).verdict]
    #expect(other.fingerprint == base)
  }

  @Test("what a cause depends on changes the fingerprint")
  func distinctions() {
    let base = Samples.missed
    var cases = [base, Samples.extra, Samples.hang, Samples.control]
    func add(_ change: (inout SavedCase) -> Void) {
      var changed = base
      change(&changed)
      cases.append(changed)
    }
    add {
      $0.kind = .libraryLibrary; $0.answers.otherFilter = Action.errno(42).verdict
    }
    add { $0.profiles[0].entries[1].conditions[0].value = 1 << 40 }
    add { $0.profiles[0].entries[1].conditions[0].index = 4 }
    add { $0.profiles[0].entries[1].conditions[0].comparison = .notEqual }
    add { $0.profiles[0].entries[1].conditions[0].comparison = .equal }
    add { $0.profiles[0].entries.append($0.profiles[0].entries[0]) }
    add { $0.profiles[0].entries[1].action = .killProcess }
    add { $0.witness = Call(.int80, rax: 359, arguments: Arguments(0, 0, 5)) }
    add { $0.witness = Call(.syscall, rax: 0x4000_0029, arguments: Arguments(0, 0, 5)) }
    add { $0.answers.filter = Action.errno(9).verdict }
    add { $0.answers.policy.append(Action.killProcess.verdict) }
    #expect(Set(cases.map(\.fingerprint.id)).count == cases.count)
  }

  @Test("a kernel finding is named by what was expected and what came, not by the profile's rules")
  func kernelFamilies() {
    var first = Samples.missed
    first.kind = .filterKernel
    first.answers.predicted = .returned(-42)
    first.answers.kernel = .died(signal: 31)
    #expect(
      first.fingerprint.signature
        == "filter-kernel/errno expected, death by signal 31 seen/one filter/64-bit")
    var second = first
    second.profiles = [Samples.profile([[Samples.eq(0, 1)]])]
    #expect(second.fingerprint == first.fingerprint)
    second.answers.kernel = .hung
    #expect(second.fingerprint != first.fingerprint)
  }
}
