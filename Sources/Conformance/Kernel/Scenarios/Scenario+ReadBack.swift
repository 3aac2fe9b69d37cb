import ClassicBPF
import Scripts
import SeccompModel

// What a tracer reads of a process's filters, and how it suspends them (kernel/seccomp.c, `seccomp_get_filter`,
// `seccomp_get_metadata`; kernel/ptrace.c, `check_ptrace_options`).
extension Scenario {
  static let readBack = group("read-back", filters + suspension)

  private static let first = Filter.on(Number.getpid, .errno(7))
  private static let second = Filter.always(.allow)

  /// Actor 0 traces actor 1, which has these filters and one more by which it is stopped.
  private static func stopped(
    _ name: String, _ claim: String, covers: [String] = [], _ filters: [(Filter, FilterFlags)],
    _ steps: (inout Play) -> Void
  ) -> Scenario {
    Scenario(name, claim, needs: [.tracing, .checkpointRestore, .privilege], covers: covers) { play in
      play.setNoNewPrivileges()
      play.spawnProcess(1)
      for (filter, flags) in filters { play.install(filter, flags: flags, by: 1) }
      stopByFilter(1, in: &play)
      steps(&play)
    }
  }

  private static func stopByFilter(_ tracee: Int, in play: inout Play, by tracer: Int = 0) {
    // Of another length than the filters of the scenarios.
    play.install(.on(Number.getppid, AuditToken.x86_64, .trace(1)), by: tracee)
    play.seize(tracee, options: Trace.filters, by: tracer)
    play.call(.getppid, .stops, by: tracee)
  }

  private static func stop(_ tracee: Int, in play: inout Play, by tracer: Int = 0) {
    play.seize(tracee, options: 0, by: tracer)
    play.trace(Trace.interrupt, tracee, by: tracer)
    play.awaitStatus(of: tracee, Trace.interruptStop, by: tracer)
  }

  private static func words(_ filter: Filter) -> [StepExpectation.Word] {
    filter.instructions.map {
      .exactly(UInt64($0.code) | UInt64($0.jumpTrue) << 16 | UInt64($0.jumpFalse) << 24 | UInt64($0.k) << 32)
    }
  }

  private static func metadata(_ index: UInt64, flags: UInt64, in play: inout Play) {
    let place = play.memory(words: index, 0xffff)
    play.call(
      ScriptCall.named("ptrace", [.value(Trace.getMetadata), .thread(1), 16, .scratch(place)])
        .reading(at: place, 2),
      StepExpectation.returns(16).reading(.exactly(index), .exactly(flags)))
  }

  private static let filters: [Scenario] = [
    stopped(
      "read-back-count",
      "GET_FILTER without a buffer counts a filter's instructions, the oldest filter first",
      [(first, []), (second, [])]
    ) {
      $0.trace(Trace.getFilter, 1, 0, 0, .returns(4))
      $0.trace(Trace.getFilter, 1, 1, 0, .returns(1))
      $0.trace(Trace.getFilter, 1, 2, 0, .returns(6))
    },
    stopped(
      "read-back-program", "GET_FILTER gives the program back as it was installed",
      [(first, []), (second, [])]
    ) {
      let place = $0.space(64)
      var expected = StepExpectation.returns(4)
      expected.words = words(first)
      $0.call(
        ScriptCall.named("ptrace", [.value(Trace.getFilter), .thread(1), 0, .scratch(place)]).reading(
          at: place, 4),
        expected)
      $0.call(
        ScriptCall.named("ptrace", [.value(Trace.getFilter), .thread(1), 1, .scratch(place + 32)])
          .reading(at: place + 32), StepExpectation.returns(1).reading(words(second)[0]))
    },
    stopped(
      "read-back-past-end", "GET_FILTER behind the newest filter is ENOENT", [(first, []), (second, [])]
    ) {
      $0.trace(Trace.getFilter, 1, 3, 0, .fails(.noEntry))
      $0.trace(Trace.getFilter, 1, .value(.max), 0, .fails(.noEntry))
    },
    Scenario(
      "read-back-without-filter", "GET_FILTER of a process without filters is EINVAL",
      needs: [.tracing, .checkpointRestore, .privilege]
    ) {
      $0.spawnProcess(1)
      stop(1, in: &$0)
      $0.trace(Trace.getFilter, 1, 0, 0, .fails(.invalid))
    },
    stopped(
      "metadata-flags", "GET_METADATA tells FILTER_FLAG_LOG and no other flag",
      covers: ["global.get_metadata"],
      [(first, .log), (second, []), (.on(Number.unused, .errno(1)), .allowSpeculation)]
    ) {
      metadata(0, flags: 2, in: &$0)
      metadata(1, flags: 0, in: &$0)
      metadata(2, flags: 0, in: &$0)
    },
    stopped(
      "metadata-past-end", "GET_METADATA behind the newest filter is ENOENT, and of less than 8 bytes EINVAL",
      covers: ["global.get_metadata"], [(first, [])]
    ) {
      let place = $0.memory(words: 2, 0)
      $0.trace(Trace.getMetadata, 1, 16, .scratch(place), .fails(.noEntry))
      $0.trace(Trace.getMetadata, 1, 4, .scratch(place), .fails(.invalid))
    },
    Scenario(
      "read-back-by-filtered-tracer", "GET_FILTER by a tracer that is filtered itself is EACCES",
      needs: [.tracing, .checkpointRestore, .privilege]
    ) {
      $0.setNoNewPrivileges()
      $0.spawnProcess(1)
      $0.spawnProcess(2)
      $0.install(first, by: 1)
      $0.install(second, by: 2)
      stopByFilter(1, in: &$0, by: 2)
      $0.trace(Trace.getFilter, 1, 0, 0, .fails(.accessDenied), by: 2)
    },
    Scenario(
      "read-back-unprivileged", "GET_FILTER without CAP_SYS_ADMIN is EACCES",
      needs: [.tracing, .checkpointRestore, .privilege]
    ) {
      becomeNobody(in: &$0)
      $0.setNoNewPrivileges()
      $0.spawnProcess(1)
      $0.install(first, by: 1)
      stop(1, in: &$0)
      $0.trace(Trace.getFilter, 1, 0, 0, .fails(.accessDenied))
    },
  ]

  /// Without capabilities, but traceable by its like (PR_SET_DUMPABLE).
  private static func becomeNobody(in play: inout Play) {
    play.call(.named("setresgid", [65534, 65534, 65534]))
    play.call(.named("setresuid", [65534, 65534, 65534]))
    play.call(.named("prctl", [4, 1, 0, 0, 0]))
  }

  // MARK: PTRACE_O_SUSPEND_SECCOMP

  private static let suspension: [Scenario] = [
    Scenario(
      "suspend-by-seize", "a tracer with PTRACE_O_SUSPEND_SECCOMP switches the tracee's filters off",
      needs: [.tracing, .checkpointRestore, .privilege], covers: ["O_SUSPEND_SECCOMP.seize"]
    ) {
      $0.setNoNewPrivileges()
      $0.spawnProcess(1)
      $0.install(first, by: 1)
      $0.call(.getpid, .returns(-7), by: 1)
      $0.seize(1, options: Trace.suspends)
      $0.call(.getpid, .positive, by: 1)
    },
    Scenario(
      "suspend-ends-with-tracer", "filters are on again when the tracer is gone",
      needs: [.tracing, .checkpointRestore, .privilege]
    ) {
      $0.setNoNewPrivileges()
      $0.spawnProcess(1)
      $0.install(first, by: 1)
      $0.seize(1, options: Trace.suspends)
      $0.call(.getpid, .positive, by: 1)
      $0.call(.exitGroup(0), .exits(0))
      $0.call(.getpid, .returns(-7), by: 1)
    },
    Scenario(
      "suspend-needs-privilege", "PTRACE_O_SUSPEND_SECCOMP without CAP_SYS_ADMIN is EPERM",
      needs: [.tracing, .checkpointRestore, .privilege, .since(5, 18, "SEIZE asks for the privilege too")],
      covers: ["O_SUSPEND_SECCOMP.seize", "O_SUSPEND_SECCOMP.setoptions"]
    ) {
      becomeNobody(in: &$0)
      $0.spawnProcess(1)
      $0.seize(1, options: Trace.suspends, .fails(.notPermitted))
      stop(1, in: &$0)
      $0.trace(Trace.setOptions, 1, 0, .value(Trace.suspends), .fails(.notPermitted))
    },
    Scenario(
      "suspend-by-filtered-tracer", "PTRACE_O_SUSPEND_SECCOMP by a tracer that is filtered itself is EPERM",
      needs: [.tracing, .checkpointRestore, .privilege, .since(5, 18, "SEIZE asks for the privilege too")]
    ) {
      $0.setNoNewPrivileges()
      $0.spawnProcess(1)
      $0.spawnProcess(2)
      $0.install(second, by: 2)
      $0.seize(1, options: Trace.suspends, .fails(.notPermitted), by: 2)
    },
    Scenario(
      "suspend-by-setoptions", "PTRACE_O_SUSPEND_SECCOMP may be set later",
      needs: [.tracing, .checkpointRestore, .privilege], covers: ["O_SUSPEND_SECCOMP.setoptions"]
    ) {
      $0.setNoNewPrivileges()
      $0.spawnProcess(1)
      $0.install(first, by: 1)
      stopByFilter(1, in: &$0)
      $0.trace(Trace.setOptions, 1, 0, .value(Trace.filters | Trace.suspends))
      $0.resume(1)
      $0.finish(1, .positive)
      $0.call(.getpid, .positive, by: 1)
    },
  ]
}
