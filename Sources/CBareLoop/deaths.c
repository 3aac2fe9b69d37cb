#define _GNU_SOURCE
#include "memory.h" /* first: <signal.h> makes macros of siginfo's fields */

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bare_loop.h"

enum { STACK_SIZE = 65536 };

static int die(void *unused) {
  (void)unused;
  __builtin_trap();
}

int64_t time_deaths(uint32_t count) {
  char *stack = mmap(
      0, STACK_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
  if (stack == MAP_FAILED) return failed("mapping a stack");
  int64_t begin = nanoseconds_now();
  for (uint32_t i = 0; i < count; i++) {
    /* The flags of the probe's kids: the less is copied, the cheaper, and the baseline is the cheapest. */
    pid_t child = clone(
        die, stack + STACK_SIZE, CLONE_VM | CLONE_VFORK | CLONE_FILES | CLONE_FS | CLONE_SYSVSEM, 0);
    int status;
    if (child < 0 || waitpid(child, &status, __WALL) != child) return failed("a child that dies by ud2");
    if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGILL) {
      errno = ECHILD;
      return failed("a child was to die by ud2 and did not");
    }
  }
  return nanoseconds_now() - begin;
}

int64_t time_installations(uint32_t count) {
  const struct probe_call *call = calls();
  int64_t begin = nanoseconds_now();
  for (uint32_t i = 0; i < count; i++) {
    pid_t child = fork();
    if (child == 0) {
      if (!install_stack(0))
        syscall((long)call->rax, call->args[0], call->args[1], call->args[2], call->args[3], call->args[4],
                call->args[5]);
      _exit(1);
    }
    int status;
    if (child < 0 || waitpid(child, &status, 0) != child) return failed("a child that is killed");
    if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGSYS) {
      errno = ECHILD;
      return failed("a child was to be killed by the filter and was not");
    }
  }
  return nanoseconds_now() - begin;
}
