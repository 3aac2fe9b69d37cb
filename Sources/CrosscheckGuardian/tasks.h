// The tasks (threads too) that we trace.
#pragma once

#include <stdint.h>
#include <sys/types.h>

struct clinux_guardian_installation;

struct task {
  pid_t id;
  // The installation that it is in the middle of; NULL: none.
  struct clinux_guardian_installation *pending;
  // And the number of the call that it makes.
  uint64_t pending_number;
  // The payload: its calls are not looked at any more.
  int is_released;
};

// The task `id`, known from now on; only for one that waitpid(2) has just named, since any other may be gone and
// its number another's. NULL: no memory.
struct task *task_of(pid_t id);

// It has ended, or has another number now.
void forget_task(pid_t id);

// Send SIGKILL to every task known. None of them has been waited for, so each number is still its own.
void kill_tasks(void);
