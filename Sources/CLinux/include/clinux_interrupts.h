// The terminal's interrupt and quit keys while another program has the terminal, as system(3) treats them.
#pragma once

#include <signal.h>

// Ignore SIGINT and SIGQUIT in this process. Several may do so at a time; each call is to be undone by one of the
// other.
void clinux_hold_interrupts(void);

// Treat them as before the first of the calls that are not undone.
void clinux_release_interrupts(void);

// Add to *signals those that are ignored only because they are held: a child has them at their defaults.
void clinux_released_interrupts(sigset_t *signals);
