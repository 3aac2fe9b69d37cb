/* The measured loops. struct meter_call: rax @0, args[6] @8.
 *
 * A call keeps all registers but rax, rcx and r11 (syscall), rax (int $0x80; r8-r11 on older kernels): the number waits in
 * r13, the count in r12, and nothing of memory is touched between two calls. */

        .macro  keep
        pushq   %rbx
        pushq   %rbp
        pushq   %r12
        pushq   %r13
        pushq   %r14
        pushq   %r15
        .endm

        .macro  give_back
        popq    %r15
        popq    %r14
        popq    %r13
        popq    %r12
        popq    %rbp
        popq    %rbx
        ret
        .endm

        .macro  load_for_syscall
        movq    (%rdi), %r13
        movq    16(%rdi), %rsi
        movq    24(%rdi), %rdx
        movq    32(%rdi), %r10
        movq    40(%rdi), %r8
        movq    48(%rdi), %r9
        movq    8(%rdi), %rdi
        .endm

        .macro  load_for_int80
        movq    (%rdi), %r13
        movq    8(%rdi), %rbx
        movq    16(%rdi), %rcx
        movq    24(%rdi), %rdx
        movq    32(%rdi), %rsi
        movq    48(%rdi), %rbp
        movq    40(%rdi), %rdi
        .endm

        .macro  repeat name, load, enter
        .globl  \name
        .type   \name, @function
        .p2align 6
\name:
        keep
        movq    %rsi, %r12
        \load
        .p2align 6
1:      movq    %r13, %rax
        \enter
        decq    %r12
        jnz     1b
        give_back
        .endm

        .macro  enter_nothing
        .endm
        .macro  enter_syscall_here
        syscall
        .endm
        .macro  enter_int80_here
        int     $0x80
        .endm

        .text
        repeat  repeat_syscall, load_for_syscall, enter_syscall_here
        repeat  repeat_int80, load_for_int80, enter_int80_here
        repeat  repeat_nothing, load_for_syscall, enter_nothing

/* Each alone. rdx is an argument and a result of rdtsc: it waits in r14, the call's begin in r15, the place of the next
 * latency on the stack. */
        .macro  time_each name, load, enter
        .globl  \name
        .type   \name, @function
        .p2align 6
\name:
        keep
        pushq   %rdx
        movq    %rsi, %r12
        \load
        movq    %rdx, %r14
        .p2align 6
1:      lfence
        rdtsc
        shlq    $32, %rdx
        orq     %rdx, %rax
        movq    %rax, %r15
        movq    %r14, %rdx
        movq    %r13, %rax
        lfence
        \enter
        lfence
        rdtsc
        shlq    $32, %rdx
        orq     %rdx, %rax
        subq    %r15, %rax
        movl    $-1, %r15d
        cmpq    %r15, %rax
        cmovaq  %r15, %rax
        movq    (%rsp), %r15
        movl    %eax, (%r15)
        addq    $4, (%rsp)
        decq    %r12
        jnz     1b
        popq    %rdx
        give_back
        .endm

        time_each time_each_syscall, load_for_syscall, enter_syscall_here
        time_each time_each_int80, load_for_int80, enter_int80_here
        time_each time_each_nothing, load_for_syscall, enter_nothing

/* Process entry: the ELF's first instruction. */
        .globl  _start
        .type   _start, @function
_start:
        xorl    %ebp, %ebp
        andq    $-16, %rsp
        callq   meter_main
        ud2

/* How the handler ends: rt_sigreturn(2), which the filters see as well. */
        .globl  return_from_signal
        .type   return_from_signal, @function
return_from_signal:
        movl    $15, %eax
        syscall
        ud2

        .section .note.GNU-stack, "", @progbits
