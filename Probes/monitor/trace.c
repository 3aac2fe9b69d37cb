#include "monitor/trace.h"

#include "memory.h"

static int stopped(int status) { return (status & 0xff) == 0x7f; }
static int stop_signal(int status) { return (status >> 8) & 0xff; }
static int stop_event(int status) { return status >> 16; }

/* PTRACE_EVENT_SECCOMP: the message is the deciding filter's data. Number -1 makes the kernel skip the call; the kid
 * then sees it return -ENOSYS and records that, so the message is kept beside. */
static void skip_call(long kid) {
  unsigned long message = 0;
  system_call(NR_ptrace, PTRACE_GETEVENTMSG, kid, 0, (long)&message, 0, 0);
  traps()[header()->cursor].traced = PROBE_TRACED_BIT | (uint32_t)message;
  system_call(NR_ptrace, PTRACE_POKEUSER, kid, USER_ORIG_RAX, -1, 0, 0);
}

/* A kid's or the zygote's stop; whoever stopped goes on. */
static void serve_stop(long task, long zygote, int status) {
  long signal = 0;
  int event = stop_event(status);
  if (task != zygote && event == PTRACE_EVENT_SECCOMP) {
    skip_call(task);
  } else if (task != zygote && event) {
    /* A new kid's first stop. It inherited the zygote's options, SUSPEND_SECCOMP too: filters must be live in it. */
    system_call(NR_ptrace, PTRACE_SETOPTIONS, task, 0, PTRACE_O_EXITKILL | PTRACE_O_TRACESECCOMP, 0, 0);
  } else if (!event) {
    signal = stop_signal(status); /* a signal on its way, SIGSYS of a TRAP above all */
  }
  system_call(NR_ptrace, PTRACE_CONT, task, 0, signal, 0, 0);
}

void trace_batch(long zygote) {
  for (;;) {
    int status = 0;
    long task = system_call(NR_wait4, -1, (long)&status, WALL, 0, 0, 0);
    if (task < 0) return;
    if (stopped(status)) {
      serve_stop(task, zygote, status);
    } else if (task == zygote) {
      return;
    }
  }
}
