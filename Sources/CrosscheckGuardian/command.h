// Starting one command of the plan, traced from its first instruction.
#pragma once

#include <sys/types.h>

#include "plan.h"

// Start it and watch it. Its process id, or -1 with the failure reported.
pid_t start_command(const struct item *item);

// When the command that was started last has ended: whether its program could not be executed at all, which
// is reported then.
int was_not_executed(void);
