import Profiles
import SeccompModel
import Testing

@Suite("The stub that answers ENOSYS")
struct DialectStubTests {
  @Test("it passes over numbers with the x32 bit on x86_64, and over no number on i386")
  func verdicts() {
    let stub = UnknownCallStub(x86_64: 83, i386: 39)
    let enosys = Action.errno(38).verdict
    let cases: [(UInt32, UInt32, Verdict?)] = [
      (AuditToken.x86_64, 83, nil), (AuditToken.x86_64, 84, enosys), (AuditToken.x86_64, 231, enosys),
      (AuditToken.x86_64, 0x4000_0054, nil), (AuditToken.x86_64, 0xffff_ffff, nil),
      (AuditToken.x86_64, 0x8000_0000, enosys), (AuditToken.i386, 39, nil), (AuditToken.i386, 40, enosys),
      (AuditToken.i386, 0xffff_ffff, enosys), (0xc000_00b7, 500, nil),
    ]
    for (architecture, number, verdict) in cases {
      #expect(
        stub.verdict(for: SeccompData(number: number, architecture: architecture)) == verdict, "\(number)")
    }
  }

  @Test("with x32 alone numbers of x86_64 are left to the filter, and -1 is not")
  func x32() {
    let enosys = Action.errno(38).verdict
    let stub = UnknownCallStub(x32: 83)
    let cases: [(UInt32, Verdict?)] = [
      (0x4000_0053, nil), (0x4000_0054, enosys), (84, nil), (0x8000_0000, nil), (0xffff_ffff, enosys),
    ]
    for (number, verdict) in cases {
      #expect(
        stub.verdict(for: SeccompData(number: number, architecture: AuditToken.x86_64)) == verdict,
        "\(number)")
    }
  }
}
