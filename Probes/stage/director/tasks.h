/* What /proc tells the director of an actor's task. */
#pragma once

#include <stdint.h>

/* As /proc/PID/stat has it ('R', 'S', 'D', 't', 'Z', …); 0 when the task is gone. */
char task_state(int32_t tid);

/* Whether SIGKILL is on its way to the task: /proc/PID/status, SigPnd. */
int is_being_killed(int32_t tid);

/* Who traces the task: /proc/PID/status, TracerPid; 0: nobody. */
int task_tracer(int32_t tid);

/* Seccomp, Seccomp_filters (-1: not told), NoNewPrivs of /proc/PID/status. 0 when the task is gone. */
int task_status(int32_t tid, int32_t *mode, int32_t *filters, int32_t *no_new_privs);
