// The command.
#pragma once

#include <sys/types.h>

// Start it, traced from before its exec. Its id, or -1 with the failure reported.
pid_t start_command(const char *path, char *const words[], long trace_options);

// The errno of an exec that failed; 0: none did.
int exec_error(void);
