/* What actors need of the kernel, for each build: numbers, the layouts of what signals bring, raw calls.
 *
 *   build   entry                    number  arguments                  result
 *   x86_64  syscall                  rax     rdi rsi rdx r10 r8 r9      rax
 *           int $0x80                eax     ebx ecx edx esi edi ebp    rax
 *           call of a vsyscall slot  -       rdi rsi rdx                rax
 *   i386    int $0x80                eax     ebx ecx edx esi edi ebp    eax
 *           call of AT_SYSINFO       eax     the same (sysenter)        eax
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "protocol/probe_protocol.h" /* struct probe_call */

#ifdef __x86_64__
#include "abi/linux.h"
#include "abi/x86_64.h"

enum {
  STAGE_BUILD = 0,
  NR_rt_sigprocmask = 14,
  NR_rt_sigreturn = 15,
  NR_clone = 56,
  NR_execve = 59,
  NR_exit = 60,

  /* Where siginfo_t and ucontext_t have the parts that a seccomp SIGSYS fills (asm-generic/siginfo.h,
   * asm/sigcontext.h). */
  INFO_ERRNO = 4,
  INFO_CODE = 8,
  INFO_CALL_ADDR = 16,
  INFO_SYSCALL = 24,
  INFO_ARCH = 28,
  CONTEXT_RAX = 40 + 13 * 8, /* uc_mcontext, after r8-r15 rdi rsi rbp rbx rdx */
};

static inline long map_shared(unsigned long address, unsigned long size, int descriptor) {
  return system_call(
      NR_mmap, (long)address, (long)size, PROT_READ_WRITE, MAP_SHARED | MAP_FIXED_NOREPLACE, descriptor, 0);
}
#else
#include "abi/i386.h"

static inline long map_shared(unsigned long address, unsigned long size, int descriptor) {
  return system_call(
      NR_mmap2, (long)address, (long)size, PROT_READ_WRITE, MAP_SHARED | MAP_FIXED_NOREPLACE, descriptor, 0);
}
#endif

enum { SIGCHLD = 17, CLONE_PARENT = 0x8000 };

/* linux/sched.h: CLONE_VM|FS|FILES|SIGHAND|THREAD|SYSVSEM */
enum { CLONE_THREAD_FLAGS = 0x100 | 0x200 | 0x400 | 0x800 | 0x10000 | 0x40000 };

static inline void futex_wait(volatile uint32_t *word, uint32_t seen) {
  system_call(NR_futex, (long)word, FUTEX_WAIT, (long)seen, 0, 0, 0);
}
static inline void futex_wake(volatile uint32_t *word) {
  system_call(NR_futex, (long)word, FUTEX_WAKE, 1, 0, 0, 0);
}

/* struct sigaction as rt_sigaction(2) takes it. */
struct signal_action {
  void (*handler)(int, const char *, const char *);
  unsigned long flags;
  void (*restorer)(void);
  uint64_t mask;
} __attribute__((packed));

/* Ends a handler: rt_sigreturn(2). */
void return_from_signal(void);

static inline long set_action(int signal, void *handler, unsigned long flags) {
  struct signal_action action = {handler, flags | SA_RESTORER, return_from_signal, 0};
  return system_call(NR_rt_sigaction, signal, (long)&action, 0, sizeof action.mask, 0, 0);
}
