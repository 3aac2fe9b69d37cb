#define _GNU_SOURCE
#include "trace.h"

#include <errno.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "capture.h"
#include "clinux_guardian.h"
#include "report.h"
#include "tasks.h"

static enum trace_mode mode;
static pid_t watched;
static int watched_status, watched_ended;
static int payload_ended;

void set_trace_mode(enum trace_mode new_mode) { mode = new_mode; }

long trace_options(void) {
  long options = PTRACE_O_EXITKILL | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE;
  if (mode == TRACE_CAPTURE) options |= PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEEXEC;
  return options;
}

int trace_child(pid_t process) {
  // Seized tasks tell group stops from signals, and so do the children that the kernel attaches for us: their
  // first stop is PTRACE_EVENT_STOP, never a SIGSTOP that might be someone's.
  if (ptrace(PTRACE_SEIZE, process, 0, trace_options()) < 0 || ptrace(PTRACE_INTERRUPT, process, 0, 0) < 0) {
    report_failure(errno, "trace a command (PTRACE_SEIZE)");
    return -1;
  }
  return 0;
}

void watch(pid_t process) {
  watched = process;
  watched_ended = 0;
}

int watched_has_ended(int *status) {
  *status = watched_status;
  return watched_ended;
}

int payload_is_running(void) { return report->payload && !payload_ended; }

// A task that has vanished (ESRCH) has been killed; waitpid(2) will say so.
static void resume(const struct task *task, int signal) {
  int is_capture = mode == TRACE_CAPTURE && !task->is_released;
  ptrace(is_capture ? PTRACE_SYSCALL : PTRACE_CONT, task->id, 0, (long)signal);
}

static void tell_start(void) {
  // Nobody may read any more; SIGPIPE is blocked.
  ssize_t written = write(CLINUX_GUARDIAN_NEWS_FD, "p", 1);
  (void)written;
}

static void serve_exec(struct task *task) {
  // A thread that execs takes the process's id, and all others are gone.
  unsigned long former = 0;
  ptrace(PTRACE_GETEVENTMSG, task->id, 0, &former);
  pid_t id = task->id;
  if (former && (pid_t)former != id) {
    forget_task((pid_t)former);
    task = task_of(id); // forgetting moves tasks
    if (!task) return;
  }
  task->pending = NULL;
  if (look_at_exec(task)) tell_start();
}

static void serve_stop(struct task *task, int status) {
  int event = status >> 16, signal = WSTOPSIG(status);
  if (event == PTRACE_EVENT_STOP) {
    // A group stop lasts until SIGCONT; anything else is a task's first stop, or one that has ended.
    int is_group = signal == SIGSTOP || signal == SIGTSTP || signal == SIGTTIN || signal == SIGTTOU;
    if (is_group) ptrace(PTRACE_LISTEN, task->id, 0, 0);
    else resume(task, 0);
    return;
  }
  pid_t id = task->id;
  if (event == PTRACE_EVENT_EXEC) {
    serve_exec(task);
    task = task_of(id);
    if (!task) return;
  } else if (!event && signal == (SIGTRAP | 0x80)) {
    if (!task->is_released) look_at_call(task);
  } else if (!event) {
    resume(task, signal);
    return;
  }
  resume(task, 0);
}

static void serve(pid_t id, int status) {
  if (!WIFSTOPPED(status)) {
    forget_task(id);
    if (id == report->payload) payload_ended = 1;
    if (id == watched) {
      watched_ended = 1;
      watched_status = status;
    }
    return;
  }
  struct task *task = task_of(id);
  if (mode == TRACE_END || !task) {
    kill(id, SIGKILL);
    return;
  }
  serve_stop(task, status);
}

int serve_changes(int limit) {
  for (int served = 0; served < limit; served++) {
    int status;
    pid_t id = waitpid(-1, &status, __WALL | WNOHANG);
    if (id < 0) return errno == ECHILD && !served ? -1 : served;
    if (id == 0) return served;
    serve(id, status);
  }
  return limit;
}
