/* What a probe is measured against: each the least that does the same work, in C. All print nothing; they return
 * nanoseconds, or -1 with the reason on standard error. */
#pragma once

#include <stdint.h>

/* Seconds after which something hangs: parent and filtered child end by SIGALRM then. */
enum { PATIENCE = 60 };

/* The batch's first `count` calls under the installed stack, one after the other, results stored: the second of two
 * passes in a child that put the stack on. */
int64_t time_calls(uint32_t count);

/* `count` children that share this process's memory, each dying by `ud2` and waited for; no filter. */
int64_t time_deaths(uint32_t count);

/* `count` forked children that each put the stack on without a shield, make the batch's first call, which must kill
 * them, and are waited for. */
int64_t time_installations(uint32_t count);

/* Puts the stack on the calling process; with the shield under it unless `shielded` is 0. 0, or -1 with errno. */
int install_stack(int shielded);

int64_t nanoseconds_now(void);
int64_t failed(const char *what);
