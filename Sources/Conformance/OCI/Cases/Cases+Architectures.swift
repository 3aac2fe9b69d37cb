import SeccompModel

extension OCICase {
  /// `architectures`: which ways into the kernel a profile speaks of. The table is for x86_64 machines.
  static let architectures: [OCICase] = listed + notListed + wrongArchitectures

  private static let listed: [OCICase] = [
    OCICase(
      "arch-native", "the native architecture listed", [.architectures, .applied],
      denyingMkdir(on: ["SCMP_ARCH_X86_64"]),
      .verdictsOrRefusal(SuiteCall.native("mkdir").gets(.errno(99)), SuiteCall.native("rmdir").gets(.allow))),
    OCICase(
      "arch-x86", "with X86 listed an entry means the i386 call of that name, too",
      [.architectures, .applied],
      denyingMkdir(on: ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86"]),
      .verdictsOrRefusal(
        SuiteCall.native("mkdir").gets(.errno(99)), SuiteCall.i386("mkdir").gets(.errno(99)),
        SuiteCall.i386("rmdir").gets(.allow),
        // The x86_64 number of mkdir is i386's symlink.
        SuiteCall.i386("symlink").gets(.allow))),
    OCICase(
      "arch-x32", "with X32 listed an entry means the x32 call of that name, too",
      [.architectures, .applied],
      denyingMkdir(on: ["SCMP_ARCH_X86_64", "SCMP_ARCH_X32"]),
      .verdictsOrRefusal(
        SuiteCall.native("mkdir").gets(.errno(99)), SuiteCall.x32("mkdir").gets(.errno(99)),
        SuiteCall.x32("rmdir").gets(.allow))),
    OCICase(
      "arch-three", "all three of an x86 machine listed", [.architectures, .applied],
      denyingMkdir(on: ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"]),
      .verdictsOrRefusal(
        SuiteCall.native("mkdir").gets(.errno(99)), SuiteCall.i386("mkdir").gets(.errno(99)),
        SuiteCall.x32("mkdir").gets(.errno(99)), SuiteCall.native("rmdir").gets(.allow),
        SuiteCall.i386("rmdir").gets(.allow), SuiteCall.x32("rmdir").gets(.allow))),
    OCICase(
      "arch-default-denies", "a denying default applies to every listed architecture",
      [.architectures, .applied],
      SeccompText.denying(errno: "99", rest: #", "architectures": ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86"]"#),
      .verdictsOrRefusal(
        SuiteCall.native("mkdir").gets(.errno(99)), SuiteCall.i386("mkdir").gets(.errno(99)),
        SuiteCall.i386("read").gets(.allow))),
    OCICase(
      "arch-example", "the specification's own example", [OCICitation("config-linux.md", "Seccomp, Example")],
      .json(
        #"""
        {"defaultAction": "SCMP_ACT_ALLOW", "architectures": ["SCMP_ARCH_X86", "SCMP_ARCH_X32"],
         "syscalls": [{"names": ["getcwd", "chmod"], "action": "SCMP_ACT_ERRNO"}]}
        """#),
      .verdictsOrRefusal(
        SuiteCall.i386("getcwd").gets(.errno(1)), SuiteCall.i386("chmod").gets(.errno(1)),
        SuiteCall.x32("getcwd").gets(.errno(1)), SuiteCall.x32("chmod").gets(.errno(1)),
        SuiteCall.i386("fchmod").gets(.allow), SuiteCall.x32("fchmod").gets(.allow))),
    OCICase(
      "arch-i386-name", "a name that only i386 has applies there", [.architectures, .applied],
      SeccompText.allowing(
        SeccompText.entry(["waitpid"], errno: "99"),
        rest: #", "architectures": ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86"]"#),
      .verdictsOrRefusal(
        SuiteCall.i386("waitpid").gets(.errno(99)), SuiteCall.native("wait4").gets(.allow),
        // i386's number of waitpid is x86_64's poll.
        SuiteCall.native("poll").gets(.allow))),
    OCICase(
      "arch-x86-arguments", "conditions hold for arguments of i386 calls", [.architectures, .applied],
      SeccompText.allowing(
        readv(.init(1, "EQ", 5)), rest: #", "architectures": ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86"]"#),
      .verdictsOrRefusal(
        SuiteCall.i386("process_vm_readv", 0, 5).gets(.errno(99)),
        SuiteCall.i386("process_vm_readv", 5, 0).gets(.allow),
        SuiteCall.native("process_vm_readv", 0, 5).gets(.errno(99)))),
    OCICase(
      "arch-x86-high-half", "of i386 calls, whose arguments have 32 bits, the high halves make no difference",
      level: .common, [.runcAndCrun],
      SeccompText.allowing(
        readv(.init(0, "EQ", 5)), rest: #", "architectures": ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86"]"#),
      .verdicts(
        SuiteCall.i386("process_vm_readv", 5).gets(.errno(99)),
        SuiteCall.i386("process_vm_readv", 1 << 32 | 5).gets(.errno(99)),
        SuiteCall.native("process_vm_readv", 1 << 32 | 5).gets(.allow))),
    OCICase(
      "arch-x86-socketcall", "an entry for socket means i386's socketcall with the number of socket, too",
      level: .common, [.multiplexed, .runcAndCrun],
      SeccompText.allowing(
        SeccompText.entry(["socket"], errno: "99"),
        rest: #", "architectures": ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86"]"#),
      .verdicts(
        SuiteCall.native("socket").gets(.errno(99)), SuiteCall.i386("socket").gets(.errno(99)),
        SuiteCall.i386("socketcall", 1).gets(.errno(99)), SuiteCall.i386("socketcall", 2).gets(.allow))),
    OCICase(
      "arch-foreign", "an architecture of other machines listed makes no difference here",
      [.architectures, .applied],
      denyingMkdir(on: ["SCMP_ARCH_X86_64", "SCMP_ARCH_AARCH64"]),
      .verdictsOrRefusal(SuiteCall.native("mkdir").gets(.errno(99)), SuiteCall.native("rmdir").gets(.allow))),
    OCICase(
      "arch-repeated", "an architecture that stands twice is as good as once", level: .common, [.runcAndCrun],
      denyingMkdir(on: ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X86"]),
      .verdicts(SuiteCall.native("mkdir").gets(.errno(99)), SuiteCall.i386("mkdir").gets(.errno(99)))),
  ]

  private static let notListed: [OCICase] = [
    OCICase(
      "arch-absent", "without architectures the entries mean native calls", level: .common, [.runcAndCrun],
      SeccompText.allowing(SeccompText.entry(["mkdir"], errno: "99")),
      .verdicts(
        SuiteCall.native("mkdir").gets(.errno(99)), SuiteCall.i386("mkdir").gets(.killThread),
        SuiteCall.i386("getpid").gets(.killThread))),
    OCICase(
      "arch-empty", "an empty list of architectures is as good as none", level: .common, [.runcAndCrun],
      denyingMkdir(on: []),
      .verdicts(SuiteCall.native("mkdir").gets(.errno(99)), SuiteCall.i386("mkdir").gets(.killThread))),
    OCICase(
      "arch-x86-not-listed", "a call of i386, not listed, kills", level: .common,
      [.badArchitecture, .runcAndCrun],
      denyingMkdir(on: ["SCMP_ARCH_X86_64"]),
      .verdicts(
        SuiteCall.i386("mkdir").gets(.killThread), SuiteCall.i386("getpid").gets(.killThread),
        SuiteCall.native("mkdir").gets(.errno(99)))),
    OCICase(
      "arch-x32-not-listed", "a call of x32, not listed, kills", level: .common,
      [.badArchitecture, .runcAndCrun],
      denyingMkdir(on: ["SCMP_ARCH_X86_64"]),
      .verdicts(
        SuiteCall.x32("mkdir").gets(.killThread), SuiteCall.x32("getpid").gets(.killThread),
        SuiteCall.native("mkdir").gets(.errno(99)))),
    OCICase(
      "arch-native-not-listed", "the native architecture is bound although others alone are listed",
      level: .common,
      [.runcAndCrun], denyingMkdir(on: ["SCMP_ARCH_X86"]),
      .verdicts(
        SuiteCall.native("mkdir").gets(.errno(99)), SuiteCall.i386("mkdir").gets(.errno(99)),
        SuiteCall.native("rmdir").gets(.allow))),
  ]

  private static let wrongArchitectures: [OCICase] = [
    wrongArchitecture("unknown", #"["SCMP_ARCH_FOO"]"#, "an architecture that does not exist is refused"),
    wrongArchitecture("lower-case", #"["scmp_arch_x86"]"#, "an architecture in lower case is refused"),
    wrongArchitecture("without-prefix", #"["X86"]"#, "an architecture without its prefix is refused"),
    wrongArchitecture("go-name", #"["amd64"]"#, "Go's name of an architecture is refused"),
    wrongArchitecture("empty-string", #"[""]"#, "an empty architecture is refused"),
    wrongArchitecture("number", "[3221225534]", "a number among architectures is refused"),
    wrongArchitecture("string", #""SCMP_ARCH_X86_64""#, "a string for architectures is refused"),
  ]

  private static func denyingMkdir(on architectures: [String]) -> Text {
    SeccompText.allowing(
      SeccompText.entry(["mkdir"], errno: "99"),
      rest: #", "architectures": \#(SeccompText.list(architectures))"#)
  }

  private static func wrongArchitecture(_ name: String, _ value: String, _ claim: String) -> OCICase {
    OCICase(
      "arch-\(name)", claim, [.validValues, .architectures],
      SeccompText.allowing(SeccompText.entry(["mkdir"]), rest: #", "architectures": \#(value)"#), .refuse)
  }
}
