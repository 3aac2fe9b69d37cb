// Signals to the counter itself, and the clock.
#pragma once

#include <stdint.h>
#include <sys/types.h>

// Hand on from now on what is sent to us, and tick. 0, or -1 with errno.
int catch_signals(void);

// In the child: everything as we were started.
void restore_signals(void);

// Whom signals are handed on to. 0: to nobody any more, and one that would be is noted.
void hand_on_to(pid_t process);

// Whether a signal had nobody to be handed on to.
int is_interrupted(void);

// Whether time has passed since the last question: a few times a second.
int has_ticked(void);
