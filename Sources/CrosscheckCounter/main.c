// crosscheck-counter starts a command under ptrace(2) and counts the system calls that it and everything it starts
// make, by number and by those parts of the arguments that the driver asked for. crosscheck starts this program by
// itself; clinux_counter.h says what the two tell each other.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "clinux_spawn.h"
#include "command.h"
#include "follow.h"
#include "memory.h"
#include "signals.h"

static int become_counter(void) {
  for (int i = CLINUX_COUNTER_MEMORY_FD; i < CLINUX_COUNTER_FD_COUNT; i++)
    if (fcntl(i, F_SETFD, FD_CLOEXEC) < 0) return -1;
  // Dead ourselves, the kernel kills what we trace (PTRACE_O_EXITKILL).
  int error = clinux_lifeline(CLINUX_COUNTER_LIFELINE_FD);
  if (error) {
    errno = -error;
    return -1;
  }
  return catch_signals();
}

// Who reads what the command writes sees its end when the command and its children are done.
static void let_go_of_output(void) {
  int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
  for (int i = 0; i < 3; i++)
    if (nothing >= 0 && nothing != i) dup2(nothing, i);
}

int main(int count, char *words[]) {
  int error = open_memory();
  if (error || count < 3) {
    fprintf(stderr, "crosscheck-counter: descriptor %d is no driver's memory (%s); crosscheck starts this program by "
            "itself\n", CLINUX_COUNTER_MEMORY_FD, strerror(error ? -error : EINVAL));
    return 64;
  }
  if (become_counter() < 0) {
    report_failure(errno, "set the counter up");
  } else {
    pid_t command = start_command(words[1], &words[2], trace_options());
    if (command > 0) {
      let_go_of_output();
      follow(command);
    }
  }
  __atomic_store_n(&header->is_complete, 1, __ATOMIC_RELEASE);
  return 0;
}
