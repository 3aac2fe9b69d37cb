// Control groups of both versions, in every hierarchy that is mounted.
#pragma once

// Remove those that the plan names, those below them first. What remains is reported.
void remove_cgroups(void);

// Remove those of drivers that have ended: empty ones named crosscheck-PID-NUMBER, where there is no such process.
void sweep_cgroups(void);
