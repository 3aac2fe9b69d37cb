/* Putting filters on: the shield first (oldest), then the tested stack, oldest first. */
#pragma once

/* Installs all that the header describes for the calling task. Returns 0, or -1 with the failure recorded. */
int install_stack(void);
