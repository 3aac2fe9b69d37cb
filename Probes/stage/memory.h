/* The stage's memory, which stands at one address in the director and in every actor. */
#pragma once

#include "protocol/stage_protocol.h"
#include "stage/machine.h"

static inline volatile struct stage_header *header(void) {
  return (volatile struct stage_header *)STAGE_BASE;
}
static inline volatile struct stage_actor *actor(uint32_t index) {
  return (volatile struct stage_actor *)(STAGE_BASE + STAGE_OFFSET_ACTORS) + index;
}
static inline const struct stage_step *step(uint32_t index) {
  return (const struct stage_step *)(STAGE_BASE + STAGE_OFFSET_STEPS) + index;
}
static inline volatile struct stage_result *result(uint32_t index) {
  return (volatile struct stage_result *)(STAGE_BASE + STAGE_OFFSET_RESULTS) + index;
}
static inline volatile uint64_t *scratch(uint32_t offset) {
  return (volatile uint64_t *)(uintptr_t)(STAGE_BASE + STAGE_OFFSET_SCRATCH + offset);
}

/* 0, or -errno. */
static inline long map_memory(void) {
  long mapped = map_shared(STAGE_BASE, STAGE_MEMORY_SIZE, STAGE_MEMORY_FD);
  return mapped == STAGE_BASE ? 0 : mapped;
}

static inline uint32_t load(volatile uint32_t *word) { return __atomic_load_n(word, __ATOMIC_ACQUIRE); }
static inline void store(volatile uint32_t *word, uint32_t value) {
  __atomic_store_n(word, value, __ATOMIC_RELEASE);
}
