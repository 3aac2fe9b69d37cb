import ClassicBPF
import Scripts
import SeccompModel

// How installing fails, and which error comes first (kernel/seccomp.c, `do_seccomp`, `seccomp_set_mode_filter`,
// `seccomp_prepare_user_filter`, `seccomp_prepare_filter`, `seccomp_attach_filter`).
extension Scenario {
  static let installation = group("installation", operations + programs + order + prctls + compat)

  private static let operations: [Scenario] = [
    Scenario("operation-unknown", "an operation that seccomp(2) does not know is refused: EINVAL") {
      $0.call(.named("seccomp", [4, 0, 0]), .fails(.invalid))
      $0.call(.named("seccomp", [.value(0xffff_ffff), 0, 0]), .fails(.invalid))
    },
    Scenario(
      "operation-upper-bits", "the upper 32 bits of operation and flags are ignored",
      covers: ["global.seccomp_syscall"]
    ) {
      $0.setNoNewPrivileges()
      let program = $0.filter(.on(Number.getpid, .errno(5)))
      $0.call(.named("seccomp", [.value(1 << 32 | 1), .value(1 << 32), .program(program)]))
      $0.call(.getpid, .returns(-5))
    },
    Scenario("install-by-seccomp", "seccomp(2) installs a filter", covers: ["global.mode_filter_support"]) {
      $0.setNoNewPrivileges()
      $0.install(.on(Number.getpid, .errno(5)))
      $0.call(.getpid, .returns(-5))
    },
    Scenario("install-by-prctl", "prctl(2) installs a filter", covers: ["global.mode_filter_support"]) {
      $0.setNoNewPrivileges()
      let program = $0.filter(.on(Number.getpid, .errno(5)))
      $0.call(.installByPrctl(program))
      $0.call(.getpid, .returns(-5))
    },
    Scenario("install-denied-by-filter", "a filter that denies seccomp(2) keeps further filters out") {
      $0.setNoNewPrivileges()
      $0.install(.on(Number.seccomp, .errno(1)))
      $0.install(.on(Number.getpid, .errno(5)), .returns(-1))
      let program = $0.filter(.on(Number.getpid, .errno(5)))
      $0.call(.installByPrctl(program))
      $0.call(.getpid, .returns(-5))
    },
    Scenario(
      "filter-then-strict", "filter mode cannot become strict mode: EINVAL",
      covers: ["global.mode_filter_cannot_move_to_strict", "global.seccomp_syscall_mode_lock"]
    ) {
      $0.setNoNewPrivileges()
      $0.install(.always(.allow))
      $0.call(.enterStrictMode, .fails(.invalid))
      $0.call(.named("prctl", [22, 1, 0, 0, 0]), .fails(.invalid))
      $0.call(.getpid, .positive)
    },
    Scenario(
      "strict-arguments", "SECCOMP_SET_MODE_STRICT takes neither flags nor an argument: EINVAL",
      covers: ["global.seccomp_syscall"]
    ) {
      let program = $0.filter(.always(.allow))
      $0.call(.named("seccomp", [0, 1, 0]), .fails(.invalid))
      $0.call(.named("seccomp", [0, .value(0xffff_ffff), 0]), .fails(.invalid))
      $0.call(.named("seccomp", [0, 0, .program(program)]), .fails(.invalid))
      $0.call(.getpid, .positive)
    },
    Scenario(
      "get-seccomp-mode", "PR_GET_SECCOMP says 0 without a filter and 2 with one",
      covers: ["global.mode_filter_get_seccomp"]
    ) {
      $0.call(.named("prctl", [21, 0, 0, 0, 0]), .returns(0))
      $0.setNoNewPrivileges()
      $0.install(.always(.allow))
      $0.call(.named("prctl", [21, 0, 0, 0, 0]), .returns(2))
    },
  ]

  /// `struct sock_fprog` of linux/filter.h.
  static func header(length: UInt16, pointer: UInt64) -> [UInt8] {
    Play.bytes(UInt64(length)) + Play.bytes(pointer)
  }

  private static let programs: [Scenario] = [
    Scenario("program-null", "a NULL program is EFAULT") {
      $0.setNoNewPrivileges()
      $0.call(.named("seccomp", [1, 0, 0]), .fails(.badAddress))
    },
    Scenario("program-unreadable", "a program that cannot be read is EFAULT") {
      $0.setNoNewPrivileges()
      $0.call(.named("seccomp", [1, 0, 0x1000]), .fails(.badAddress))
      $0.call(.named("seccomp", [1, 0, .value(.max)]), .fails(.badAddress))
    },
    Scenario("program-empty", "a program of no instruction is EINVAL, whatever its pointer") {
      $0.setNoNewPrivileges()
      let header = $0.memory(header(length: 0, pointer: 0x1000))
      $0.call(.named("seccomp", [1, 0, .scratch(header)]), .fails(.invalid))
    },
    Scenario("program-too-long", "a program of 4097 instructions is EINVAL before any is read") {
      $0.setNoNewPrivileges()
      let header = $0.memory(header(length: 4097, pointer: 0x1000))
      $0.call(.named("seccomp", [1, 0, .scratch(header)]), .fails(.invalid))
      let longest = $0.memory(Self.header(length: 65535, pointer: 0x1000))
      $0.call(.named("seccomp", [1, 0, .scratch(longest)]), .fails(.invalid))
    },
    Scenario("instructions-null", "a NULL pointer to the instructions is EINVAL") {
      $0.setNoNewPrivileges()
      let header = $0.memory(header(length: 1, pointer: 0))
      $0.call(.named("seccomp", [1, 0, .scratch(header)]), .fails(.invalid))
    },
    Scenario("instructions-unreadable", "instructions that cannot be read are EFAULT") {
      $0.setNoNewPrivileges()
      let header = $0.memory(header(length: 1, pointer: 0x1000))
      $0.call(.named("seccomp", [1, 0, .scratch(header)]), .fails(.badAddress))
    },
  ]

  // MARK: The order of the checks

  /// An unprivileged process without no_new_privs: EACCES stands between what is looked at before and after.
  private static func unprivileged(
    _ name: String, _ claim: String, covers: [String] = [], _ steps: @escaping (inout Play) -> Void
  ) -> Scenario {
    Scenario(name, claim, needs: [.privilege], covers: covers) { play in
      play.call(.named("setresuid", [65534, 65534, 65534]))
      steps(&play)
    }
  }

  private static let order: [Scenario] = [
    Scenario(
      "order-flags-before-program", "unknown flags are refused before the program is read: EINVAL, not EFAULT"
    ) {
      $0.setNoNewPrivileges()
      $0.call(.named("seccomp", [1, .value(1 << 20), 0x1000]), .fails(.invalid))
    },
    Scenario(
      "order-flag-pairs-before-program",
      "flags that do not go together are refused before the program is read"
    ) {
      $0.setNoNewPrivileges()
      $0.call(.named("seccomp", [1, 0x9, 0x1000]), .fails(.invalid))
      $0.call(.named("seccomp", [1, 0x20, 0x1000]), .fails(.invalid))
    },
    unprivileged("order-flags-before-privilege", "unknown flags come before the lack of no_new_privs") {
      let program = $0.filter(.always(.allow))
      $0.call(.named("seccomp", [1, .value(1 << 20), .program(program)]), .fails(.invalid))
    },
    unprivileged(
      "order-program-before-privilege", "an unreadable program comes before the lack of no_new_privs"
    ) {
      $0.call(.named("seccomp", [1, 0, 0]), .fails(.badAddress))
    },
    unprivileged(
      "order-length-before-privilege", "a wrong length comes before the lack of no_new_privs: EINVAL"
    ) {
      let header = $0.memory(header(length: 0, pointer: 0))
      $0.call(.named("seccomp", [1, 0, .scratch(header)]), .fails(.invalid))
    },
    unprivileged(
      "order-privilege-before-instructions",
      "the lack of no_new_privs comes before unreadable instructions: EACCES"
    ) {
      let null = $0.memory(header(length: 1, pointer: 0))
      let unreadable = $0.memory(header(length: 1, pointer: 0x1000))
      $0.call(.named("seccomp", [1, 0, .scratch(null)]), .fails(.accessDenied))
      $0.call(.named("seccomp", [1, 0, .scratch(unreadable)]), .fails(.accessDenied))
    },
    unprivileged(
      "order-privilege-before-checks", "the lack of no_new_privs comes before a wrong instruction: EACCES"
    ) {
      $0.install(.before(Instruction(code: 0xffff)), .fails(.accessDenied))
    },
    Scenario(
      "order-checks-before-descriptor", "a wrong instruction comes before the lack of a descriptor: EINVAL",
      needs: [.userNotification]
    ) {
      $0.setNoNewPrivileges()
      limitDescriptors(to: 0, in: &$0)
      $0.install(.before(Instruction(code: 0xffff)), flags: .newListener, .fails(.invalid))
      $0.install(.always(.allow), flags: .newListener, .fails(.tooManyDescriptors))
      $0.install(.always(.allow))
    },
    Scenario(
      "order-descriptor-before-busy",
      "the lack of a descriptor comes before a second listener: EMFILE, then EBUSY",
      needs: [.userNotification]
    ) {
      $0.setNoNewPrivileges()
      _ = $0.listen(.on(Number.getpid, .notify))
      $0.install(.always(.allow), flags: .newListener, .fails(.busy))
      limitDescriptors(to: 0, in: &$0)
      $0.install(.always(.allow), flags: .newListener, .fails(.tooManyDescriptors))
    },
    Scenario(
      "order-busy-before-length", "a second listener comes before the total length: EBUSY, not ENOMEM",
      needs: [.userNotification]
    ) {
      $0.setNoNewPrivileges()
      _ = $0.listen(.on(Number.getpid, .notify))
      let long = $0.filter(.length(4096))
      $0.call(.install(long).repeated(20), .fails(.noMemory))
      $0.call(.install(long, flags: 8), .fails(.busy))
    },
    Scenario(
      "order-length-before-sync", "the total length comes before siblings that cannot be synchronised: ENOMEM"
    ) {
      $0.setNoNewPrivileges()
      $0.spawnThread(1)
      $0.install(.on(Number.unused, .allow), by: 1)
      let tid = $0.call(.named("gettid"), .positive, by: 1)
      let long = $0.filter(.length(4096))
      $0.call(.install(long, flags: 1), .same(as: tid))
      $0.call(.install(long).repeated(20), .fails(.noMemory))
      $0.call(.install(long, flags: 1), .fails(.noMemory))
    },
  ]

  /// `prlimit64(RLIMIT_NOFILE)` for the caller itself.
  static func limitDescriptors(to count: UInt64, in play: inout Play, by actor: Int = 0) {
    let limit = play.memory(words: count, count)
    play.call(.named("prlimit64", [0, 7, .scratch(limit), 0]), by: actor)
  }

  // MARK: prctl

  private static let prctls: [Scenario] = [
    Scenario("prctl-mode-unknown", "PR_SET_SECCOMP knows the modes 1 and 2 only: EINVAL") {
      $0.setNoNewPrivileges()
      let program = $0.filter(.always(.allow))
      for mode in [0, 3, 1 << 32 | 2, 1 << 32 | 1] as [UInt64] {
        $0.call(.named("prctl", [22, .value(mode), .program(program), 0, 0]), .fails(.invalid))
      }
      $0.call(.getpid, .positive)
    },
    Scenario("prctl-program-null", "PR_SET_SECCOMP with a NULL program is EFAULT") {
      $0.setNoNewPrivileges()
      $0.call(.named("prctl", [22, 2, 0, 0, 0]), .fails(.badAddress))
    },
    Scenario(
      "no-new-privs-arguments", "PR_SET_NO_NEW_PRIVS takes 1 and zeros only, and cannot be unset",
      covers: ["global.no_new_privs_support"]
    ) {
      $0.call(.named("prctl", [39, 0, 0, 0, 0]), .returns(0))
      $0.call(.named("prctl", [38, 0, 0, 0, 0]), .fails(.invalid))
      $0.call(.named("prctl", [38, 1, 1, 0, 0]), .fails(.invalid))
      $0.setNoNewPrivileges()
      $0.call(.named("prctl", [39, 0, 0, 0, 0]), .returns(1))
      $0.call(.named("prctl", [38, 0, 0, 0, 0]), .fails(.invalid))
      $0.call(.named("prctl", [39, 0, 0, 0, 0]), .returns(1))
    },
  ]

  // MARK: By the 32-bit entry

  private static let compat: [Scenario] = [
    Scenario(
      "install-by-int80", "int $0x80 takes the 32-bit program layout, and the filter binds every entry",
      needs: [.compatCalls]
    ) {
      $0.setNoNewPrivileges()
      let program = $0.filter(.on(Number.getppid, .errno(33)))
      $0.call(.int80("seccomp", [1, 0, .program32(program)]))
      $0.call(.getppid, .returns(-33))
      $0.call(.int80("getppid"), .positive)
    },
    Scenario(
      "install-by-int80-prctl", "prctl(2) by int $0x80 takes the 32-bit program layout", needs: [.compatCalls]
    ) {
      $0.setNoNewPrivileges()
      let program = $0.filter(.on(Number.getppid, .errno(33)))
      $0.call(.int80("prctl", [22, 2, .program32(program), 0, 0]))
      $0.call(.getppid, .returns(-33))
    },
    Scenario(
      "int80-program-null", "by int $0x80 a NULL program is EFAULT, and unknown flags come first",
      needs: [.compatCalls]
    ) {
      $0.setNoNewPrivileges()
      $0.call(.int80("seccomp", [1, 0, 0]), .fails(.badAddress))
      $0.call(.int80("seccomp", [1, 0x40, 0]), .fails(.invalid))
      $0.call(.int80("seccomp", [4, 0, 0]), .fails(.invalid))
    },
  ]
}
