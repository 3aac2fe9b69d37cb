// What is shared with the driver.
#pragma once

#include "clinux_counter.h"

extern struct clinux_counter_header *header;

// Map it. 0, or -errno; -EPROTO when it is no driver's.
int open_memory(void);

// Note what this program failed in, and the errno (0: none applies). The first failure counts.
void report_failure(int error, const char *what);

// Count one call. `arguments` are six full registers.
void count_call(uint32_t architecture, uint32_t number, const uint64_t arguments[6]);
