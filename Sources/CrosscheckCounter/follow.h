// Following the command and everything that it starts.
#pragma once

#include <sys/types.h>

// The options that tasks are traced with.
long trace_options(void);

// Count the calls of `command` and of all that it starts, until the last of them has ended.
void follow(pid_t command);
