import SeccompModel

/// What docs/claims.md says of each claim that no runtime is needed for, beside what it prints: the answers of the
/// filter that libseccomp makes of Corpus/claims/<profile>.json, or why there is none.
struct Claim: Sendable {
  var name: String
  var profile: String
  /// A part of the one line that refuses the profile.
  var refusal: String?
  var answers: [Asked]

  init(_ name: String, of profile: String? = nil, refusal: String? = nil, _ answers: Asked...) {
    self.name = name
    self.profile = profile ?? name
    self.refusal = refusal
    self.answers = answers
  }

  private static let execute: UInt64 = 0x4
  private static let newUser: UInt64 = 0x1000_0000

  static let all: [Claim] = [
    // The allow-list for agents.
    Claim(
      "default-allow", Asked("reboot", gives: .errno(99)), Asked("reboot", by: .i386, gives: .errno(99)),
      Asked("mount", gives: .allow)),
    Claim(
      "blocked-group", Asked("chroot", gives: .allow), Asked("pivot_root", gives: .allow),
      Asked("process_vm_readv", gives: .allow), Asked("reboot", gives: .errno(1)),
      Asked("mount", gives: .errno(1))),
    Claim(
      "one-architecture", Asked("getpid", by: .i386, gives: .killThread),
      Asked("mkdir", by: .i386, gives: .killThread),
      Asked("mkdir", gives: .errno(99))),
    Claim(
      "kill-crashes-probing", Asked("clone3", gives: .killProcess), Asked("rseq", gives: .killProcess),
      Asked("read", gives: .allow)),
    Claim(
      "mount-blocked", Asked("mount", gives: .errno(1)), Asked("fsmount", gives: .allow),
      Asked("move_mount", gives: .allow)),
    Claim(
      "kexec-blocked", Asked("kexec_load", gives: .errno(1)), Asked("kexec_file_load", gives: .allow)),
    Claim(
      "process-vm-blocked", Asked("ptrace", gives: .errno(1)), Asked("process_vm_readv", gives: .allow)),
    Claim(
      "shell-in-22-calls", Asked("rt_sigaction", gives: .errno(1)), Asked("arch_prctl", gives: .errno(1)),
      Asked("clone3", gives: .errno(1)), Asked("execve", gives: .allow)),
    Claim("umount-listed", Asked("umount2", gives: .allow)),
    // The notes on a runtime's configuration.
    Claim("actions-not-listed", Asked("mkdir", gives: .killThread), Asked("mkdirat", gives: .allow)),
    // The blog post.
    Claim(
      "write-xor-execute", Asked("mmap", 0, 4096, 0, gives: .errno(1)),
      Asked("mmap", 0, 4096, execute, gives: .errno(1)), Asked("read", gives: .allow)),
    Claim("allow-is-default", refusal: "$.defaultAction: expected an action"),
    Claim("kill-process-ends-all", of: "kill-process", Asked("mkdir", gives: .killProcess)),
    Claim("errno-without-entering", Asked("mkdir", gives: .errno(99))),
    Claim("trap-is-a-signal", Asked("mkdir", gives: .trap(0))),
    // The article.
    Claim("log-lets-through", Asked("mkdir", gives: .log)),
    Claim(
      "three-calls", Asked("read", gives: .allow), Asked("exit", gives: .allow),
      Asked("exit_group", gives: .errno(1)),
      Asked("getpid", by: .i386, gives: .killThread)),
    Claim("kill-thread", Asked("mkdir", gives: .killThread)),
    // The tutorial.
    Claim("first-rule-wins", Asked("mkdir", gives: .errno(11))),
    Claim("first-rule-is-default", Asked("mkdir", gives: .errno(22))),
    Claim(
      "first-rule-has-condition", Asked("ioctl", 0, 0x5401, gives: .errno(22)),
      Asked("ioctl", gives: .errno(22))),
    Claim(
      "later-equality-wins", Asked("ioctl", 0, 0x5401, gives: .errno(22)),
      Asked("ioctl", 0, 0x5402, gives: .errno(11)),
      Asked("ioctl", 0, 0x5300, gives: .allow)),
    Claim("misspelled-name", Asked("reboot", gives: .allow)),
    Claim("short-action", refusal: "$.syscalls[0].action: expected an action"),
    Claim("errno-with-trace", Asked("mkdir", gives: .trace(5))),
    Claim(
      "both-architectures", Asked("mkdir", by: .i386, gives: .errno(99)),
      Asked("getpid", by: .i386, gives: .allow)),
    Claim(
      "x32-as-well", Asked("mkdir", by: .x32, gives: .errno(99)), Asked("getpid", by: .x32, gives: .allow)),
    Claim("profile-at-the-root", refusal: "$.linux.seccomp"),
    Claim(
      "clone-flags", Asked("clone", 17, gives: .errno(1)), Asked("clone", newUser, gives: .allow),
      Asked("clone3", gives: .allow)),
  ]
}
