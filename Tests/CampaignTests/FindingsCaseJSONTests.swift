import ClassicBPF
import Foundation
import Profiles
import SeccompModel
import Testing

@testable import Campaign

@Suite struct FindingsCaseJSONTests {
  /// Every field away from its default.
  static let full: SavedCase = {
    var full = Samples.missed
    full.profiles[0].architectures = [.x86_64, .x86]
    full.profiles[0].flags = ["SECCOMP_FILTER_FLAG_LOG"]
    full.profiles[0].listenerPath = "/run/listener"
    full.profiles[0].listenerMetadata = "m"
    full.profiles[0].entries.append(
      Profile.Entry(
        names: ["read", "write"], action: .trace(65535),
        conditions: [Samples.masked(5, .max, .max), Samples.ne(9, 1 << 63)]))
    full.attributes = .init(
      badArchitectureAction: .trap(7), optimizeLevel: 2, libraryPath: "/a", otherLibraryPath: "/b")
    full.witness = Call(.int80, rax: .max, arguments: Arguments(.max, 1 << 63, 3, 4, 5, 0x1_0000_0000))
    full.answers = .init(
      policy: [Action.killProcess.verdict, Action.errno(4095).verdict], filter: Action.log.verdict,
      otherFilter: Verdict(rawValue: 0x1234_5678),
      predicted: .trapped(
        TrapDetails(errno: 65535, number: -1, architecture: 0x4000_0003, callAddress: .max, rax: .max)),
      kernel: .returned(.min))
    full.stage = .init(function: "seccomp_rule_add", rule: 3, returned: -17, signal: 11)
    full.filters = [Filter([Instruction(code: 0x15, jumpTrue: 255, jumpFalse: 1, k: .max)])]
    full.versions.otherLibseccomp = "2.6.1"
    return full
  }()

  @Test("every field survives writing and reading, to the last bit")
  func roundTrip() throws {
    #expect(try SavedCase(json: Self.full.json()) == Self.full)
    let bare = SavedCase(kind: .compilerHang, profiles: [], versions: Samples.versions)
    #expect(try SavedCase(json: bare.json()) == bare)
  }

  @Test(
    "every outcome and every action survives",
    arguments: [Outcome.returned(-1), .died(signal: 31), .traced(message: .max), .hung, .lost])
  func outcomes(outcome: Outcome) throws {
    var saved = Samples.missed
    saved.answers.kernel = outcome
    let actions: [Action] = [
      .killThread, .killProcess, .trap(0), .errno(0), .errno(1), .notify, .trace(0), .log, .allow,
    ]
    saved.profiles = actions.map { Samples.profile([[]], action: $0, default: $0) }
    #expect(try SavedCase(json: saved.json()) == saved)
  }

  @Test("64-bit words stand as hex text, profile values as the numbers that the specification wants")
  func words() throws {
    let text = String(decoding: try Self.full.json(), as: UTF8.self)
    #expect(text.contains(#""rax" : "0xffffffffffffffff""#))
    #expect(text.contains(#""value" : 18446744073709551615"#))
    #expect(text.contains(#""0015 ff 01 ffffffff""#))
  }

  @Test(
    "a damaged file is refused with what stood there",
    arguments: [
      (#""format" : 1"#, #""format" : 2"#, "format 2"),
      (#""kind" : "policy-filter""#, #""kind" : "x""#, "x"),
      (#""entry" : "int80""#, #""entry" : "int81""#, "int81"),
      (#""0015 ff 01 ffffffff""#, #""0015 ff 01""#, "0015 ff 01"),
      (#""SCMP_CMP_LE""#, #""SCMP_CMP_XX""#, "SCMP_CMP_XX"),
      (#""SCMP_ARCH_X86_64""#, #""SCMP_ARCH_Z""#, "SCMP_ARCH_Z"),
      (#""SCMP_ACT_ALLOW""#, #""SCMP_ACT_PASS""#, "SCMP_ACT_PASS"),
      (#""rax" : "0xffffffffffffffff""#, #""rax" : "0x1ffffffffffffffff""#, "0x1ffffffffffffffff"),
      (#""versions""#, #""version""#, "versions"),
    ])
  func damage(old: String, new: String, told: String) throws {
    let text = String(decoding: try Self.full.json(), as: UTF8.self)
    #expect(text.contains(old))
    let error = #expect(throws: DecodingError.self) {
      _ = try SavedCase(json: Data(text.replacing(old, with: new).utf8))
    }
    #expect(String(describing: try #require(error)).contains(told))
  }
}
