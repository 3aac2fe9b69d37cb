// Hardware counters of another process, perf_event_open(2).
#pragma once

#include <stdint.h>
#include <sys/types.h>

enum clinux_perf_counter {
  CLINUX_PERF_INSTRUCTIONS = 1,
  CLINUX_PERF_CYCLES = 2,
  // Of the kernel's own counting, which needs no hardware: times that the process lost the processor.
  CLINUX_PERF_CONTEXT_SWITCHES = 3,
};

// Counts what `pid` does from now on, in user space and in the kernel, not in the hypervisor. A descriptor, or -errno:
// -ENOENT where the machine has no such counter, -EACCES where /proc/sys/kernel/perf_event_paranoid forbids it.
int clinux_perf_open(pid_t pid, enum clinux_perf_counter counter);

// The count so far in *count. 0, -EAGAIN when the counter did not run all the time, or -errno.
int clinux_perf_read(int descriptor, uint64_t *count);
