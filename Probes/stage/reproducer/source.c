/* Everything of the stage in one text: the beginning of a stand-alone program that plays one script. */
#define STAGE_REPRODUCER 1

#include "stage/actor.c"
#include "stage/signals.c"
#ifdef __x86_64__
#include "stage/director/director.c"
#include "stage/director/tasks.c"
#include "stage/reproducer/reproduce.c"
#endif
#include "stage/main.c"
