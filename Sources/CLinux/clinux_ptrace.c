#define _GNU_SOURCE
#include "clinux_ptrace.h"

#include <errno.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <time.h>

// linux/ptrace.h, which cannot be included beside sys/ptrace.h.
#define SECCOMP_GET_FILTER 0x420c
#define SECCOMP_GET_METADATA 0x420d
struct metadata {
  uint64_t filter_off;
  uint64_t flags;
};

int clinux_ptrace_stop(pid_t tid, int timeout_ms, int *signal) {
  if (ptrace(PTRACE_SEIZE, tid, 0, 0) < 0) return -errno;
  if (ptrace(PTRACE_INTERRUPT, tid, 0, 0) < 0) return -errno;
  // A task in an uninterruptible sleep (D: a disk, a vfork) does not stop, and may never.
  for (int waited = 0;; waited++) {
    int status;
    pid_t stopped = waitpid(tid, &status, __WALL | WNOHANG);
    if (stopped < 0 && errno != EINTR) return -errno;
    if (stopped == tid) {
      if (!WIFSTOPPED(status)) return -ESRCH;
      // Without an event it is a signal's delivery that stopped: it must not be lost.
      *signal = status >> 16 ? 0 : WSTOPSIG(status);
      return 0;
    }
    if (waited >= timeout_ms) return -ETIMEDOUT;
    struct timespec millisecond = {.tv_nsec = 1000000};
    nanosleep(&millisecond, NULL);
  }
}

int clinux_ptrace_detach(pid_t tid, int signal) {
  return ptrace(PTRACE_DETACH, tid, 0, (long)signal) < 0 ? -errno : 0;
}

long clinux_seccomp_filter(pid_t tid, unsigned long index, void *instructions) {
  long count = ptrace(SECCOMP_GET_FILTER, tid, index, instructions);
  return count < 0 ? -errno : count;
}

int clinux_seccomp_filter_flags(pid_t tid, unsigned long index, uint64_t *flags) {
  struct metadata metadata = {.filter_off = index};
  if (ptrace(SECCOMP_GET_METADATA, tid, sizeof metadata, &metadata) < 0) return -errno;
  *flags = metadata.flags;
  return 0;
}
