/* The monitor: the process that the driver starts. It sets the probe up, keeps one zygote under the stack that the
 * driver asked for, and traces kids when the shield is TRACE. It is never filtered itself. */

#include "contained/contained.h"
#include "kid/kid.h"
#include "lifeline.h"
#include "memory.h"
#include "monitor/live.h"
#include "monitor/trace.h"
#include "process.h"
#include "zygote/zygote.h"

char *shared_memory;

static char *zygote_stack_top;
static long zygote_pid;

/* No cores, and with privilege no dumpable memory either, which makes each death cheaper. Without
 * privilege dumpable must stay, or the monitor could not trace its own zygote. */
static void forbid_cores(void) {
  limit_cores();
  if (system_call(NR_geteuid, 0, 0, 0, 0, 0, 0) == 0)
    system_call(NR_prctl, PR_SET_DUMPABLE, 0, 0, 0, 0, 0);
}

static void set_up(void) {
  kid_stack_top = new_stack();
  zygote_stack_top = new_stack();
  if (!kid_stack_top || !zygote_stack_top) fail(PROBE_STAGE_START, -12 /* ENOMEM */);
  forbid_cores();
  long result = system_call(NR_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0, 0);
  if (!result) result = catch_sigsys();
  if (!result) result = arm_lifeline(PROBE_LIFELINE_FD);
  if (result) fail(PROBE_STAGE_START, result);
  if (header()->options & PROBE_OPTION_LIVE) {
    result = enter_live_namespaces();
    if (result) fail(PROBE_STAGE_LIVE, result);
  }
  header()->syscall_ip = (uint64_t)enter_syscall_ip;
  header()->int80_ip = (uint64_t)enter_int80_ip;
}

static void end_zygote(void) {
  if (zygote_pid <= 0) return;
  system_call(NR_kill, zygote_pid, SIGKILL, 0, 0, 0, 0);
  system_call(NR_wait4, zygote_pid, 0, WALL, 0, 0, 0);
  zygote_pid = 0;
}

/* Seizes the zygote with what this kernel and our privilege allow. */
static void seize_zygote(void) {
  long options = PTRACE_O_EXITKILL;
  if (header()->trace_active) options |= PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE;
  long result = -EPERM;
  if (!(header()->options & PROBE_OPTION_NO_SUSPEND)) {
    result = system_call(
        NR_ptrace, PTRACE_SEIZE, zygote_pid, 0, options | PTRACE_O_SUSPEND_SECCOMP, 0, 0);
  }
  header()->suspended = result == 0;
  header()->suspend_error = (int32_t)-result;
  if (result == 0) return;
  /* EPERM: no privilege; EINVAL: a kernel without CONFIG_CHECKPOINT_RESTORE. Only the TRACE shield needs a tracer
   * then. */
  if (!header()->trace_active) return;
  result = system_call(NR_ptrace, PTRACE_SEIZE, zygote_pid, 0, options, 0, 0);
  if (result) fail(PROBE_STAGE_SEIZE, result);
}

static void install(void) {
  end_zygote();
  header()->stage = 0;
  header()->error = 0;
  header()->kills = 0;
  header()->trace_active = header()->shield == PROBE_SHIELD_TRACE;
  zygote_may_start = 0;
  unsigned long flags = CLONE_VM | CLONE_FS;
  if (!(header()->options & PROBE_OPTION_LIVE)) flags |= CLONE_FILES;
  zygote_pid = clone_onto(flags, zygote_stack_top, zygote_main);
  if (zygote_pid < 0) {
    fail(PROBE_STAGE_CLONE, zygote_pid);
    raise_done();
    return;
  }
  header()->zygote_pid = (int32_t)zygote_pid;
  seize_zygote();
  raise_word(&zygote_may_start, 1);
  if (!header()->trace_active) return; /* the zygote itself reports */
  trace_batch(zygote_pid);
  zygote_pid = 0;
  raise_done();
}

_Noreturn void monitor_main(void) {
  long memory = system_call(
      NR_mmap, 0, PROBE_MEMORY_SIZE, PROT_READ_WRITE, MAP_SHARED, PROBE_MEMORY_FD, 0);
  if (is_error(memory)) leave(1);
  shared_memory = (char *)memory;
  if (header()->version != PROBE_PROTOCOL_VERSION) leave(2);
  if (header()->options & PROBE_OPTION_CONTAINED) contained_main();
  uint32_t seen = header()->monitor_command;
  set_up();
  raise_done();
  for (;;) {
    await_change(&header()->monitor_command, seen);
    seen = header()->monitor_command;
    if (header()->operation == PROBE_COMMAND_QUIT) break;
    install();
  }
  end_zygote();
  leave(0);
}
