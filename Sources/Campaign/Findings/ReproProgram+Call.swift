import ClassicBPF
import Profiles
import SeccompModel

extension ReproProgram {
  /// The answer of the shield: an errno that no filter of the case uses.
  private var marker: UInt16 {
    let used = Set(
      (expected + [got].compactMap { $0 }).map(\.data)
        + savedCase.profiles.flatMap { $0.entries.map(\.action) + [$0.defaultAction] }.map(\.verdict.data)
        + savedCase.filters.flatMap { $0.instructions.map { UInt16(truncatingIfNeeded: $0.k) } })
    return (4000...4094).first { !used.contains($0) } ?? 4094
  }

  /// The verdicts that are right, and words for any verdict.
  var expectation: String {
    """
    /* Any of these verdicts is right. */
    static const uint32_t expected[] = {\(expected.map { "0x" + padded($0.rawValue) }.joined(separator: ", "))};

    static void tell(const char *who, uint32_t verdict)
    {
    	static const struct {
    		uint32_t bits;
    		const char *name;
    	} actions[] = {
    		{SECCOMP_RET_KILL_PROCESS, "KILL_PROCESS"}, {SECCOMP_RET_KILL_THREAD, "KILL_THREAD"},
    		{SECCOMP_RET_TRAP, "TRAP"}, {SECCOMP_RET_ERRNO, "ERRNO"},
    		{SECCOMP_RET_USER_NOTIF, "NOTIFY"}, {SECCOMP_RET_TRACE, "TRACE"},
    		{SECCOMP_RET_LOG, "LOG"}, {SECCOMP_RET_ALLOW, "ALLOW"},
    	};
    	const char *name = "an unknown action, which kills";
    	size_t i;

    	for (i = 0; i < sizeof(actions) / sizeof(*actions); i++)
    		if (actions[i].bits == (verdict & SECCOMP_RET_ACTION_FULL))
    			name = actions[i].name;
    	printf("%s: %s (0x%08x)\\n", who, name, verdict);
    }
    """
  }

  /// The call itself, with every register set in full. The label after the entering instruction is the
  /// address that filters see.
  static func entryCode(_ path: EntryPath) -> String {
    switch path {
    case .syscall, .vsyscall:
      """
      /* registers: number, then the six arguments */
      long witness_call(const uint64_t *registers);
      extern const char witness_return[];

      __asm__(".text\\n"
      	".globl witness_call, witness_return\\n"
      	"witness_call:\\n"
      	"	mov 0(%rdi), %rax\\n"
      	"	mov 16(%rdi), %rsi\\n"
      	"	mov 24(%rdi), %rdx\\n"
      	"	mov 32(%rdi), %r10\\n"
      	"	mov 40(%rdi), %r8\\n"
      	"	mov 48(%rdi), %r9\\n"
      	"	mov 8(%rdi), %rdi\\n"
      	"	syscall\\n"
      	"witness_return:\\n"
      	"	ret\\n");
      """
    case .int80, .sysenter:
      """
      /* registers: number, then the six arguments; int $0x80 enters as a 32-bit call, from 64-bit code too */
      long witness_call(const uint64_t *registers);
      extern const char witness_return[];

      __asm__(".text\\n"
      	".globl witness_call, witness_return\\n"
      	"witness_call:\\n"
      	"	push %rbx\\n"
      	"	push %rbp\\n"
      	"	mov 0(%rdi), %rax\\n"
      	"	mov 8(%rdi), %rbx\\n"
      	"	mov 16(%rdi), %rcx\\n"
      	"	mov 24(%rdi), %rdx\\n"
      	"	mov 32(%rdi), %rsi\\n"
      	"	mov 48(%rdi), %rbp\\n"
      	"	mov 40(%rdi), %rdi\\n"
      	"	int $0x80\\n"
      	"witness_return:\\n"
      	"	pop %rbp\\n"
      	"	pop %rbx\\n"
      	"	ret\\n");
      """
    }
  }

  /// Makes the call in a child under the shield and the filters, and says what came of it.
  func liveCall(_ call: Call) -> String {
    let words = [call.rax] + (0..<Arguments.count).map { call.arguments[$0] }
    return """
      #define MARKER \(marker)

      static const uint64_t registers[7] = {\(words.map(hex).joined(separator: ", "))};

      enum fate { PASSED, FAILED, TRAPPED, KILLED, BROKEN };

      struct seen {
      	enum fate fate;
      	long value; /* the errno, or what si_errno held */
      };

      static volatile struct {
      	int trapped, returned, broken;
      	long value;
      } *shared;

      /* Both ends are ud2: the filter may forbid every call, exit and sigreturn too. */
      static void on_sigsys(int number, siginfo_t *info, void *context)
      {
      	(void)number, (void)context;
      	shared->value = info->si_errno;
      	shared->trapped = 1;
      	__builtin_trap();
      }

      static void child(struct sock_fprog *programs, size_t count)
      {
      	uint64_t after = (uint64_t)(uintptr_t)witness_return;
      	/*
      	 * The shield: the oldest filter, so that of two ERRNO verdicts the tested filter's wins. It answers
      	 * the call made at one address and nothing else; a call that the tested filter lets through is
      	 * answered here and never runs.
      	 */
      	struct sock_filter shield[] = {
      		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, instruction_pointer)),
      		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)after, 0, 3),
      		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, instruction_pointer) + 4),
      		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(after >> 32), 0, 1),
      		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | MARKER),
      		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
      	};
      	struct sock_fprog shield_program = {sizeof(shield) / sizeof(*shield), shield};
      	struct sigaction action = {.sa_sigaction = on_sigsys, .sa_flags = SA_SIGINFO};
      	struct rlimit no_core = {0, 0};
      	sigset_t none;
      	size_t i;

      	/* A blocked SIGSYS would kill instead of trap, and whoever started this program may have blocked it. */
      	sigemptyset(&none);
      	sigprocmask(SIG_SETMASK, &none, NULL);
      	setrlimit(RLIMIT_CORE, &no_core);
      	signal(SIGALRM, SIG_DFL);
      	signal(SIGILL, SIG_DFL);
      	alarm(10);
      	if (sigaction(SIGSYS, &action, NULL) || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ||
      	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &shield_program, 0, 0))
      		shared->broken = errno;
      	for (i = 0; !shared->broken && i < count; i++)
      		if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &programs[i], 0, 0))
      			shared->broken = errno;
      	if (!shared->broken) {
      		shared->value = witness_call(registers);
      		shared->returned = 1;
      	}
      	__builtin_trap();
      }

      static struct seen make_call(struct sock_fprog *programs, size_t count)
      {
      	struct seen seen = {BROKEN, 0};
      	int status;
      	pid_t pid;

      	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
      	if ((void *)shared == MAP_FAILED || (pid = fork()) < 0)
      		return seen;
      	if (pid == 0)
      		child(programs, count);
      	if (waitpid(pid, &status, 0) != pid)
      		return seen;
      	seen.value = shared->value;
      	if (shared->broken) {
      		printf("could not install the filters: %s\\n", strerror(shared->broken));
      	} else if (shared->trapped) {
      		seen.fate = TRAPPED;
      		printf("the kernel: SIGSYS with si_errno %ld\\n", seen.value);
      	} else if (shared->returned && seen.value == -MARKER) {
      		seen.fate = PASSED;
      		puts("the kernel: the filter let the call through (the shield's errno came back)");
      	} else if (shared->returned && seen.value <= 0 && seen.value >= -4095) {
      		seen.fate = FAILED;
      		seen.value = -seen.value;
      		printf("the kernel: errno %ld\\n", seen.value);
      	} else if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS) {
      		seen.fate = KILLED;
      		puts("the kernel: killed by SIGSYS");
      	} else {
      		printf("the kernel: value %ld, wait status 0x%x: nothing that a verdict explains\\n",
      		       seen.value, status);
      		seen.fate = shared->returned ? FAILED : BROKEN;
      	}
      	return seen;
      }

      static int explains(uint32_t verdict, struct seen seen)
      {
      	long data = verdict & SECCOMP_RET_DATA;

      	switch (verdict & SECCOMP_RET_ACTION_FULL) {
      	case SECCOMP_RET_ALLOW:
      	case SECCOMP_RET_LOG:
      	case SECCOMP_RET_TRACE:
      	case SECCOMP_RET_USER_NOTIF:
      		return seen.fate == PASSED;
      	case SECCOMP_RET_ERRNO:
      		return seen.fate == FAILED && seen.value == (data > 4095 ? 4095 : data);
      	case SECCOMP_RET_TRAP:
      		return seen.fate == TRAPPED && seen.value == data;
      	default:
      		return seen.fate == KILLED;
      	}
      }
      """
  }

  func callMain(_ call: Call) -> String {
    let live = """
      	seen = make_call(programs, \(filterCount));
      	if (seen.fate == BROKEN)
      		return 2;
      	for (right = 0, i = 0; i < sizeof(expected) / sizeof(*expected); i++)
      		right |= explains(expected[i], seen);
      	differs |= !right;
      """
    let computed = """
      	verdict = run_all(programs, \(filterCount), &data);
      	tell("the filter, computed here", verdict);
      	for (right = 0, i = 0; i < sizeof(expected) / sizeof(*expected); i++)
      		right |= verdict == expected[i];
      	differs |= !right;
      """
    let path = call.entryPath
    return """
      int main(void)
      {
      	struct sock_fprog programs[\(filterCount)];
      \(isObservable ? "\tstruct seen seen;" : "")
      \(needsInterpreter ? "\tstruct seccomp_data data = \(Self.dataLiteral(call));\n\tuint32_t verdict;" : "")
      	int right, differs = 0;
      	size_t i;

      	setvbuf(stdout, NULL, _IONBF, 0);\(shareReturns)
      \(buildAll)
      	puts(\(cString("the call: " + ReportText.symbolic(call))));
      \(path == .sysenter ? "\t/* sysenter is for 32-bit code; to a filter int $0x80 looks the same. */" : "")
      	for (i = 0; i < sizeof(expected) / sizeof(*expected); i++)
      		tell(i ? "  or" : "expected", expected[i]);
      \(needsInterpreter ? computed : "")
      \(isObservable ? live : "")
      	puts(differs ? "DIFFERS" : "agrees");
      	return differs;
      }
      """.split(separator: "\n", omittingEmptySubsequences: false).reduce(into: [Substring]()) {
        lines, line in
        // Left-out parts leave empty lines.
        if line.isEmpty, lines.last?.isEmpty ?? true || lines.last?.hasSuffix(";") == false { return }
        lines.append(line)
      }.joined(separator: "\n")
  }

  private static func dataLiteral(_ call: Call) -> String {
    let arguments = (0..<Arguments.count).map { hex(call.arguments[$0]) }.joined(separator: ", ")
    let token = call.entryPath.auditToken == AuditToken.i386 ? "AUDIT_ARCH_I386" : "AUDIT_ARCH_X86_64"
    return "{(int)\(hex(call.number)), \(token), 0, {\(arguments)}}"
  }
}
