/* The instructions that enter the kernel in 32-bit code, and the moves that C cannot express. See i386.h for the
 * registers. struct probe_call: rax @8, args[6] @16, each of 64 bits. */

        .text

/* long system_call(long number, long a0, … a5) */
        .globl  system_call
        .type   system_call, @function
system_call:
        pushl   %ebx
        pushl   %esi
        pushl   %edi
        pushl   %ebp
        movl    20(%esp), %eax
        movl    24(%esp), %ebx
        movl    28(%esp), %ecx
        movl    32(%esp), %edx
        movl    36(%esp), %esi
        movl    40(%esp), %edi
        movl    44(%esp), %ebp
        int     $0x80
        popl    %ebp
        popl    %edi
        popl    %esi
        popl    %ebx
        ret

/* long enter_int80(const struct probe_call *call) */
        .globl  enter_int80, enter_int80_ip
        .type   enter_int80, @function
enter_int80:
        pushl   %ebx
        pushl   %esi
        pushl   %edi
        pushl   %ebp
        movl    20(%esp), %ebp
        movl    8(%ebp), %eax
        movl    16(%ebp), %ebx
        movl    24(%ebp), %ecx
        movl    32(%ebp), %edx
        movl    40(%ebp), %esi
        movl    48(%ebp), %edi
        movl    56(%ebp), %ebp
        int     $0x80
enter_int80_ip:
        popl    %ebp
        popl    %edi
        popl    %esi
        popl    %ebx
        ret

/* long enter_sysenter(const struct probe_call *call, void *sysinfo) */
        .globl  enter_sysenter
        .type   enter_sysenter, @function
enter_sysenter:
        pushl   %ebx
        pushl   %esi
        pushl   %edi
        pushl   %ebp
        movl    20(%esp), %ebp
        pushl   24(%esp)
        movl    8(%ebp), %eax
        movl    16(%ebp), %ebx
        movl    24(%ebp), %ecx
        movl    32(%ebp), %edx
        movl    40(%ebp), %esi
        movl    48(%ebp), %edi
        movl    56(%ebp), %ebp
        calll   *(%esp)
        addl    $4, %esp
        popl    %ebp
        popl    %edi
        popl    %esi
        popl    %ebx
        ret

/* long clone_onto(unsigned long flags, void *stack_top, void (*entry)(void)) */
        .globl  clone_onto
        .type   clone_onto, @function
clone_onto:
        pushl   %ebx
        pushl   %esi
        pushl   %edi
        movl    16(%esp), %ebx
        movl    20(%esp), %ecx
        andl    $-16, %ecx
        subl    $16, %ecx
        movl    24(%esp), %eax
        movl    %eax, (%ecx)
        movl    $120, %eax              /* __NR_clone */
        xorl    %edx, %edx
        xorl    %esi, %esi
        xorl    %edi, %edi
        int     $0x80
        testl   %eax, %eax
        jnz     1f
        xorl    %ebp, %ebp
        movl    (%esp), %eax
        addl    $16, %esp
        calll   *%eax
        ud2
1:      popl    %edi
        popl    %esi
        popl    %ebx
        ret

/* _Noreturn void restart_on(void *stack_top, void (*entry)(void)) */
        .globl  restart_on
        .type   restart_on, @function
restart_on:
        movl    8(%esp), %eax
        movl    4(%esp), %esp
        andl    $-16, %esp
        xorl    %ebp, %ebp
        calll   *%eax
        ud2

        .section .note.GNU-stack, "", @progbits
