/* System calls of x86_64 Linux without a C library.
 *
 *   entry        number  arguments                  result  clobbered
 *   syscall      rax     rdi rsi rdx r10 r8 r9      rax     rcx (return address), r11 (rflags)
 *   int $0x80    eax     ebx ecx edx esi edi ebp    rax     rax only; older kernels zero r8-r11
 *   signal       -       rdi rsi rdx                -       handler enters with the stack 128 bytes below rsp
 *
 * Errors come back as -4095..-1. */
#pragma once

#include <stddef.h>
#include <stdint.h>

static inline long system_call(
    long number, long a0, long a1, long a2, long a3, long a4, long a5) {
  register long r10 __asm__("r10") = a3;
  register long r8 __asm__("r8") = a4;
  register long r9 __asm__("r9") = a5;
  long result;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(number), "D"(a0), "S"(a1), "d"(a2), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
  return result;
}

/* Ends the process without a system call: whatever the filters say, SIGILL comes. */
static inline _Noreturn void end_by_ud2(void) {
  __asm__ volatile("ud2");
  __builtin_unreachable();
}

struct probe_call;

/* Make one tested call with all registers as `call` says (entry_x86_64.S). */
long enter_syscall(const struct probe_call *call);
long enter_int80(const struct probe_call *call);

/* Addresses after the entering instructions. */
extern const char enter_syscall_ip[];
extern const char enter_int80_ip[];

/* seccomp(SECCOMP_SET_MODE_FILTER, flags, program) from an address that a shield can tell from tested calls. */
long gate_install(unsigned long flags, const void *program);
extern const char gate_ip[];

/* clone() onto another stack; the child runs `entry` and never returns. Returns the pid or -errno. */
long clone_onto(unsigned long flags, void *stack_top, void (*entry)(void));

/* Continue at `entry` with an empty stack: how a signal handler leaves without rt_sigreturn. */
_Noreturn void restart_on(void *stack_top, void (*entry)(void));
