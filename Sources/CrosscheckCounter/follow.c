#define _GNU_SOURCE
#include "follow.h"

#include <errno.h>
#include <linux/audit.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

#include "clinux_spawn.h"
#include "command.h"
#include "memory.h"
#include "signals.h"
#include "tasks.h"

// How much of the run is left.
static enum { RUNNING, ENDING, KILLING } stage;
static int64_t deadline;

static pid_t command;
// The command's own exec, which counts when it succeeds.
static struct __ptrace_syscall_info first_exec;
static int has_started, has_ended;

long trace_options(void) {
  return PTRACE_O_EXITKILL | PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK |
         PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC;
}

// A task that has vanished (ESRCH) has been killed; waitpid(2) will say so.
static void resume(pid_t task, int signal) { ptrace(PTRACE_SYSCALL, task, 0, (long)signal); }

static void count(const struct __ptrace_syscall_info *info) {
  count_call(info->arch, (uint32_t)info->entry.nr, (const uint64_t *)info->entry.args);
}

static void fail(int error, const char *what) {
  report_failure(error, what);
  stage = KILLING;
  signal_processes(SIGKILL);
}

// At a stop where a call begins or ends. A call is counted before the command's own filters see it: that they deny it
// makes no difference.
static void look_at_call(pid_t task) {
  struct __ptrace_syscall_info info;
  if (ptrace(PTRACE_GET_SYSCALL_INFO, task, sizeof info, &info) < 0) {
    if (errno != ESRCH) fail(errno, "read a system call (PTRACE_GET_SYSCALL_INFO, Linux 5.3)");
    return;
  }
  if (info.op != PTRACE_SYSCALL_INFO_ENTRY) return;
  // Before the exec it is this program that runs in the child. And how a command takes being ended is no part of what it
  // does; the signals for that interrupt calls, which are then made again.
  if (!has_started) first_exec = info;
  else if (stage == RUNNING) count(&info);
}

static void look_at_exec(pid_t task) {
  // A thread that execs takes the process's id, and all others are gone.
  unsigned long former = 0;
  ptrace(PTRACE_GETEVENTMSG, task, 0, &former);
  if (former && (pid_t)former != task) forget_task((pid_t)former);
  if (has_started) return;
  has_started = 1;
  count(&first_exec);
}

static void serve_stop(pid_t task, int status) {
  int event = status >> 16, signal = WSTOPSIG(status);
  switch (event) {
  case 0:
    if (signal != (SIGTRAP | 0x80)) return resume(task, signal);
    look_at_call(task);
    break;
  case PTRACE_EVENT_EXEC: look_at_exec(task); break;
  case PTRACE_EVENT_STOP:
    know_task(task);
    // A group stop lasts until SIGCONT; anything else is a task's first stop, or one that has ended.
    if (signal == SIGSTOP || signal == SIGTSTP || signal == SIGTTIN || signal == SIGTTOU) {
      ptrace(PTRACE_LISTEN, task, 0, 0);
      return;
    }
    break;
  }
  resume(task, 0);
}

static void note_end(int status) {
  has_ended = 1;
  hand_on_to(0);
  int error = has_started ? 0 : exec_error();
  if (error) {
    header->ending = CLINUX_COUNTER_NOT_STARTED;
    header->ending_value = error;
  } else {
    header->ending = WIFEXITED(status) ? CLINUX_COUNTER_EXITED : CLINUX_COUNTER_SIGNALLED;
    header->ending_value = WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status);
  }
}

static void serve(pid_t task, int status) {
  if (!WIFSTOPPED(status)) {
    forget_task(task);
    if (task == command && !has_ended) note_end(status);
  } else if (stage == KILLING) {
    kill(task, SIGKILL);
  } else {
    serve_stop(task, status);
  }
}

static void look_at_clock(void) {
  int64_t now = clinux_monotonic_time();
  if (stage == RUNNING && (now >= deadline || is_interrupted())) {
    header->cut = now >= deadline ? CLINUX_COUNTER_LIMIT : CLINUX_COUNTER_INTERRUPTED;
    stage = ENDING;
    deadline = now + header->grace_ns;
    signal_processes(SIGTERM);
    // Stopped ones would not notice.
    signal_processes(SIGCONT);
  } else if (stage == ENDING && now >= deadline) {
    stage = KILLING;
  }
  // Again and again: new ones may have come.
  if (stage == KILLING) signal_processes(SIGKILL);
}

void follow(pid_t process) {
  command = process;
  deadline = clinux_monotonic_time() + header->limit_ns;
  for (;;) {
    int status;
    pid_t task = waitpid(-1, &status, __WALL);
    if (task < 0 && errno != EINTR) break;
    if (task > 0) serve(task, status);
    if (has_ticked()) look_at_clock();
  }
  if (errno != ECHILD) report_failure(errno, "wait for a process");
}
