/* One program in two builds: the director, which the driver starts, and an actor, which became this program by execve. */

#include "stage/actor.h"
#include "stage/memory.h"

#ifdef __x86_64__
#include "stage/director/director.h"
#ifdef STAGE_REPRODUCER
static _Noreturn void reproduce(void);
#endif
#else
enum { AT_SYSINFO = 32 }; /* linux/auxvec.h */

/* Behind the arguments and the environment stands the auxiliary vector. */
static void find_sysinfo(unsigned long *words) {
  while (*words) words++;
  words++;
  while (*words) words++;
  for (words++; words[0]; words += 2)
    if (words[0] == AT_SYSINFO) sysinfo = (void *)words[1];
}
#endif

/* `stack`: argc, argv, NULL, the environment, NULL, the auxiliary vector. */
_Noreturn void stage_main(unsigned long *stack) {
  unsigned long count = stack[0];
  char **words = (char **)(stack + 1);
#ifdef __x86_64__
#ifdef STAGE_REPRODUCER
  if (count < 2) reproduce();
#endif
  if (map_memory()) end_by_ud2();
  if (count < 2) direct();
#else
  if (map_memory()) end_by_ud2();
  find_sysinfo(stack + 1);
#endif
  uint32_t index = count < 2 ? STAGE_MAX_ACTORS : (uint32_t)(words[1][0] - 'A');
  if (index >= STAGE_MAX_ACTORS) end_by_ud2();
  restart_on(stack_top(index), act);
}
