/* The instructions that enter the kernel, and the moves that C cannot express. See x86_64.h for the registers.
 * struct probe_call: entry @0, rax @8, args[6] @16. */

        .text

/* long enter_syscall(const struct probe_call *call) */
        .globl  enter_syscall, enter_syscall_ip
        .type   enter_syscall, @function
        .p2align 4
enter_syscall:
        movq    8(%rdi), %rax
        movq    24(%rdi), %rsi
        movq    32(%rdi), %rdx
        movq    40(%rdi), %r10
        movq    48(%rdi), %r8
        movq    56(%rdi), %r9
        movq    16(%rdi), %rdi
        syscall
enter_syscall_ip:
        ret

/* long enter_int80(const struct probe_call *call): rbx and rbp belong to the caller and are kept. */
        .globl  enter_int80, enter_int80_ip
        .type   enter_int80, @function
        .p2align 4
enter_int80:
        pushq   %rbx
        pushq   %rbp
        movq    8(%rdi), %rax
        movq    16(%rdi), %rbx
        movq    24(%rdi), %rcx
        movq    32(%rdi), %rdx
        movq    40(%rdi), %rsi
        movq    56(%rdi), %rbp
        movq    48(%rdi), %rdi
        int     $0x80
enter_int80_ip:
        popq    %rbp
        popq    %rbx
        ret

/* long gate_install(unsigned long flags, const void *program): seccomp(1, flags, program) */
        .globl  gate_install, gate_ip
        .type   gate_install, @function
        .p2align 4
gate_install:
        movl    $317, %eax              /* __NR_seccomp */
        movq    %rsi, %rdx
        movq    %rdi, %rsi
        movl    $1, %edi                /* SECCOMP_SET_MODE_FILTER */
        syscall
gate_ip:
        ret

/* long clone_onto(unsigned long flags, void *stack_top, void (*entry)(void)) */
        .globl  clone_onto
        .type   clone_onto, @function
        .p2align 4
clone_onto:
        andq    $-16, %rsi
        subq    $16, %rsi
        movq    %rdx, (%rsi)
        movl    $56, %eax               /* __NR_clone */
        xorl    %edx, %edx
        xorl    %r10d, %r10d
        xorl    %r8d, %r8d
        syscall
        testq   %rax, %rax
        jnz     1f
        xorl    %ebp, %ebp
        movq    (%rsp), %rax
        addq    $16, %rsp
        callq   *%rax
        ud2
1:      ret

/* _Noreturn void restart_on(void *stack_top, void (*entry)(void)) */
        .globl  restart_on
        .type   restart_on, @function
        .p2align 4
restart_on:
        movq    %rdi, %rsp
        andq    $-16, %rsp
        xorl    %ebp, %ebp
        callq   *%rsi
        ud2

/* SA_RESTORER must be set, but no handler here ever returns. */
        .globl  no_return_from_signal
        .type   no_return_from_signal, @function
no_return_from_signal:
        ud2

        .section .note.GNU-stack, "", @progbits
