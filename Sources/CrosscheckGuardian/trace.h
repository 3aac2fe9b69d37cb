// Tracing a command and everything that it starts.
#pragma once

#include <sys/types.h>

// How much of a task is looked at.
enum trace_mode {
  TRACE_CAPTURE, // every system call
  TRACE_FOLLOW,  // only who starts whom
  TRACE_END,     // nothing goes on any more: whatever stops is killed
};

void set_trace_mode(enum trace_mode mode);

// The options of the tasks that are traced.
long trace_options(void);

// Trace `process`, a child, from now on, and what it starts. 0, or -1 with the failure reported.
int trace_child(pid_t process);

// Serve the changes of children that there are, at most `limit`. The number of them, or -1 when there are neither
// children nor tracees.
int serve_changes(int limit);

// Note when `process` ends.
void watch(pid_t process);
// Whether it has, with its wait status.
int watched_has_ended(int *status);

// Whether the payload has started and not ended.
int payload_is_running(void);
