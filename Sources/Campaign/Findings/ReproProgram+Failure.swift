import Profiles
import SeccompModel

extension ReproProgram {
  /// The main function when the compiler itself failed: it works in a child with three seconds to live.
  var failureMain: String {
    let stage = savedCase.stage
    // Rules count over all profiles in the case, within one profile in the program.
    var rule = stage?.rule
    for profile in savedCase.profiles {
      guard let index = rule, index >= profile.rules.count, savedCase.profiles.count > 1 else { break }
      rule = index - profile.rules.count
    }
    let judgement: String
    if savedCase.kind == .compilerError, let rule, shareReturns != "" {
      judgement = """
        	if (returned[\(rule + 1)] < 0) {
        		printf("REFUSED: rule \(rule + 1): %s\\n", strerror(-returned[\(rule + 1)]));
        		return 1;
        	}
        """
    } else if savedCase.kind == .compilerError {
      judgement = """
        	if (WIFEXITED(status) && WEXITSTATUS(status) == 2) {
        		puts("REFUSED: the library gave no filter");
        		return 1;
        	}
        """
    } else {
      judgement = ""
    }
    return """
      int main(void)
      {
      	struct sock_fprog programs[\(filterCount)];
      	struct rlimit no_core = {0, 0};
      	int status;
      	pid_t child;

      	setvbuf(stdout, NULL, _IONBF, 0);\(shareReturns)
      	child = fork();
      	if (child < 0)
      		return 2;
      	if (child == 0) {
      		sigset_t none;

      		/* Whoever started this program may have blocked the alarm. */
      		sigemptyset(&none);
      		sigprocmask(SIG_SETMASK, &none, NULL);
      		setrlimit(RLIMIT_CORE, &no_core);
      		signal(SIGALRM, SIG_DFL);
      		alarm(3);
      \(buildAll.split(separator: "\n").map { "\t" + $0 }.joined(separator: "\n"))
      		_exit(0);
      	}
      	if (waitpid(child, &status, 0) != child)
      		return 2;
      	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM) {
      		puts("\\nHANGS: libseccomp did not come back within 3 seconds");
      		return 1;
      	}
      	if (WIFSIGNALED(status)) {
      		printf("\\nCRASHES: libseccomp died by signal %d\\n", WTERMSIG(status));
      		return 1;
      	}
      \(judgement)
      	puts("agrees: libseccomp made the filter");
      	return 0;
      }
      """
  }

  /// The main function when the kernel's answer to the installation is the question.
  var installationMain: String {
    let expected: Int64
    if case .returned(let value)? = savedCase.answers.predicted { expected = value } else { expected = 0 }
    return """
      int main(void)
      {
      	struct sock_fprog programs[\(filterCount)];
      	int expected = \(expected);
      	int status;
      	pid_t child;

      	setvbuf(stdout, NULL, _IONBF, 0);
      \(buildAll)
      	child = fork();
      	if (child < 0)
      		return 2;
      	if (child == 0) {
      		int answer = 0;
      		size_t i;

      		if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
      			_exit(255);
      		for (i = 0; !answer && i < sizeof(programs) / sizeof(*programs); i++)
      			answer = prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &programs[i], 0, 0) ? errno : 0;
      		/* A filter that went in may forbid exit; dying by SIGILL means that it did go in. */
      		if (!answer)
      			__builtin_trap();
      		_exit(answer);
      	}
      	if (waitpid(child, &status, 0) != child || (WIFEXITED(status) && WEXITSTATUS(status) == 255))
      		return 2;
      	status = WIFEXITED(status) ? -WEXITSTATUS(status) : 0;
      	printf("expected of the installation: %d (%s)\\n", expected, strerror(-expected));
      	printf("the kernel answered:          %d (%s)\\n", status, strerror(-status));
      	puts(status == expected ? "agrees" : "DIFFERS");
      	return status != expected;
      }
      """
  }
}
