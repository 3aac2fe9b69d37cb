/* System calls of i386 Linux without a C library.
 *
 *   entry        number  arguments                  result  clobbered
 *   int $0x80    eax     ebx ecx edx esi edi ebp    eax     eax only
 *   signal       -       on the stack               -       handler enters with signal, info, context above its return
 *
 * Errors come back as -4095..-1. */
#pragma once

#include <stddef.h>
#include <stdint.h>

enum {
  STAGE_BUILD = 1,

  /* asm/unistd_32.h */
  NR_exit = 1,
  NR_execve = 11,
  NR_clone = 120,
  NR_rt_sigreturn = 173,
  NR_rt_sigaction = 174,
  NR_rt_sigprocmask = 175,
  NR_mmap2 = 192,
  NR_futex = 240,

  /* asm-generic/mman.h */
  PROT_READ_WRITE = 3,
  MAP_SHARED = 1,
  MAP_FIXED_NOREPLACE = 0x100000,

  /* linux/futex.h */
  FUTEX_WAIT = 0,
  FUTEX_WAKE = 1,

  /* asm/signal.h */
  SIGSYS = 31,
  SA_SIGINFO = 0x4,
  SA_RESTORER = 0x04000000,

  /* asm-generic/siginfo.h and asm/sigcontext.h of 32-bit callers */
  INFO_ERRNO = 4,
  INFO_CODE = 8,
  INFO_CALL_ADDR = 12,
  INFO_SYSCALL = 16,
  INFO_ARCH = 20,
  CONTEXT_RAX = 20 + 11 * 4, /* uc_mcontext, after gs fs es ds edi esi ebp esp ebx edx ecx */
};

/* Six arguments need ebp, which the compiler keeps for itself: entry_i386.S. */
long system_call(long number, long a0, long a1, long a2, long a3, long a4, long a5);

static inline _Noreturn void end_by_ud2(void) {
  __asm__ volatile("ud2");
  __builtin_unreachable();
}

struct probe_call;

/* Make one tested call with all registers as `call` says (entry_i386.S); sysenter through the vDSO's entry. */
long enter_int80(const struct probe_call *call);
long enter_sysenter(const struct probe_call *call, void *sysinfo);
extern const char enter_int80_ip[];

/* clone() onto another stack; the child runs `entry` and never returns. Returns the pid or -errno. */
long clone_onto(unsigned long flags, void *stack_top, void (*entry)(void));

/* Continue at `entry` with an empty stack: how a signal handler leaves without rt_sigreturn. */
_Noreturn void restart_on(void *stack_top, void (*entry)(void));
