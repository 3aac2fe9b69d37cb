/* Calls, in blocks and one by one. */

#include "meter/meter.h"

/* Calls before the first block: caches, branch predictors and the kernel's own lazy work are warm then. */
enum { WARM_UP_SHARE = 4 };

static struct meter_call measured(void) {
  struct meter_call call = {meter()->rax, {0}};
  for (int i = 0; i < 6; i++) call.args[i] = meter()->args[i];
  return call;
}

typedef long (*repeater)(const struct meter_call *, uint64_t);

static repeater repeater_of(uint32_t entry) {
  switch (entry) {
    case METER_ENTRY_SYSCALL: return repeat_syscall;
    case METER_ENTRY_INT80: return repeat_int80;
    default: return repeat_nothing;
  }
}

uint64_t pace(void) {
  static const struct meter_call nothing;
  uint64_t begin = ticks();
  repeat_nothing(&nothing, METER_PACE_TURNS);
  return ticks() - begin;
}

void time_calls(void) {
  struct meter_call call = measured();
  repeater repeat = repeater_of(meter()->entry);
  uint64_t count = meter()->calls_per_block;
  uint32_t blocks = meter()->block_count;
  meter()->result = (uint64_t)repeat(&call, 1);
  repeat(&call, count / WARM_UP_SHARE + 1);
  long last = 0;
  for (uint32_t i = 0; i < blocks; i++) {
    meter_paces()[i] = pace();
    uint64_t begin = ticks();
    last = repeat(&call, count);
    meter_blocks()[i] = ticks() - begin;
  }
  meter_paces()[blocks] = pace();
  meter()->last_result = (uint64_t)last;
}

void time_latencies(void) {
  struct meter_call call = measured();
  uint32_t count = meter()->latency_count;
  repeater repeat = repeater_of(meter()->entry);
  meter()->result = (uint64_t)repeat(&call, 1);
  repeat(&call, count / WARM_UP_SHARE + 1);
  switch (meter()->entry) {
    case METER_ENTRY_SYSCALL: time_each_syscall(&call, count, meter_latencies()); break;
    case METER_ENTRY_INT80: time_each_int80(&call, count, meter_latencies()); break;
    default: time_each_nothing(&call, count, meter_latencies()); break;
  }
  meter()->last_result = (uint64_t)repeat(&call, 1);
}
