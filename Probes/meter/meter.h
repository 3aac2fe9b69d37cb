/* The meter's parts. Times are ticks of the time stamp counter. */
#pragma once

#include "abi/linux.h"
#include "abi/x86_64.h"
#include "process.h"
#include "protocol/meter_protocol.h"

extern char *meter_memory;

static inline volatile struct meter_header *meter(void) {
  return (volatile struct meter_header *)meter_memory;
}
static inline const struct meter_filter *meter_filters(void) {
  return (const struct meter_filter *)(meter_memory + METER_OFFSET_FILTERS);
}
static inline uint64_t *meter_installations(void) {
  return (uint64_t *)(meter_memory + METER_OFFSET_INSTALLATIONS);
}
static inline uint64_t *meter_blocks(void) { return (uint64_t *)(meter_memory + METER_OFFSET_BLOCKS); }
static inline uint64_t *meter_paces(void) { return (uint64_t *)(meter_memory + METER_OFFSET_PACES); }
static inline uint64_t *meter_installation_paces(void) {
  return (uint64_t *)(meter_memory + METER_OFFSET_INSTALLATION_PACES);
}
static inline uint32_t *meter_latencies(void) {
  return (uint32_t *)(meter_memory + METER_OFFSET_LATENCIES);
}

/* The registers of the measured call, as loops.S reads them. */
struct meter_call {
  uint64_t rax;
  uint64_t args[6];
};

/* `count` calls in a row, all with the same registers; what the last one returned. Not inlined and aligned, so that the
 * loop is the same for every filter. */
long repeat_syscall(const struct meter_call *call, uint64_t count);
long repeat_int80(const struct meter_call *call, uint64_t count);
long repeat_nothing(const struct meter_call *call, uint64_t count);

/* Each call alone: its ticks into `latencies`. */
void time_each_syscall(const struct meter_call *call, uint64_t count, uint32_t *latencies);
void time_each_int80(const struct meter_call *call, uint64_t count, uint32_t *latencies);
void time_each_nothing(const struct meter_call *call, uint64_t count, uint32_t *latencies);

void return_from_signal(void);

/* Everything before it is done, nothing behind it has begun. */
static inline uint64_t ticks(void) {
  uint32_t low, high;
  __asm__ volatile("lfence\n\trdtsc\n\tlfence" : "=a"(low), "=d"(high) : : "memory");
  return (uint64_t)high << 32 | low;
}

/* Records what failed and ends. */
_Noreturn void fail(uint32_t stage, long result);

/* Has the calling process run on one processor only; a negative one means any. */
long stay_on(int32_t processor);

/* See METER_PACE_TURNS. */
uint64_t pace(void);

void time_calls(void);
void time_latencies(void);
void time_deaths(void);

/* Before the filters: a second process that will answer. After them: the descriptor to answer at. */
void start_listener(void);
void begin_to_listen(long descriptor);
