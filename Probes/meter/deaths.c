/* Children, each from clone to wait4: what a killing verdict costs beside other ends. */

#include "meter/meter.h"

static void die(void) {
  switch (meter()->death) {
    case METER_DEATH_CALL: {
      struct meter_call call = {meter()->rax, {0}};
      for (int i = 0; i < 6; i++) call.args[i] = meter()->args[i];
      if (meter()->entry == METER_ENTRY_INT80) repeat_int80(&call, 1);
      else repeat_syscall(&call, 1);
      break;
    }
    case METER_DEATH_EXIT: leave(0);
  }
  end_by_ud2();
}

/* The flags that copy the least, so that the end weighs the most. */
enum { CHILD_FLAGS = CLONE_VM | CLONE_VFORK | CLONE_FILES | CLONE_FS | CLONE_SYSVSEM };

static int one_child(char *stack) {
  long child = clone_onto(CHILD_FLAGS, stack, die);
  int status = 0;
  if (is_error(child)) fail(METER_STAGE_CHILD, child);
  long result = system_call(NR_wait4, child, (long)&status, WALL, 0, 0, 0);
  if (result != child) fail(METER_STAGE_CHILD, result);
  return status;
}

void time_deaths(void) {
  char *stack = new_stack();
  if (!stack) fail(METER_STAGE_CHILD, -12 /* ENOMEM */);
  meter()->result = (uint64_t)one_child(stack);
  for (uint32_t i = 0; i < meter()->block_count; i++) {
    meter_paces()[i] = pace();
    uint64_t begin = ticks();
    for (uint32_t k = 0; k < meter()->calls_per_block; k++)
      meter()->last_result = (uint64_t)one_child(stack);
    meter_blocks()[i] = ticks() - begin;
  }
  meter_paces()[meter()->block_count] = pace();
}
