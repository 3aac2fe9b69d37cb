#include "kid/kid.h"

#include "memory.h"
#include "shield/shield.h"

char *kid_stack_top;

/* Also the place where the SIGSYS handler continues: all state is in shared memory. */
static void make_calls(void) {
  uint32_t count = header()->call_count;
  for (uint32_t i = header()->cursor; i < count; i++) {
    const struct probe_call *call = &calls()[i];
    long value = call->entry == PROBE_ENTRY_INT80 ? enter_int80(call) : enter_syscall(call);
    struct probe_result *result = &results()[i];
    result->value = (uint64_t)value;
    *(volatile uint32_t *)&result->state = PROBE_STATE_RETURNED;
    header()->cursor = i + 1;
  }
  end_by_ud2();
}

void kid_main(void) {
  if (!header()->suspended && install_stack()) end_by_ud2();
  header()->kid_started = 1;
  make_calls();
}

/* The parts of siginfo_t and ucontext_t on x86_64 that a seccomp SIGSYS fills (asm-generic/siginfo.h,
 * asm/sigcontext.h). */
enum {
  SIGINFO_ERRNO = 4,
  SIGINFO_CODE = 8,
  SIGINFO_CALL_ADDR = 16,
  SIGINFO_SYSCALL = 24,
  SIGINFO_ARCH = 28,
  UCONTEXT_RAX = 40 + 13 * 8, /* uc_mcontext, after r8-r15 rdi rsi rbp rbx rdx */
};

static void on_sigsys(int signal, const char *info, const char *context) {
  (void)signal;
  struct probe_trap *trap = &traps()[header()->cursor];
  trap->si_errno = *(const int32_t *)(info + SIGINFO_ERRNO);
  trap->si_code = *(const int32_t *)(info + SIGINFO_CODE);
  trap->si_call_addr = *(const uint64_t *)(info + SIGINFO_CALL_ADDR);
  trap->si_syscall = *(const int32_t *)(info + SIGINFO_SYSCALL);
  trap->si_arch = *(const uint32_t *)(info + SIGINFO_ARCH);
  record(PROBE_STATE_TRAPPED, *(const uint64_t *)(context + UCONTEXT_RAX));
  header()->cursor++;
  restart_on(kid_stack_top, make_calls);
}

void no_return_from_signal(void);

long catch_sigsys(void) {
  /* struct sigaction as rt_sigaction(2) takes it. */
  struct {
    void (*handler)(int, const char *, const char *);
    uint64_t flags;
    void (*restorer)(void);
    uint64_t mask;
  } action = {on_sigsys, SA_SIGINFO | SA_NODEFER | SA_RESTORER, no_return_from_signal, 0};
  return system_call(NR_rt_sigaction, SIGSYS, (long)&action, 0, sizeof action.mask, 0, 0);
}
