import ClassicBPF
import Scripts
import SeccompModel

/// A script by which a fact shows: it holds when every step comes to what is expected.
struct Inquiry: Sendable {
  var fact: KernelFact
  private var claim: Scenario.ScriptedClaim

  private init(_ fact: KernelFact, _ steps: (inout Play) -> Void) {
    var play = Play()
    steps(&play)
    self.fact = fact
    claim = play.claim
  }

  func holds(on stage: some ScriptStage) throws -> Bool {
    let outcomes = try stage.play(claim.script, patience: 2_000_000_000)
    return ScenarioJudge(claim: claim).complaints(about: outcomes).isEmpty
  }

  static let all: [Inquiry] =
    [
      Inquiry(.privilege) { $0.install(.always(.allow)) },
      Inquiry(.userNamespaces) { $0.call(.named("unshare", [.value(Namespace.user)])) },
      Inquiry(.tracing) {
        $0.spawnProcess(1)
        $0.seize(1, options: 0)
      },
      Inquiry(.checkpointRestore) {
        // Without a filter to read: EINVAL where the request is known, EIO where it is not.
        $0.spawnProcess(1)
        $0.seize(1, options: 0)
        $0.trace(Trace.interrupt, 1)
        $0.awaitStatus(of: 1, Trace.interruptStop)
        $0.trace(Trace.getFilter, 1, 0, 0, .fails(.invalid))
      },
      Inquiry(.compatCalls) {
        $0.call(.int80("getpid"), .positive)
        $0.step(0, .execute(.i386))
        $0.call(.int80("getpid"), .positive)
      },
      Inquiry(.sysenter) {
        $0.step(0, .execute(.i386))
        $0.call(ScriptCall(.sysenter, rax: 20), .positive)
      },
      Inquiry(.vsyscall) { $0.call(ScriptCall(.vsyscall, rax: 201), .positive) },
      Inquiry(.notifyContinue) { play in
        let listener = waiting(in: &play)
        let notification = play.receive(listener)
        play.reply(listener, to: notification, .init(flags: 1))
        play.finish(1, .positive)
      },
      Inquiry(.notifyDescriptors) { play in
        let listener = waiting(in: &play)
        let notification = play.receive(listener)
        play.addDescriptor(listener, for: notification, .init(source: 3), .succeeds)
      },
      Inquiry(.notifyDescriptorsSent) { play in
        let listener = waiting(in: &play)
        let notification = play.receive(listener)
        play.addDescriptor(listener, for: notification, .init(flags: 2, source: 3), .succeeds)
      },
      Inquiry(.notifyFlags) { play in
        let listener = waiting(in: &play)
        play.call(.named("ioctl", [.result(listener), .value(Notify.setFlags), 1]))
      },
      Inquiry(.filterCount) {
        $0.setNoNewPrivileges()
        $0.install(.always(.allow))
        $0.step(0, .status, StepExpectation(.status(mode: 2, filters: 1, noNewPrivileges: true)))
        $0.call(.getpid, .positive)
      },
      Inquiry(.memoryCopy) {
        let source = $0.memory(words: 77)
        let target = $0.space(8)
        $0.copy(from: source, 8, to: target)
        $0.call(.getpid.reading(at: target), StepExpectation.positive.reading(.exactly(77)))
      },
    ]
    + (0..<6).map { bit in
      let flag = UInt32(1) << bit
      // NEW_LISTENER beside WAIT_KILLABLE_RECV: EFAULT is for who got as far as the program.
      return Inquiry(.flag(flag)) {
        $0.call(.named("seccomp", [1, .value(UInt64(flag == 32 ? 40 : flag)), 0]), .fails(.badAddress))
      }
    }

  static let unknownKillsProcess = Inquiry(.unknownKillsProcess) {
    $0.setNoNewPrivileges()
    $0.spawnThread(1)
    $0.install(.on(Number.getpid, verdict: 0x1000_0000), by: 1)
    $0.call(.getpid, .dies(by: Signal.badCall), by: 1)
  }

  private static func waiting(in play: inout Play) -> Int {
    play.setNoNewPrivileges()
    play.spawnThread(1)
    let listener = play.listen(.on(Number.getppid, .notify), by: 1)
    play.begin(.getppid, by: 1)
    return listener
  }
}
