        .text

/* Process entry: argc stands where the stack pointer points, argv behind it. */
        .globl  _start
        .type   _start, @function
_start:
        xorl    %ebp, %ebp
        movq    %rsp, %rdi
        andq    $-16, %rsp
        callq   stage_main
        ud2

/* How a handler ends: rt_sigreturn(2). */
        .globl  return_from_signal
        .type   return_from_signal, @function
return_from_signal:
        movl    $15, %eax
        syscall
        ud2

/* long enter_vsyscall(const struct probe_call *call): rax is the slot's address */
        .globl  enter_vsyscall
        .type   enter_vsyscall, @function
enter_vsyscall:
        movq    8(%rdi), %rax
        movq    24(%rdi), %rsi
        movq    32(%rdi), %rdx
        movq    40(%rdi), %r10
        movq    48(%rdi), %r8
        movq    56(%rdi), %r9
        movq    16(%rdi), %rdi
        subq    $8, %rsp
        callq   *%rax
        addq    $8, %rsp
        ret

        .section .note.GNU-stack, "", @progbits
