// Child processes and what is shared with them: spawn, lifeline, memory files, CPU time.
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// A memory file of `size` bytes (memfd_create(2)), close-on-exec; `name` shows in /proc/PID/maps.
// The descriptor, or -errno.
int clinux_memfd(const char *name, size_t size);

// A close-on-exec pipe: ends[0] is read from, ends[1] written to. 0, or -errno.
int clinux_pipe(int ends[2]);

// Start `path` with posix_spawn(3) in a process group of its own, every signal unblocked and at its default.
// The child's descriptor i is `descriptors[i]` of the caller (-1: /dev/null), for i below `count`; the
// child has no other. `environment` NULL means the caller's.
// 0 with the child's id in *pid, or -errno.
int clinux_spawn(const char *path, char *const arguments[], char *const environment[],
                 const int descriptors[], size_t count, pid_t *pid);

// The same in the caller's process group, so that the terminal's keys reach the child as they reach the caller, and
// what the caller ignores the child ignores, but for interrupts that are held (clinux_interrupts.h). No signal is blocked.
int clinux_spawn_beside(const char *path, char *const arguments[], char *const environment[],
                        const int descriptors[], size_t count, pid_t *pid);

// In a child: have the kernel send SIGKILL to this process when the last write end of the pipe `read_end`
// is closed, which happens however its holder ends. Unlike PR_SET_PDEATHSIG this does not fire when only
// the thread that started the child ends, and unlike a read it works while the child is busy.
// Nobody may write to the pipe. 0; -EPIPE when the write end is closed already; or -errno.
int clinux_lifeline(int read_end);

// Kill `pid`, a child, with SIGKILL and wait for it. Its id with the wait status in *status, or -errno.
int clinux_kill_and_reap(pid_t pid, int *status);

// Wait for `pid`, a child, through interruptions. Its id with the wait status in *status; 0 when `nohang`
// and it still runs; or -errno.
int clinux_reap(pid_t pid, int nohang, int *status);

// Wait until `pid`, a child, has ended, for at most `timeout_ms`. Its id with the wait status in *status; 0 when it still
// runs; or -errno.
int clinux_await_end(pid_t pid, int timeout_ms, int *status);

// Nanoseconds of CPU time that process `pid` has used, all threads, user and system. Or -errno.
int64_t clinux_cpu_time(pid_t pid);

// Nanoseconds of CLOCK_MONOTONIC.
int64_t clinux_monotonic_time(void);

// In a child: leave no core dump and let nobody of the same user attach or read the memory. 0, or -errno.
int clinux_no_core(void);

// Whether this process may run on `processor`, from 0: 1 or 0, or -errno.
int clinux_may_run_on(int processor);
