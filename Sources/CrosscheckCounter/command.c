#define _GNU_SOURCE
#include "command.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "memory.h"
#include "signals.h"

extern char **environ;

static int failure_end = -1;

// In the child. `start_end` gives a byte when it is traced, and nothing when the counter is gone.
static _Noreturn void become(const char *path, char *const words[], int start_end, int failed_end) {
  char byte;
  if (read(start_end, &byte, 1) != 1) _exit(127);
  // Pending ones are for the command: nobody else may handle them.
  restore_signals();
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  execve(path, words, environ);
  int error = errno;
  ssize_t written = write(failed_end, &error, sizeof error);
  (void)written;
  _exit(127);
}

// Seized tasks tell group stops from signals, and so do the children that the kernel attaches for us.
static int trace(pid_t process, long options) {
  if (ptrace(PTRACE_SEIZE, process, 0, options) == 0 && ptrace(PTRACE_INTERRUPT, process, 0, 0) == 0) return 0;
  report_failure(errno, "trace a process (PTRACE_SEIZE)");
  return -1;
}

// A pipe whose ends are none of 0, 1 and 2, which a driver may have closed and the command gets.
static int high_pipe(int ends[2]) {
  int low[2];
  if (pipe2(low, O_CLOEXEC) < 0) return -1;
  for (int i = 0; i < 2; i++) ends[i] = fcntl(low[i], F_DUPFD_CLOEXEC, CLINUX_COUNTER_FD_COUNT);
  close(low[0]);
  close(low[1]);
  return ends[0] < 0 || ends[1] < 0 ? -1 : 0;
}

pid_t start_command(const char *path, char *const words[], long trace_options) {
  int start_ends[2], failure_ends[2];
  if (high_pipe(start_ends) < 0 || high_pipe(failure_ends) < 0) {
    report_failure(errno, "make a pipe");
    return -1;
  }
  // No handler of ours may run in the child.
  sigset_t all, before;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, &before);
  pid_t process = fork();
  if (process == 0) {
    close(start_ends[1]);
    become(path, words, start_ends[0], failure_ends[1]);
  }
  if (process < 0) report_failure(errno, "make a process");
  else hand_on_to(process);
  sigprocmask(SIG_SETMASK, &before, NULL);
  close(start_ends[0]);
  close(failure_ends[1]);
  failure_end = failure_ends[0];
  // Untraced it does not get its byte, and ends.
  if (process > 0 && (trace(process, trace_options) < 0 || write(start_ends[1], "s", 1) != 1)) {
    close(start_ends[1]);
    waitpid(process, NULL, 0);
    return -1;
  }
  close(start_ends[1]);
  return process;
}

int exec_error(void) {
  int error;
  // The command's end was closed by its exec or its end.
  return read(failure_end, &error, sizeof error) == sizeof error ? error : 0;
}
