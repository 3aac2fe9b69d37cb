// The run itself: the plan's commands, from the first to the end of the last.
#pragma once

// Its ending is in the report.
void run(void);
