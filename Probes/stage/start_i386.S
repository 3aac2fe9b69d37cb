        .text

/* Process entry: argc stands where the stack pointer points, argv behind it. */
        .globl  _start
        .type   _start, @function
_start:
        xorl    %ebp, %ebp
        movl    %esp, %eax
        andl    $-16, %esp
        subl    $12, %esp
        pushl   %eax
        calll   stage_main
        ud2

/* How a handler ends: rt_sigreturn(2). */
        .globl  return_from_signal
        .type   return_from_signal, @function
return_from_signal:
        movl    $173, %eax
        int     $0x80
        ud2

        .section .note.GNU-stack, "", @progbits
