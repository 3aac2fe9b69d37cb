/* The shared memory's areas and the futex words in it. */
#pragma once

#include "abi/linux.h"
#include "abi/x86_64.h"
#include "protocol/probe_protocol.h"

/* Mapped by the monitor; zygote and kids share its address space. */
extern char *shared_memory;

static inline volatile struct probe_header *header(void) {
  return (volatile struct probe_header *)shared_memory;
}
static inline const struct probe_filter *filters(void) {
  return (const struct probe_filter *)(shared_memory + PROBE_OFFSET_FILTERS);
}
static inline const struct probe_instruction *instructions(void) {
  return (const struct probe_instruction *)(shared_memory + PROBE_OFFSET_INSTRUCTIONS);
}
static inline const struct probe_call *calls(void) {
  return (const struct probe_call *)(shared_memory + PROBE_OFFSET_CALLS);
}
static inline struct probe_result *results(void) {
  return (struct probe_result *)(shared_memory + PROBE_OFFSET_RESULTS);
}
static inline struct probe_trap *traps(void) {
  return (struct probe_trap *)(shared_memory + PROBE_OFFSET_TRAPS);
}

/* Sleep until `*word` is no longer `seen`. */
static inline void await_change(volatile uint32_t *word, uint32_t seen) {
  while (__atomic_load_n(word, __ATOMIC_ACQUIRE) == seen)
    system_call(NR_futex, (long)word, FUTEX_WAIT, (long)seen, 0, 0, 0);
}

/* Store `value` and wake the one who waits. */
static inline void raise_word(volatile uint32_t *word, uint32_t value) {
  __atomic_store_n(word, value, __ATOMIC_RELEASE);
  system_call(NR_futex, (long)word, FUTEX_WAKE, 1, 0, 0, 0);
}

/* The task is finished: hand the memory back to the driver. */
static inline void raise_done(void) {
  raise_word(&header()->done, header()->done + 1);
}

/* Record a failure; the first one counts. */
static inline void fail(uint32_t stage, long result) {
  if (header()->stage) return;
  header()->error = (int32_t)-result;
  header()->stage = stage;
}

/* Record what became of the call under the cursor. */
static inline void record(uint32_t state, uint64_t value) {
  struct probe_result *result = &results()[header()->cursor];
  result->value = value;
  *(volatile uint32_t *)&result->state = state;
}
