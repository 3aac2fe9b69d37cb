#include "stage/signals.h"

#include "stage/actor.h"
#include "stage/memory.h"

enum { SYS_SECCOMP = 1 }; /* si_code, asm-generic/siginfo.h */

/* Right after the instruction by which tested calls enter: whatever the build, that is told as 0. */
static uint64_t call_site(unsigned long address) {
  if (address == (unsigned long)enter_int80_ip) return 0;
#ifdef __x86_64__
  if (address == (unsigned long)enter_syscall_ip) return 0;
#endif
  return address;
}

static void write_down(volatile struct stage_actor *me, const char *info, const char *context) {
  volatile struct stage_result *it = result(me->position);
  it->trapped++;
  it->si_errno = *(const int32_t *)(info + INFO_ERRNO);
  it->si_code = *(const int32_t *)(info + INFO_CODE);
  it->si_syscall = *(const int32_t *)(info + INFO_SYSCALL);
  it->si_arch = *(const uint32_t *)(info + INFO_ARCH);
  it->si_call_addr = call_site(*(const unsigned long *)(info + INFO_CALL_ADDR));
  it->trap_rax = *(const unsigned long *)(context + CONTEXT_RAX);
}

/* Signals whose handler leaves by a jump, a bit each: of the process, as dispositions are. */
static uint64_t escapes;

static void on_signal(int signal, const char *info, const char *context) {
  volatile struct stage_actor *me = actor(self());
  int is_verdict = signal == SIGSYS && *(const int32_t *)(info + INFO_CODE) == SYS_SECCOMP;
  if (!is_verdict) me->signals++;
  if (is_verdict && me->in_call) write_down(me, info, context);
  if (!(escapes >> signal & 1)) return;
  if (me->in_call) {
    store(&me->in_call, 0);
    result(me->position)->signals = me->signals;
    me->signals = 0;
    store(&result(me->position)->state, STAGE_STATE_TRAPPED);
    store(&me->position, me->position + 1);
  }
  restart_on(stack_top(self()), act);
}

long set_disposition(uint32_t signal, uint32_t disposition, uint32_t flags) {
  switch (disposition) {
  case STAGE_DISPOSITION_DEFAULT: return set_action((int)signal, (void *)0, 0);
  case STAGE_DISPOSITION_IGNORE: return set_action((int)signal, (void *)1, 0);
  default:
    escapes &= ~(1ull << signal);
    if (disposition == STAGE_DISPOSITION_ESCAPE) escapes |= 1ull << signal;
    return set_action((int)signal, (void *)on_signal, SA_SIGINFO | flags);
  }
}
