#include "contained/contained.h"

#include "kid/kid.h"
#include "memory.h"
#include "process.h"
#include "shield/shield.h"
#include "zygote/zygote.h"

static void set_up(void) {
  kid_stack_top = new_stack();
  if (!kid_stack_top) fail(PROBE_STAGE_START, -12 /* ENOMEM */);
  limit_cores();
  /* A shield may have to go on top, and live calls are made with nothing in hand. */
  long result = system_call(NR_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0, 0);
  if (!result) result = catch_sigsys();
  if (!result) result = system_call(NR_close_range, 0, 0xffffffffL, 0, 0, 0, 0);
  if (result) fail(PROBE_STAGE_START, result);
  header()->suspended = 1;
  header()->syscall_ip = (uint64_t)enter_syscall_ip;
  header()->int80_ip = (uint64_t)enter_int80_ip;
}

_Noreturn void contained_main(void) {
  uint32_t seen = header()->monitor_command;
  set_up();
  raise_done();
  for (;;) {
    await_change(&header()->monitor_command, seen);
    seen = header()->monitor_command;
    if (header()->operation == PROBE_COMMAND_QUIT) leave(0);
    header()->kills = 0;
    /* On top of what is on already, for good: a shield is asked for once. */
    if (!header()->stage) install_stack();
    if (!header()->stage) run_batch();
    raise_done();
  }
}
