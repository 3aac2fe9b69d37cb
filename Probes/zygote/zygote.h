/* The zygote holds the filters and clones kids that inherit them. Seized with PTRACE_O_SUSPEND_SECCOMP it is itself
 * exempt, so that one installation serves any number of killed kids; without that privilege it stays unfiltered
 * and every kid installs the stack for itself. */
#pragma once

#include <stdint.h>

/* Where a cloned zygote starts. */
void zygote_main(void);

/* Raised to 1 by the monitor when it has seized the zygote. */
extern volatile uint32_t zygote_may_start;

/* All calls of the batch, by as many kids as it takes; each death is recorded for the call that caused it. */
void run_batch(void);
