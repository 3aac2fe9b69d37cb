#include "clinux_clock.h"

#include <time.h>

#if !defined(__x86_64__)
#error "The time stamp counter is read on x86_64 only."
#endif

enum { READINGS = 16 };

static uint64_t ticks(void) {
  uint32_t low, high;
  __asm__ volatile("lfence\n\trdtsc\n\tlfence" : "=a"(low), "=d"(high) : : "memory");
  return (uint64_t)high << 32 | low;
}

struct clinux_clock_pair clinux_clock_pair(void) {
  struct clinux_clock_pair best = {0, 0};
  uint64_t shortest = UINT64_MAX;
  for (int i = 0; i < READINGS; i++) {
    struct timespec time;
    uint64_t begin = ticks();
    clock_gettime(CLOCK_MONOTONIC_RAW, &time);
    uint64_t taken = ticks() - begin;
    if (taken >= shortest) continue;
    shortest = taken;
    best.ticks = begin + taken / 2;
    best.nanoseconds = (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
  }
  return best;
}
