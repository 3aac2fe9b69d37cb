// The end: nothing that was started or made outlives this process.
#pragma once

// Kill every descendant, run the plan's clean-up commands, remove control groups and the scratch directory.
void clean_up(void);
