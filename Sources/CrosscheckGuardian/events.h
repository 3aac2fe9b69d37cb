// What this process waits for: its children's changes, the driver's end, the runtime's output, and time.
#pragma once

#include <stdint.h>

// 0, or -1 with the failure reported.
int open_events(void);

// Sleep until something happens, at most until `until` (nanoseconds of CLOCK_MONOTONIC). Output is taken in.
void await_event(int64_t until);

// Whether the driver has ended, or wants the run to end.
int driver_is_done(void);

// The write ends that a command gets as standard output and error.
extern int output_end, errors_end;
