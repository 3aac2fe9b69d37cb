/* crosscheck-bare-loop WHAT COUNT: does WHAT COUNT times and prints how many nanoseconds that took.
 *
 * Descriptor 3 is the memory of the probe that is measured beside it. A process of its own, so that what forks is
 * small and none of the driver's threads stand beside it. */

#include "memory.h" /* first: <signal.h> makes macros of siginfo's fields */

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "bare_loop.h"

char *shared_memory;

static const struct {
  const char *name;
  int64_t (*time)(uint32_t count);
} kinds[] = {
    {"calls", time_calls},
    {"deaths", time_deaths},
    {"installations", time_installations},
};

int64_t nanoseconds_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000000ll + now.tv_nsec;
}

int64_t failed(const char *what) {
  fprintf(stderr, "crosscheck-bare-loop: %s: %s\n", what, strerror(errno));
  return -1;
}

/* As the probe is: no cores, no dumpable memory (which makes a death cheaper), no new privileges. The Swift runtime that
 * the package manager links into every program may have brought handlers for crashes. */
static int become_like_the_probe(void) {
  if (signal(SIGILL, SIG_DFL) == SIG_ERR || signal(SIGSYS, SIG_DFL) == SIG_ERR) return -1;
  struct rlimit none = {0, 0};
  if (setrlimit(RLIMIT_CORE, &none) || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)) return -1;
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

int main(int argc, char **argv) {
  unsigned long count = argc == 3 ? strtoul(argv[2], 0, 10) : 0;
  if (count < 1 || count > PROBE_MAX_CALLS) {
    fputs("usage: crosscheck-bare-loop calls|deaths|installations COUNT\n", stderr);
    return 64;
  }
  void *mapped = mmap(
      0, PROBE_MEMORY_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, PROBE_MEMORY_FD, 0);
  if (mapped == MAP_FAILED) return failed("mapping the probe's memory") != 0;
  shared_memory = mapped;
  if (become_like_the_probe()) return failed("setting up") != 0;
  alarm(PATIENCE);
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    if (strcmp(argv[1], kinds[i].name)) continue;
    int64_t nanoseconds = kinds[i].time((uint32_t)count);
    if (nanoseconds < 0) return 1;
    printf("%lld\n", (long long)nanoseconds);
    return 0;
  }
  fprintf(stderr, "crosscheck-bare-loop: there is no '%s'\n", argv[1]);
  return 64;
}
