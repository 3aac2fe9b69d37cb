#define _GNU_SOURCE
#include "clinux_futex.h"

#include <errno.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

// Neither call sets FUTEX_PRIVATE_FLAG: the word is shared between processes.

int clinux_futex_wait(const uint32_t *word, uint32_t expected, int64_t timeout_ns) {
  struct timespec timeout = {
      .tv_sec = timeout_ns / 1000000000,
      .tv_nsec = timeout_ns % 1000000000,
  };
  long result = syscall(SYS_futex, word, FUTEX_WAIT, expected, timeout_ns < 0 ? NULL : &timeout, NULL, 0);
  return result < 0 ? -errno : 0;
}

int clinux_futex_wake(const uint32_t *word, int count) {
  long result = syscall(SYS_futex, word, FUTEX_WAKE, count, NULL, NULL, 0);
  return result < 0 ? -errno : (int)result;
}
