import Profiles
import SeccompModel
import Testing

/// SplitMix64: a fixed sequence for each seed.
private struct Draw {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    return value ^ (value >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  mutating func one<Element>(of list: [Element]) -> Element { list[below(list.count)] }

  mutating func value() -> UInt64 {
    one(of: [0, 1, UInt64.max, 1 << 63, 0xffff_ffff, 1 << 32, next(), next() >> 40])
  }

  mutating func action() -> Action {
    let data = UInt16(truncatingIfNeeded: one(of: [0, 1, 4095, 4096, 65535, next()]))
    return one(of: [
      .killThread, .killProcess, .trap(0), .errno(data), .notify, .trace(data), .log, .allow,
    ])
  }

  mutating func name() -> String {
    one(of: [
      "read", "clone3", "no_such_call", "Ünïcode\u{202e}", "quote\"back\\slash\n\t\u{7f}", "😀", "e\u{301}",
    ])
  }

  mutating func profile() -> Profile {
    let flags = ["SECCOMP_FILTER_FLAG_TSYNC", "SECCOMP_FILTER_FLAG_LOG", "SECCOMP_FILTER_FLAG_SPEC_ALLOW"]
    let path: String? = below(2) == 0 ? nil : name()
    return Profile(
      defaultAction: action(),
      architectures: (0..<below(4)).map { _ in one(of: Architecture.allCases) },
      flags: below(2) == 0 ? nil : (0..<below(3)).map { _ in one(of: flags) },
      listenerPath: path, listenerMetadata: path == nil || below(2) == 0 ? nil : name(),
      entries: (0..<below(5)).map { _ in
        Profile.Entry(
          names: (0...below(3)).map { _ in name() }, action: action(),
          conditions: (0..<below(4)).map { _ in
            Condition(
              index: one(of: [0, 5, 6, UInt32.max]), one(of: Condition.Comparison.allCases), value: value(),
              valueTwo: value())
          })
      })
  }
}

@Suite("Writing OCI profiles")
struct WriterTests {
  @Test("whatever is written reads back equal, and writing that again gives the same text")
  func roundTrip() throws {
    for seed in 0..<3000 as Range<UInt64> {
      var draw = Draw(state: seed)
      let profile = draw.profile()
      let text = try OCIWriter.text(of: profile)
      let document = try ProfileReader.read(text: text, source: "seed \(seed)")
      #expect(document.profile == profile, "seed \(seed)")
      #expect(document.form == .oci)
      #expect(try OCIWriter.text(of: document.profile) == text)
    }
  }

  @Test("the text is canonical: fields in the specification's order, two spaces, nothing that says nothing")
  func canonical() throws {
    let profile = Profile(
      defaultAction: .errno(38), architectures: [.x86_64],
      entries: [
        .init(
          names: ["a", "b"], action: .killThread,
          conditions: [Condition(index: 1, .maskedEqual, value: .max, valueTwo: 2)])
      ])
    #expect(
      try OCIWriter.text(of: profile) == """
        {
          "defaultAction": "SCMP_ACT_ERRNO",
          "defaultErrnoRet": 38,
          "architectures": ["SCMP_ARCH_X86_64"],
          "syscalls": [
            {
              "names": [
                "a",
                "b"
              ],
              "action": "SCMP_ACT_KILL_THREAD",
              "args": [
                {
                  "index": 1,
                  "value": 18446744073709551615,
                  "valueTwo": 2,
                  "op": "SCMP_CMP_MASKED_EQ"
                }
              ]
            }
          ]
        }

        """)
  }

  @Test(
    "what the form has no words for is refused, not changed",
    arguments: [Action.trap(1), .unknown(0x1234_5678)])
  func inexpressible(action: Action) {
    #expect(throws: OCIWriter.Inexpressible.action(action)) {
      try OCIWriter.text(of: Profile(defaultAction: action))
    }
    #expect(throws: OCIWriter.Inexpressible.action(action)) {
      try OCIWriter.text(
        of: Profile(defaultAction: .allow, entries: [.init(names: ["read"], action: action)]))
    }
  }
}
