// Where the runtime finds what it needs: a mount namespace of our own, and the bundle in it. The namespace's end
// takes all of it away, however this process ends.
#pragma once

// Make it as the plan says. 0, or -1 with the failure reported.
int make_place(void);

// Remove the scratch directory itself.
void remove_scratch(void);
