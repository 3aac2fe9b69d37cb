#define _GNU_SOURCE
#include "clinux_perf.h"

#include <errno.h>
#include <linux/perf_event.h>
#include <sys/syscall.h>
#include <unistd.h>

int clinux_perf_open(pid_t pid, enum clinux_perf_counter counter) {
  struct perf_event_attr attributes = {
      .type = PERF_TYPE_HARDWARE,
      .size = sizeof attributes,
      .read_format = PERF_FORMAT_TOTAL_TIME_ENABLED | PERF_FORMAT_TOTAL_TIME_RUNNING,
      .exclude_hv = 1,
  };
  switch (counter) {
    case CLINUX_PERF_INSTRUCTIONS: attributes.config = PERF_COUNT_HW_INSTRUCTIONS; break;
    case CLINUX_PERF_CYCLES: attributes.config = PERF_COUNT_HW_CPU_CYCLES; break;
    case CLINUX_PERF_CONTEXT_SWITCHES:
      attributes.type = PERF_TYPE_SOFTWARE;
      attributes.config = PERF_COUNT_SW_CONTEXT_SWITCHES;
      break;
    default: return -EINVAL;
  }
  int descriptor = (int)syscall(SYS_perf_event_open, &attributes, pid, -1, -1, PERF_FLAG_FD_CLOEXEC);
  return descriptor < 0 ? -errno : descriptor;
}

int clinux_perf_read(int descriptor, uint64_t *count) {
  struct {
    uint64_t value, enabled, running;
  } reading;
  ssize_t size = read(descriptor, &reading, sizeof reading);
  if (size < 0) return -errno;
  if ((size_t)size != sizeof reading) return -EIO;
  if (reading.enabled != reading.running) return -EAGAIN; // multiplexed with others' counters
  *count = reading.value;
  return 0;
}
