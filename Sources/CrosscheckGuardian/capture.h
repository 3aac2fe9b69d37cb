// What is read from a stopped task: the filter that it is about to install, and those that bind it.
#pragma once

#include <stdint.h>

#include "tasks.h"

// At a stop where a system call begins or ends.
void look_at_call(struct task *task);

// At an exec: whether the program is the payload. Then what binds it is reported, and it is released.
// 1 when it is.
int look_at_exec(struct task *task);

// When the last installation came to its end, in nanoseconds of CLOCK_MONOTONIC; 0: there was none.
int64_t last_installation_time(void);

// Remember which file the payload is. 0, or -1 with the failure reported.
int know_payload(void);
