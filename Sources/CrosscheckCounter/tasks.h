// The processes and threads that we trace.
#pragma once

#include <sys/types.h>

// Know `id`, one that waitpid(2) has just named: any other may be gone and its number another's.
void know_task(pid_t id);

// It has ended, or has another number now.
void forget_task(pid_t id);

// Send `signal` to every process known, once, however many threads it has. None of them has been waited for, so each
// number is still its own.
void signal_processes(int signal);
