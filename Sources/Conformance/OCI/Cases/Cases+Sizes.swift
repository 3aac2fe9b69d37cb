import SeccompModel

extension OCICase {
  /// Long profiles.
  static let sizes: [OCICase] = [
    OCICase(
      "every-name", "a profile that names every call but those a runtime needs", [.applied],
      SeccompText.allowing(SeccompText.entry(dispensableNames, errno: "99")),
      .verdicts(
        SuiteCall.native("mkdir").gets(.errno(99)), SuiteCall.native("swapoff").gets(.errno(99)),
        SuiteCall.native("process_vm_readv").gets(.errno(99)), SuiteCall.native("read").gets(.allow))),
    OCICase(
      "thousand-names", "a list of a thousand names, most of them many times", [.applied],
      SeccompText.allowing(
        SeccompText.entry(
          (0..<1000).map { dispensableNames[$0 % dispensableNames.count] }, errno: "99")),
      .verdicts(SuiteCall.native("mkdir").gets(.errno(99)), SuiteCall.native("read").gets(.allow))),
    OCICase(
      "thousand-entries", "a thousand entries", [.applied],
      .json(
        SeccompText.object(
          "SCMP_ACT_ALLOW",
          entries: (0..<1000).map {
            SeccompText.entry([dispensableNames[$0 % dispensableNames.count]], errno: "99")
          })),
      .verdicts(SuiteCall.native("mkdir").gets(.errno(99)), SuiteCall.native("read").gets(.allow))),
    OCICase(
      "three-hundred-values", "three hundred values of one argument", [.applied, .union], values(300),
      .verdicts(
        SuiteCall.native("process_vm_readv", 0).gets(.errno(99)),
        SuiteCall.native("process_vm_readv", 299).gets(.errno(99)),
        SuiteCall.native("process_vm_readv", 150).gets(.errno(99)),
        SuiteCall.native("process_vm_readv", 300).gets(.allow),
        SuiteCall.native("process_vm_readv", 1 << 32).gets(.allow))),
    OCICase(
      "five-thousand-values",
      "more values of one argument than a filter has room for are all applied, or the profile refused",
      [.cannotApply], values(5000),
      .verdictsOrRefusal(
        SuiteCall.native("process_vm_readv", 0).gets(.errno(99)),
        SuiteCall.native("process_vm_readv", 2500).gets(.errno(99)),
        SuiteCall.native("process_vm_readv", 4999).gets(.errno(99)),
        SuiteCall.native("process_vm_readv", 5000).gets(.allow))),
    OCICase(
      "containers-default", "the default profile of Podman and Buildah, for a container without capabilities",
      [.applied], .containersProfile(path: "/usr/share/containers/seccomp.json"),
      .verdictsOrRefusal(
        SuiteCall.native("read").gets(.allow), SuiteCall.native("mkdir").gets(.allow),
        SuiteCall.native("acct").gets(.errno(1)), SuiteCall.native("swapon").gets(.errno(1)))),
  ]

  /// Every x86_64 name up to Linux 5.10 that no runtime needs: younger ones are unknown to older libraries.
  private static let dispensableNames: [String] = {
    let needed = Set(SeccompText.startNames)
    return SyscallTable.x86_64.entries.filter { $0.number <= 440 && !needed.contains($0.name) }.map(\.name)
  }()

  private static func values(_ count: UInt64) -> Text {
    .json(SeccompText.object("SCMP_ACT_ALLOW", entries: (0..<count).map { readv(.init(0, "EQ", $0)) }))
  }
}
