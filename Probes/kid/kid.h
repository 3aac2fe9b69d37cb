/* A kid makes calls from the cursor on until one kills it or none is left; then it ends by ud2. After the filters
 * are on it makes no system call of its own: none may be allowed. */
#pragma once

/* Where a cloned kid starts. */
void kid_main(void);

/* Top of the stack that every kid runs on; kids never overlap. */
extern char *kid_stack_top;

/* Installs the SIGSYS handler that kids inherit. Returns 0 or -errno. */
long catch_sigsys(void);
