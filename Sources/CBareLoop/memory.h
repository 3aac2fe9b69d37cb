/* The driver's memory, in the layout that the probe uses: both make the same calls under the same filters. Only
 * results are written; the header belongs to the probe. */
#pragma once

#include "../../Probes/protocol/probe_protocol.h"

extern char *shared_memory;

static inline const struct probe_header *header(void) {
  return (const struct probe_header *)shared_memory;
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
