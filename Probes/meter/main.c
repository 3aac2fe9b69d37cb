/* A meter: put filters on, time one thing, end. What it times is in the memory that the driver shares. */

#include "lifeline.h"
#include "meter/meter.h"

enum {
  NR_setpriority = 141,
  NR_sched_setaffinity = 203,
  HIGHEST_PRIORITY = -20,
};

char *meter_memory;

/* How every meter ends, after success too: no filter can forbid it. */
static _Noreturn void end(void) {
  __atomic_thread_fence(__ATOMIC_SEQ_CST);
  end_by_ud2();
}

_Noreturn void fail(uint32_t stage, long result) {
  if (!meter()->stage) {
    meter()->error = (int32_t)-result;
    meter()->stage = stage;
  }
  end();
}

long stay_on(int32_t processor) {
  uint64_t mask[16] = {0};
  if (processor < 0) return 0;
  if (processor >= 64 * 16) return -22 /* EINVAL */;
  mask[processor / 64] = 1ull << (processor % 64);
  return system_call(NR_sched_setaffinity, 0, sizeof mask, (long)mask, 0, 0, 0);
}

static void count_trap(int signal) {
  (void)signal;
  meter()->traps++;
}

static long handle_sigsys(void) {
  struct {
    void (*handler)(int);
    unsigned long flags;
    void (*restorer)(void);
    uint64_t mask;
  } action = {count_trap, SA_RESTORER, return_from_signal, 0};
  return system_call(NR_rt_sigaction, SIGSYS, (long)&action, 0, sizeof action.mask, 0, 0);
}

static void await_go(uint32_t value) {
  uint32_t seen;
  while ((seen = __atomic_load_n(&meter()->go, __ATOMIC_ACQUIRE)) < value)
    system_call(NR_futex, (long)&meter()->go, FUTEX_WAIT, (long)seen, 0, 0, 0);
}

static void install(void) {
  for (uint32_t i = 0; i < meter()->filter_count; i++) {
    struct meter_filter filter = meter_filters()[i];
    struct {
      uint16_t length;
      const char *instructions;
    } program = {(uint16_t)filter.length, meter_memory + METER_OFFSET_INSTRUCTIONS + 8ul * filter.first};
    meter_installation_paces()[i] = pace();
    uint64_t begin = ticks();
    long result = gate_install(filter.flags, &program);
    meter_installations()[i] = ticks() - begin;
    meter()->installed = i;
    if (is_error(result)) fail(METER_STAGE_FILTER, result);
    if (meter()->listener && i + 1 == meter()->filter_count) begin_to_listen(result);
  }
  meter_installation_paces()[meter()->filter_count] = pace();
}

static void set_up(void) {
  limit_cores();
  long result = system_call(NR_prctl, PR_SET_DUMPABLE, 0, 0, 0, 0, 0);
  if (!result) result = system_call(NR_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0, 0);
  if (!result) result = arm_lifeline(METER_LIFELINE_FD);
  if (!result) result = handle_sigsys();
  if (is_error(result)) fail(METER_STAGE_START, result);
  /* Less disturbed where it is allowed; the same for all that is compared. */
  system_call(NR_setpriority, 0, 0, HIGHEST_PRIORITY, 0, 0, 0);
  if (meter()->listener) start_listener();
  result = stay_on(meter()->processor);
  if (is_error(result)) fail(METER_STAGE_PROCESSOR, result);
}

_Noreturn void meter_main(void) {
  long mapped = system_call(
      NR_mmap, 0, METER_MEMORY_SIZE, PROT_READ_WRITE, MAP_SHARED, METER_MEMORY_FD, 0);
  if (is_error(mapped)) end_by_ud2();
  meter_memory = (char *)mapped;
  if (meter()->version != METER_PROTOCOL_VERSION) fail(METER_STAGE_START, -71 /* EPROTO */);
  set_up();
  if (meter()->waits) await_go(1);
  /* The pages that the times go to: no fault while the clock runs. */
  for (uint32_t i = 0; i < meter()->block_count; i++) meter_blocks()[i] = 0;
  for (uint32_t i = 0; i < meter()->latency_count; i++) meter_latencies()[i] = 0;
  for (uint32_t i = 0; i < meter()->filter_count; i++) meter_installations()[i] = 0;
  for (uint32_t i = 0; i <= meter()->block_count; i++) meter_paces()[i] = 0;
  for (uint32_t i = 0; i <= meter()->filter_count; i++) meter_installation_paces()[i] = 0;
  install();
  switch (meter()->kind) {
    case METER_KIND_CALLS: time_calls(); break;
    case METER_KIND_LATENCIES: time_latencies(); break;
    case METER_KIND_DEATHS: time_deaths(); break;
    case METER_KIND_HOLD: break;
  }
  __atomic_store_n(&meter()->done, 1, __ATOMIC_RELEASE);
  if (meter()->kind == METER_KIND_HOLD) {
    system_call(NR_futex, (long)&meter()->done, FUTEX_WAKE, 1, 0, 0, 0);
    await_go(2);
  }
  end();
}
