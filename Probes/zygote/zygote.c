#include "zygote/zygote.h"

#include "kid/kid.h"
#include "memory.h"
#include "shield/shield.h"

volatile uint32_t zygote_may_start;

/* The kernel's overflow ids: nobody on every distribution. */
enum { NOBODY = 65534 };

/* Live calls are made with nothing in hand: no descriptor, no privilege. */
static long become_nobody(void) {
  long result = system_call(NR_close_range, 0, 0xffffffffL, 0, 0, 0, 0);
  if (!result) result = system_call(NR_setgroups, 0, 0, 0, 0, 0, 0);
  if (!result) result = system_call(NR_setresgid, NOBODY, NOBODY, NOBODY, 0, 0, 0);
  if (!result) result = system_call(NR_setresuid, NOBODY, NOBODY, NOBODY, 0, 0, 0);
  return result;
}

/* One kid, from the cursor until it dies. Its wait status, or -errno when there is none. */
static long run_kid(void) {
  int status = 0;
  header()->kid_started = 0;
  /* Exit signal 0: a SIGCHLD to a traced zygote would be a stop per kid. */
  long kid = clone_onto(
      CLONE_VM | CLONE_VFORK | CLONE_FILES | CLONE_FS | CLONE_SYSVSEM, kid_stack_top, kid_main);
  if (kid < 0) return kid;
  long waited = system_call(NR_wait4, kid, (long)&status, WALL, 0, 0, 0);
  return waited == kid ? status : waited;
}

void run_batch(void) {
  while (header()->cursor < header()->call_count && !header()->stage) {
    long status = run_kid();
    if (status < 0) {
      fail(PROBE_STAGE_CLONE, status);
      return;
    }
    if (header()->stage || header()->cursor >= header()->call_count) return;
    if (!header()->kid_started) { /* died before its first call: not the call's doing */
      fail(PROBE_STAGE_CLONE, -status);
      return;
    }
    record(PROBE_STATE_DIED, (uint64_t)status);
    header()->kills++;
    header()->cursor++;
  }
}

/* Does the stack go on at all? In the fallback only a kid can tell. */
static void try_stack(void) {
  if (header()->suspended) {
    install_stack();
    return;
  }
  uint32_t count = header()->call_count;
  header()->call_count = 0;
  long status = run_kid();
  if (status < 0) fail(PROBE_STAGE_CLONE, status);
  header()->call_count = count;
}

void zygote_main(void) {
  await_change(&zygote_may_start, 0);
  if (header()->options & PROBE_OPTION_LIVE) {
    long result = become_nobody();
    if (result) fail(PROBE_STAGE_LIVE, result);
  }
  uint32_t seen = header()->zygote_command;
  if (!header()->stage) try_stack();
  if (!header()->stage) run_batch();
  if (header()->trace_active) end_by_ud2(); /* the monitor sees this end and reports */
  for (;;) {
    raise_done();
    await_change(&header()->zygote_command, seen);
    seen = header()->zygote_command;
    run_batch();
  }
}
