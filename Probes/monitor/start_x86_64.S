        .text

/* Process entry: the ELF's first instruction. */
        .globl  _start
        .type   _start, @function
_start:
        xorl    %ebp, %ebp
        andq    $-16, %rsp
        callq   monitor_main
        ud2

        .section .note.GNU-stack, "", @progbits
