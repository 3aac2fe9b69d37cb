// A look at another process with ptrace(2): stop it, read its seccomp filters, let it go on. All calls for
// one task are made by one thread, the one that stopped it.
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// Seize the task `tid` and stop it. It goes on when it is detached, and when the caller ends.
// 0 with the signal that the stop held back, to be handed on in detaching, in *signal (0: none); -ETIMEDOUT
// when it did not stop within `timeout_ms`; -ESRCH when it ended meanwhile; or -errno.
int clinux_ptrace_stop(pid_t tid, int timeout_ms, int *signal);

// Let a stopped task go on, with `signal` delivered unless that is 0. 0, or -errno.
int clinux_ptrace_detach(pid_t tid, int signal);

// The seccomp filter `index` of a stopped task, 0 the oldest, as struct sock_filter (8 bytes each) in
// `instructions`, which has room for BPF_MAXINSNS (4096) of them.
// The number of instructions; -ENOENT past the newest; -EINVAL when the task has no filters; -EACCES without
// CAP_SYS_ADMIN or under a filter oneself; -EIO when the kernel has no CONFIG_CHECKPOINT_RESTORE; or -errno.
long clinux_seccomp_filter(pid_t tid, unsigned long index, void *instructions);

// The flags (SECCOMP_FILTER_FLAG_LOG is the one that a kernel keeps) of the same filter in *flags.
// 0, or -errno.
int clinux_seccomp_filter_flags(pid_t tid, unsigned long index, uint64_t *flags);
