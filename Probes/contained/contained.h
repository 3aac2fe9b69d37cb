/* The probe as the payload of a container: the filters under test were put on by the container's runtime before the
 * probe was executed. Whoever traces it has set PTRACE_O_SUSPEND_SECCOMP, so that this process is exempt from them
 * while its kids are not: it is a zygote that did not install what it hands on. */
#pragma once

_Noreturn void contained_main(void);
