// Clocks that a measurement is made with.
#pragma once

#include <stdint.h>

// The time stamp counter and CLOCK_MONOTONIC_RAW (nanoseconds), read as one: of several readings the one that was taken in
// the least time. CLOCK_MONOTONIC_RAW is not slewed.
struct clinux_clock_pair {
  uint64_t ticks;
  int64_t nanoseconds;
};
struct clinux_clock_pair clinux_clock_pair(void);
