/* The end of a probe whose driver has ended. */
#pragma once

#include "process.h"

/* The driver may be killed at any moment, and PR_SET_PDEATHSIG follows one of its threads only. So the kernel is
 * asked to send SIGKILL to the probe's whole process group when the last write end of the pipe is closed. */
static inline long arm_lifeline(int lifeline_fd) {
  long group = system_call(NR_getpgid, 0, 0, 0, 0, 0, 0);
  long result = system_call(NR_fcntl, lifeline_fd, F_SETSIG, SIGKILL, 0, 0, 0);
  if (!result) result = system_call(NR_fcntl, lifeline_fd, F_SETOWN, -group, 0, 0, 0);
  if (!result) result = system_call(NR_fcntl, lifeline_fd, F_SETFL, O_ASYNC | O_NONBLOCK, 0, 0, 0);
  struct {
    int fd;
    short events, revents;
  } lifeline = {lifeline_fd, 0, 0};
  if (!result) result = system_call(NR_poll, (long)&lifeline, 1, 0, 0, 0, 0);
  if (!is_error(result) && lifeline.revents & POLLHUP) leave(0); /* closed before it was armed */
  return is_error(result) ? result : 0;
}
