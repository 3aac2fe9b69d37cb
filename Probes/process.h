/* What the probe's processes need of their own life: stacks, errors, an end. */
#pragma once

#include "abi/linux.h"
#include "abi/x86_64.h"

enum { STACK_SIZE = 65536 };

static inline _Noreturn void leave(int status) {
  system_call(NR_exit_group, status, 0, 0, 0, 0, 0);
  end_by_ud2();
}

static inline int is_error(long result) { return result < 0 && result > -4096; }

/* The top of a new stack, or NULL. */
static inline char *new_stack(void) {
  long base = system_call(
      NR_mmap, 0, STACK_SIZE, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS_POPULATE, -1, 0);
  return is_error(base) ? 0 : (char *)base + STACK_SIZE;
}

/* Kids die a lot: no cores of them. */
static inline void limit_cores(void) {
  uint64_t limit[2] = {0, 0};
  system_call(NR_setrlimit, RLIMIT_CORE, (long)limit, 0, 0, 0, 0);
}
